"""The pots of a neighbourhood, and how long they last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.clock import day_of
from ledger.kinds import AccountState
from ledger.queries import Pot, pots, spent_since

if TYPE_CHECKING:
    from ledger.models import Coin

LOOKED_BACK = 90  # days of spending that tell the pace
SHORTEST = 14  # of a pot that is younger less would say nothing
FURTHEST = 5 * 365  # beyond this a pace foretells nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class PotRow:
    """A pot at the finance desk. `empty_on` is when it will be empty at the pace of the last months, if ever."""

    pot: Pot
    is_blocked: bool
    empty_on: date | None

    @property
    def reserved(self) -> int:
        return self.pot.balance - self.pot.available

    @property
    def is_late(self) -> bool:
        """Whether it has ended with money in it."""
        return self.pot.has_ended and self.pot.balance > 0


def pots_at(coin: Coin, on: date) -> list[PotRow]:
    """The pots of a coin that are not closed, the first to end first."""
    found = pots(coin, on=on)
    spent = spent_since([pot.account for pot in found], on - timedelta(days=LOOKED_BACK))
    return [
        PotRow(
            pot=pot,
            is_blocked=pot.account.state == AccountState.BLOCKED,
            empty_on=None
            if pot.has_ended
            else empty_on(pot.balance, spent.get(pot.account.pk, 0), day_of(pot.account.opened_at), on),
        )
        for pot in found
    ]


def empty_on(left: int, spent: int, since: date, on: date) -> date | None:
    """The day on which what is left (minor units) is gone, when as much goes each day as lately.

    `spent` is of the last 90 days, or since the day that the pot was opened. None when nothing is left to go, nothing
    goes, or it lasts for years.
    """
    if left <= 0 or spent <= 0:
        return None
    days = min(LOOKED_BACK, max(SHORTEST, (on - since).days))
    lasts = -(-left * days // spent)  # a day that is begun counts
    return on + timedelta(days=lasts) if lasts <= FURTHEST else None
