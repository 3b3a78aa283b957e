"""Payments to undo, and those who undo them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from core.actor import Actor
from ledger.kinds import TransferKind
from ledger.operations import transfer
from ledger.queries import receipt_of
from people.models import User
from tests.factories.people import actor
from tests.factories.wallet import AT, Place
from wallet.models import ChargebackCase, Treasury
from wallet.operations.chargebacks import undo_payment

if TYPE_CHECKING:
    from ledger.models import Account, Transfer


def paid(payer: Account, payee: Account, amount: int, payer_login: User) -> Transfer:
    return transfer(
        payer=payer, payee=payee, amount=amount, kind=TransferKind.PAYMENT, key=uuid4(), actor=actor(payer_login),
        at=AT,
    )  # fmt: skip


def at_desk(there: Place, user: User) -> Actor:
    """Somebody at the desk, for whom they sit there."""
    return actor(user, principal=there.neighbourhood.party if user == there.tom else there.municipality)


def undo(there: Place, payment: Transfer, amount: int, user: User, key: UUID | None = None) -> ChargebackCase:
    """Somebody proposes to undo a payment; a small one is undone by that."""
    return undo_payment(
        treasury=there.treasury, receipt=receipt_of(payment.pk), amount=amount, reason="Paid twice.",
        key=key or uuid4(), actor=at_desk(there, user), at=AT,
    )  # fmt: skip


def alone_is(there: Place, amount: int) -> None:
    """What one person undoes alone of a payment is now so much."""
    Treasury.objects.filter(pk=there.treasury.pk).update(chargeback_alone=amount)
    there.treasury.refresh_from_db()
