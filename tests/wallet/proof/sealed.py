"""Words for tests of the proof: to pay and to seal in one line."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.sealing.sealer import seal
from ledger.kinds import TransferKind
from ledger.operations import transfer
from ledger.queries import Receipt, receipt_of
from ledger.sealing import LEDGER
from tests.factories.wallet import AT, SYSTEM, key

if TYPE_CHECKING:
    from ledger.models import Account

SEALED_AT = AT + timedelta(seconds=2)


def pay(payer: Account, payee: Account, amount: int, name: str = "soup", at: datetime = AT) -> Receipt:
    """A payment, and its receipt."""
    made = transfer(
        payer=payer, payee=payee, amount=amount, kind=TransferKind.PAYMENT, key=key(name), actor=SYSTEM, at=at
    )
    return receipt_of(made.pk)


def seal_all(at: datetime = SEALED_AT) -> int:
    """Seal what waits; gives how many that were."""
    return seal(LEDGER, at=at)
