"""One booking as both sides may see it: what a receipt says."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from ledger.kinds import Label, TransferKind
from ledger.models import Account, Coin, Transfer
from ledger.queries.holders import Holder, names
from ledger.receipts import parse_receipt_number, receipt_number


class UnknownTransfer(Refusal):
    """There is no such payment, or it is not for who asks."""

    code = "unknown_transfer"
    sentence = _("We do not know this receipt number. Compare it with the receipt.")
    field = "number"


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """A booking (`amount` in minor units) with the names of both sides, and how much of it was undone since."""

    transfer: Transfer
    coin: Coin
    payer: Account
    payee: Account
    number: str
    amount: int
    kind: TransferKind
    label: Label
    note: str
    made_at: datetime
    charged_back: int
    acted_by: Holder | None

    def balance_of(self, account: Account) -> int:
        """The balance of one of the two right after it; nobody is shown the other's."""
        is_payer = account.pk == self.payer.pk
        return self.transfer.payer_balance if is_payer else self.transfer.payee_balance


def receipt_of(transfer_id: int) -> Receipt:
    """The receipt of a transfer. Whether somebody may see it is for the caller to ask: either side may.

    :raises UnknownTransfer: when there is none.
    """
    along = names("payer__holder", "payee__holder", "acted_by")
    found = Transfer.objects.select_related("coin", "payer", "payee", "note", *along)
    transfer = found.filter(pk=transfer_id).first()
    if transfer is None:
        raise UnknownTransfer
    return Receipt(
        transfer=transfer,
        coin=transfer.coin,
        payer=transfer.payer,
        payee=transfer.payee,
        number=receipt_number(transfer.pk),
        amount=transfer.amount,
        kind=TransferKind(transfer.kind),
        label=Label(transfer.label),
        note=transfer.note.text if hasattr(transfer, "note") else "",
        made_at=transfer.made_at,
        charged_back=transfer.chargebacks.aggregate(sum=Sum("amount"))["sum"] or 0,
        acted_by=transfer.acted_by,
    )


def receipt_numbered(typed: str) -> Receipt:
    """The receipt with this number, as somebody typed it.

    :raises UnknownTransfer: when it is no number of a receipt, or nobody's.
    """
    number = parse_receipt_number(typed)
    if number is None:
        raise UnknownTransfer
    return receipt_of(number)


def booked_under(key: uuid.UUID) -> Transfer | None:
    """What was booked under this key; None when nothing was."""
    return Transfer.objects.filter(key=key).first()
