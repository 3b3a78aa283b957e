"""Cover: whether the pots hold what a value costs, beside all else that they pay for.

What an item costs is its value × the units expected a month × the months that the money must last (the policy says how
many). Items that have a value already go first. Each of them is thought to be paid from pots that cannot pay for this
one as far as those last, so that nothing is called short while the money is there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import IntegerField, OuterRef, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.amounts import format_amount
from core.refusals import Refusal
from ledger.queries import Pot
from neighbourhoods.models import (
    ConsentAbout,
    ItemKind,
    Neighbourhood,
    ValueConsent,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.queries.items import value_on, valued_on, versions_until, with_words
from neighbourhoods.queries.pot_rules import Purpose, open_pots, purposes_of
from neighbourhoods.states import ValueState

if TYPE_CHECKING:
    from ledger.models import Account

MOST_MONTHS: Final = 60  # beyond this the present figures foretell nothing

Pots = frozenset[int]


class CoverShort(Refusal):
    """The pots hold less than the value costs. Details: `short`, as it is written; `short_by` in minor units."""

    code = "cover_short"
    sentence = _(
        "The pots hold %(short)s too little for this. It begins when there is enough money,"
        " or when the municipality agrees to it."
    )

    def __init__(self, *, short_by: int, decimals: int) -> None:
        self.short_by = short_by
        super().__init__(short=format_amount(short_by, get_language() or "nl", decimals))


class VolumeMissing(Refusal):
    """Nobody said how many units are expected, so nobody knows what it costs."""

    code = "volume_missing"
    sentence = _(
        "It is not known how often this is expected a month, so nobody knows what it costs."
        " It begins when the municipality agrees to it."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a value costs beside what there is for it. All amounts are in minor units of the coin.

    `available` is what the pots hold that may pay for it, `others` how much of that other values need in these months.
    `months_covered` is for how many whole months the money lasts, 60 at the most; None when it costs nothing.
    """

    needed: int
    others: int
    available: int
    short_by: int
    months: int
    months_covered: int | None
    pots: tuple[Pot, ...]

    @property
    def is_short(self) -> bool:
        return self.short_by > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """The pots of a neighbourhood on a day, what each may pay for, and what all that is earned there costs a month."""

    pots: Mapping[int, Pot]
    purposes: Mapping[int, Purpose]
    costs: Mapping[ValuedItem, int]

    def cover(self, item: ValuedItem, *, amount: int, volume: int, months: int) -> Cover:
        """What it costs when an item is worth an amount, at a volume a month, for some months. No queries."""
        mine, others = self._paid_from(item), self._others(item)
        held = {pk: max(pot.available, 0) for pk, pot in self.pots.items()}
        available, monthly = sum(held[pk] for pk in mine), amount * volume

        def room(over: int) -> int:
            return room_for(mine, others={pots: cost * over for pots, cost in others.items()}, held=held)

        return Cover(
            needed=monthly * months,
            others=available - room(months),
            available=available,
            short_by=max(0, monthly * months - room(months)),
            months=months,
            months_covered=_months_covered(monthly, room),
            pots=tuple(pot for pk, pot in self.pots.items() if pk in mine),
        )

    def without(self, pot: Account) -> Purse:
        """The same as if this pot paid for nothing."""
        return replace(
            self,
            pots={pk: one for pk, one in self.pots.items() if pk != pot.pk},
            purposes={pk: one for pk, one in self.purposes.items() if pk != pot.pk},
        )

    def _paid_from(self, item: ValuedItem) -> Pots:
        return frozenset(pk for pk, purpose in self.purposes.items() if purpose.allows_item(item))

    def _others(self, item: ValuedItem) -> dict[Pots, int]:
        """What all other items cost a month, those together that are paid from the same pots."""
        sums: dict[Pots, int] = {}
        for one, cost in self.costs.items():
            if one.pk != item.pk:
                pots = self._paid_from(one)
                sums[pots] = sums.get(pots, 0) + cost
        return sums


