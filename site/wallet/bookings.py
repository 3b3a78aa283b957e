"""Bookings in the words of whose account it is: what happened, with whom, and whether it was earned."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.kinds import TransferKind
from ledger.queries import Counterparty, Line
from ledger.receipts import receipt_number

CAME: dict[str, Promise] = {
    TransferKind.ISSUE: _("Paid in"),
    TransferKind.REWARD: _("Earned"),
    TransferKind.CHARGEBACK: _("Got back"),
    TransferKind.OPENING: _("What was there at the start"),
}
WENT: dict[str, Promise] = {
    TransferKind.REDEEM: _("Paid out in euros"),
    TransferKind.REWARD: _("Paid for help"),
    TransferKind.SERVICE: _("Paid for a service of the municipality"),
    TransferKind.DEBT: _("Repaid"),
    TransferKind.CHARGEBACK: _("Given back"),
}
EITHER: dict[str, Promise] = {
    TransferKind.LEVY: _("Contribution"),
    TransferKind.CLEARING: _("Between neighbourhoods"),
}
RECEIVED, PAID = _("Received"), pgettext_lazy("a booking", "Paid")


@dataclass(frozen=True, kw_only=True, slots=True)
class Booking:
    """One line of a statement, ready to be read. Amounts are minor units; `amount` below nought went out."""

    line: Line
    number: str
    title: str
    kind: str
    who: str
    is_earned: bool

    @property
    def came_in(self) -> bool:
        return self.line.amount > 0


def booking(line: Line) -> Booking:
    """What a line says: the payer's own words when there are any, else what kind of booking it was."""
    kind = kind_of(line)
    return Booking(
        line=line,
        number=receipt_number(line.transfer_id),
        title=line.note or kind,
        kind=kind,
        who=who_of(line.counterparty),
        is_earned=line.kind == TransferKind.REWARD and line.amount > 0,
    )


def kind_of(line: Line) -> str:
    """What happened, in a word or a few."""
    came_in = line.amount > 0
    words = {**EITHER, **(CAME if came_in else WENT)}
    return str(words.get(line.kind, RECEIVED if came_in else PAID))


def who_of(other: Counterparty) -> str:
    """With whom; of a pot its own name as well."""
    return f"{other.holder.display_name}, {other.label}" if other.label else other.holder.display_name
