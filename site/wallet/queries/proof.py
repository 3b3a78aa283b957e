"""What everybody may know of a coin, and no more: sums of five holders and up, of days and months that are over.

Somebody who looks right before and right after a payment must not learn it from these sums. So they are not counted
at each look: who have the coins once a day, what was earned and spent when the month is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.clock import day_of
from ledger.kinds import AccountKind
from ledger.queries import Doings, Month, Share, doings, months_of, shares_of
from people.models import PartyKind

if TYPE_CHECKING:
    from ledger.models import Coin

FEWEST = 5  # of fewer holders no sum is shown
MONTHS = 12
DAY = 24 * 60 * 60  # seconds


class Group(TextChoices):
    """Who have coins."""

    RESIDENTS = "RESIDENTS", _("residents")
    ORGANISATIONS = "ORGANISATIONS", _("organisations")
    POTS = "POTS", _("pots")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one or more groups have together (minor units); groups of few are folded into one part."""

    groups: list[Group]
    amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """Who had the coins at the moment of counting."""

    parts: list[Part]
    total: int
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicMonth:
    """A month of a coin as everybody may see it: `earned` and `spent` are None where fewer than five did so.

    A running month tells neither: `is_over` says which.
    """

    money: Month
    is_over: bool
    earned: int | None
    spent: int | None


def counted(coin: Coin, at: datetime) -> Counted:
    """Who have the coins, as it was counted at the first look of this day."""
    key = f"proof:shares:{coin.pk}:{day_of(at)}"
    found = cache.get(key)
    if not isinstance(found, Counted):
        shares = shares_of(coin)
        found = Counted(parts=folded(shares), total=sum(share.amount for share in shares), at=at)
        cache.set(key, found, DAY)
    return found


def folded(shares: Iterable[Share]) -> list[Part]:
    """Sums by group, so that none tells what fewer than five holders have, also not when taken from the whole."""
    amounts, holders = dict.fromkeys(Group, 0), dict.fromkeys(Group, 0)
    for share in shares:
        amounts[_group_of(share)] += share.amount
        holders[_group_of(share)] += share.holders
    there = sorted((group for group in Group if holders[group]), key=lambda group: holders[group])
    together = [group for group in there if holders[group] < FEWEST]
    if together and sum(holders[group] for group in together) < FEWEST:
        together = there[: len(together) + 1]
    parts = [[group] for group in there if group not in together]
    parts += [together] if together else []
    order = list(Group)
    named = [
        Part(groups=sorted(part, key=order.index), amount=sum(amounts[group] for group in part))
        for part in parts
    ]
    return sorted(named, key=lambda part: order.index(part.groups[0]))


def _group_of(share: Share) -> Group:
    if share.kind == AccountKind.POT:
        return Group.POTS
    is_resident = share.holder_kind in {PartyKind.PERSON, PartyKind.HOUSEHOLD}
    return Group.RESIDENTS if is_resident else Group.ORGANISATIONS


def year_of(coin: Coin, on: date) -> list[PublicMonth]:
    """The month of this day and the eleven before it, the first one first."""
    months = months_of(coin, _months_until(on))
    over = _doings_of(coin, [month.first_on for month in months[:-1]])
    return [_public(month, over.get(month.first_on)) for month in months]


def _public(month: Month, done: Doings | None) -> PublicMonth:
    return PublicMonth(
        money=month,
        is_over=done is not None,
        earned=_of_enough(done.earned, done.earners) if done else None,
        spent=_of_enough(done.spent, done.spenders) if done else None,
    )


def _of_enough(amount: int, holders: int) -> int | None:
    """Nobody is five or more too: nothing tells nobody's doings."""
    return amount if holders == 0 or holders >= FEWEST else None


def _months_until(on: date) -> list[date]:
    months = [on.replace(day=1)]
    while len(months) < MONTHS:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    return months


def _doings_of(coin: Coin, months: Sequence[date]) -> dict[date, Doings]:
    """What was done in months that are over: counted once, for nothing comes to them any more."""
    keys = {f"proof:doings:{coin.pk}:{month}": month for month in months}
    known = cache.get_many(keys)
    fresh = {
        key: doings(coin, from_on=month, until_on=_last_of(month))
        for key, month in keys.items()
        if not isinstance(known.get(key), Doings)
    }
    if fresh:
        cache.set_many(fresh, DAY)
    return {month: (fresh.get(key) or known[key]) for key, month in keys.items()}


def _last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