def purse_of(neighbourhood: Neighbourhood, on: date) -> Purse:
    """What cover is reckoned from on a day. Three queries, for however many items."""
    pots = {pot.account.pk: pot for pot in open_pots(neighbourhood, on)}
    return Purse(
        pots=pots,
        purposes=purposes_of([pot.account for pot in pots.values()]),
        costs=dict(_costs(neighbourhood, on)),
    )


def cover_of(item: ValuedItem, *, amount: int, volume: int, months: int, on: date) -> Cover:
    """What it costs when an item is worth an amount, at a volume a month, for some months. Three queries."""
    return purse_of(item.neighbourhood, on).cover(item, amount=amount, volume=volume, months=months)


def cover_of_decision(decision: ValueDecision, on: date, *, purse: Purse | None = None) -> Cover | None:
    """What a decision costs at the decided amount, else at the proposed one. None when nothing is paid from pots or
    nobody knows how often: then there is nothing to reckon with. With the purse of its neighbourhood no queries."""
    amount = decision.decided if decision.decided is not None else decision.proposed
    if not decision.item.is_earned or amount is None or decision.volume is None:
        return None
    purse = purse or purse_of(decision.neighbourhood, on)
    months = decision.policy.cover_months
    return purse.cover(decision.item, amount=amount, volume=decision.volume, months=months)


def short_without(neighbourhood: Neighbourhood, pot: Account, on: date) -> list[ValuedItem]:
    """What is earned, or was decided to be, and has money only as long as this pot pays for it. By number, with words.
    What is short with the pot too is not among them. Seven queries at the most, for however many items."""
    purse = purse_of(neighbourhood, on)
    less = purse.without(pot)
    found = set()
    for item, cost in purse.costs.items():
        months: int = item.months  # type: ignore[attr-defined]  # annotated by _costs
        if _becomes_short(*(one.cover(item, amount=cost, volume=1, months=months) for one in (purse, less))):
            found.add(item.pk)
    coming = ValueDecision.objects.filter(
        neighbourhood=neighbourhood, state=ValueState.APPEAL, decided__isnull=False, is_ending=False
    ).select_related("item__category", "policy", "neighbourhood")
    for decision in coming:
        if _becomes_short(*(cover_of_decision(decision, on, purse=one) for one in (purse, less))):
            found.add(decision.item_id)
    return list(with_words(ValuedItem.objects.filter(pk__in=found)).order_by("pk")) if found else []


def _becomes_short(with_it: Cover | None, without_it: Cover | None) -> bool:
    return with_it is not None and without_it is not None and without_it.is_short and not with_it.is_short


def check_cover(decision: ValueDecision, on: date) -> None:
    """Ask before a decided value comes into force whether the pots hold enough for it.

    What the municipality agreed to needs none.

    :raises VolumeMissing: when nobody said how often it is expected a month.
    :raises CoverShort: when the pots hold less than it costs.
    """
    if not needs_cover(decision, on) or has_consent(decision):
        return
    cover = cover_of_decision(decision, on)
    if cover is None:
        raise VolumeMissing
    if cover.is_short:
        raise CoverShort(short_by=cover.short_by, decimals=decision.neighbourhood.coin.decimals)


def needs_cover(decision: ValueDecision, on: date) -> bool:
    """Whether it begins only when the pots hold enough, at the decided amount, else at the proposed one."""
    return would_need_cover(decision, value_on(decision.item, on))


def would_need_cover(decision: ValueDecision, present: int | None) -> bool:
    """The same, for whoever knows already what the item is worth. No queries.

    What residents pay themselves, what ends or becomes worth no more than it is needs no cover: to wait for money would
    keep the dearer value in force.
    """
    if not decision.item.is_earned or decision.is_ending or decision.policy.cover_months == 0:
        return False
    amount = decision.decided if decision.decided is not None else decision.proposed
    return present is None or amount is None or amount > present


def lacks_volume(decision: ValueDecision) -> bool:
    """Whether nobody said how often it is expected, though its cost is paid from pots."""
    return decision.item.is_earned and not decision.is_ending and decision.volume is None


def has_consent(decision: ValueDecision) -> bool:
    """Whether the municipality agreed that this may cost more than there is."""
    given = ValueConsent.objects.filter(decision=decision, about=ConsentAbout.COVER, is_given=True)
    return given.exists()


# --- How much room there is -------------------------------------------------------------------------------------------


def room_for(mine: Pots, *, others: Mapping[Pots, int], held: Mapping[int, int]) -> int:
    """How much (minor units) is left in `mine` for one more, when all `others` get what they need as far as it goes.

    A flow of the most money (Edmonds and Karp, 1972) from needs to pots: the others first, then this one, which may
    have them move to other pots of theirs and never takes anything from them.
    """
    left = dict(held)
    paid: dict[Pots, dict[int, int]] = {}
    for pots in sorted(others, key=sorted):
        _pay(pots, others[pots], paid, left)
    return _pay(mine, sum(held[pk] for pk in mine), paid, left)


def _pay(pots: Pots, wanted: int, paid: dict[Pots, dict[int, int]], left: dict[int, int]) -> int:
    """Pay as much of what is wanted as can be, and say how much that was."""
    got = 0
    paid.setdefault(pots, dict.fromkeys(sorted(pots), 0))
    while got < wanted and (way := _way(pots, paid, left)):
        # Each step takes from its pot instead of from the pot of the step after it, the last one from what is left.
        most = [paid[who][instead] for who, _pot, instead in way if instead is not None]
        amount = min(wanted - got, left[way[0][1]], *most)
        for who, pot, instead in way:
            paid[who][pot] += amount
            if instead is not None:
                paid[who][instead] -= amount
        left[way[0][1]] -= amount
        got += amount
    return got


def _way(
    pots: Pots, paid: Mapping[Pots, Mapping[int, int]], left: Mapping[int, int]
) -> list[tuple[Pots, int, int | None]]:
    """The shortest way to a pot with something left, from that pot back: who takes from which, instead of which."""
    came: dict[int, tuple[Pots, int | None]] = dict.fromkeys(sorted(pots), (pots, None))
    waiting = deque(came)
    while waiting:
        pot = waiting.popleft()
        if left[pot]:
            return _back(pot, came)
        for who, amounts in paid.items():
            for other in amounts if amounts.get(pot) else ():
                if other not in came:
                    came[other] = (who, pot)
                    waiting.append(other)
    return []


def _back(pot: int, came: Mapping[int, tuple[Pots, int | None]]) -> list[tuple[Pots, int, int | None]]:
    way = []
    at: int | None = pot
    while at is not None:
        who, instead = came[at]
        way.append((who, at, instead))
        at = instead
    return way


def _months_covered(monthly: int, room: Callable[[int], int]) -> int | None:
    """For how many whole months the money lasts: the more months, the more is needed and the less room there is."""
    if monthly == 0:
        return None
    least, most = 0, MOST_MONTHS
    while least < most:
        months = (least + most + 1) // 2
        if monthly * months <= room(months):
            least = months
        else:
            most = months - 1
    return least


def _costs(neighbourhood: Neighbourhood, on: date) -> Iterator[tuple[ValuedItem, int]]:
    """What residents earn there on a day, and what each costs a month: nothing when nobody said how often."""
    newest = versions_until(on).filter(item=OuterRef("pk"))
    earned = valued_on(neighbourhood, on).filter(kind=ItemKind.ACTIVITY).select_related("category")
    for item in earned.annotate(
        volume=Subquery(newest.values("decision__volume")[:1], output_field=IntegerField()),
        months=Subquery(newest.values("decision__policy__cover_months")[:1], output_field=IntegerField()),
    ):
        yield item, item.amount * (item.volume or 0)  # type: ignore[attr-defined]  # all annotated
