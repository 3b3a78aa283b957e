"""Questions about legal maximums: which hold for somebody, how much they may still earn, and whether a reward fits.

What counts is all that somebody received as an allowance or in kind, whoever paid it and in whichever coin of the same
national currency. Months and years are local ones, of the day of payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core.clock import day_of
from ledger.kinds import Label
from ledger.queries import received_by_month
from marketplace.models import (
    OverCap,
    Participation,
    RewardSituation,
    RewardYear,
    Shift,
    Situation,
)
from marketplace.queries.participations import PROMISED
from marketplace.queries.promises import CAPPED, Promise, counted_with, promised_to
from marketplace.rewarding import reward_of
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.items import value_on
from people.models import Party, PersonDetails
from people.queries import numbers_of

if TYPE_CHECKING:
    from ledger.models import Coin

HARDEST: Final = (OverCap.BLOCK, OverCap.SIGN, OverCap.WARN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A month or a year of somebody, in minor units. `maximum` is None when there is none. `waiting` is the part of
    what is promised that is earned and waits for room."""

    maximum: int | None
    received: int
    promised: int = 0
    waiting: int = 0

    @property
    def left(self) -> int | None:
        """What may still be earned in it besides what is promised, never below nought; None without a maximum."""
        return None if self.maximum is None else max(self.maximum - self.received - self.promised, 0)

    @property
    def is_full(self) -> bool:
        return self.left == 0

    def takes(self, reward: int) -> bool:
        """Whether a reward fits in it."""
        return self.maximum is None or self.received + self.promised + reward <= self.maximum


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """What somebody may still earn under a label, with those that count together with it, in the month and the year of
    the day `on`, where a place pays it.

    Until the municipality confirmed the amounts of the year (`is_confirmed`), or while the birthday is not known and
    there are amounts (`age_known`), nothing is known of maximums: then there is no maximum in it, and nothing is paid.
    `for_benefit` says that a lower amount counts because they told that they receive social assistance.
    """

    label: str
    on: date
    month: Span
    year: Span
    per_hour: int | None = None
    is_confirmed: bool = True
    age_known: bool = True
    for_benefit: bool = False
    over_hour: OverCap = OverCap.WARN
    over_cap: OverCap = OverCap.BLOCK
    source: str = ""

    @property
    def left(self) -> int | None:
        """The least that is left, of the month and of the year; None when neither has a maximum."""
        known = [one for one in (self.month.left, self.year.left) if one is not None]
        return min(known) if known else None

    @property
    def left_in_year(self) -> int | None:
        """What may still be earned in the year: what is left of it, or what the months that are left allow when that is
        less. None without a maximum."""
        if self.month.maximum is None or self.month.left is None:
            return self.year.left
        now = max(self.month.maximum - self.month.received, 0)
        later = self.month.maximum * (12 - self.on.month)
        months = max(now + later - self.year.promised, self.month.left)
        return months if self.year.left is None else min(self.year.left, months)

    def never_takes(self, reward: int, minutes: int) -> bool:
        """Whether a reward is not paid however long it waits, by these amounts: it is more than all that may be earned
        in a month, a year or an hour, and what is more is not paid."""
        wholes = [one.maximum for one in (self.month, self.year) if one.maximum is not None]
        if self.over_cap == OverCap.BLOCK and any(reward > whole for whole in wholes):
            return True
        return self.over_hour == OverCap.BLOCK and self.is_over_hour(reward, minutes)

    def is_over_hour(self, reward: int, minutes: int) -> bool:
        return self.per_hour is not None and reward * 60 > self.per_hour * minutes

    @property
    def has_maximum(self) -> bool:
        return any(one is not None for one in (self.per_hour, self.month.maximum, self.year.maximum))


class VerdictKind(StrEnum):
    """Whether a reward fits, else what it goes beyond, else why nobody can say."""

    OK = "OK"
    HOUR = "HOUR"
    MONTH = "MONTH"
    YEAR = "YEAR"
    NOT_CONFIRMED = "NOT_CONFIRMED"
    AGE = "AGE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What is thought of one reward. Of several maximums that it goes beyond, the one with the hardest effect.

    Exactly one of these is true of a verdict: it `is_fine`, it only `warns`, it `stops` at a maximum, it `is_unknown`.
    """

    kind: VerdictKind
    effect: OverCap | None
    room: Room
    reward: int
    is_signed: bool = False
    is_never_paid: bool = False  # see `Room.never_takes`

    @property
    def is_above(self) -> bool:
        """Whether it goes beyond a maximum, whatever follows from that."""
        return self.effect is not None

    @property
    def is_fine(self) -> bool:
        return self.kind == VerdictKind.OK

    @property
    def is_unknown(self) -> bool:
        """Whether it cannot be judged: nobody confirmed the year, or the birthday is not known. It is not paid then."""
        return self.kind in {VerdictKind.NOT_CONFIRMED, VerdictKind.AGE}

    @property
    def stops(self) -> bool:
        """Whether the payment waits for room, or for a signature that there is not."""
        return self.effect == OverCap.BLOCK or (self.effect == OverCap.SIGN and not self.is_signed)

    @property
    def warns(self) -> bool:
        """Whether it is paid although it goes beyond a maximum."""
        return self.is_above and not self.stops


def rules_for(municipality: Party, year: int) -> RewardYear | None:
    """The maximum amounts of a year as the municipality confirmed them last, with their rules; None when nobody did."""
    found = RewardYear.objects.filter(municipality=municipality, year=year)
    return found.order_by("-version").prefetch_related("rules").first()


def room_for(
    person: Party,
    neighbourhood: Neighbourhood,
    on: date,
    label: str = Label.VOLUNTEER_ALLOWANCE,
    besides: Participation | None = None,
) -> Room:
    """What somebody may still earn at a neighbourhood in the month and year of a day, counting what is promised.

    `besides` is left out of what is promised.
    """
    promised = promised_to(person, neighbourhood.coin, label, on)
    others = [one for one in promised if besides is None or one.pk != besides.pk]
    return _room(person, neighbourhood, on, label, others)


def expect(person: Party, shift: Shift, on: date) -> Verdict:
    """What will be thought of the reward for a whole shift at the value of a day, were they to sign up for it then.

    It is expected to be paid on the day on which the shift ends. What is promised for other shifts counts too; their
    place in this shift does not. An item without a value brings nought.
    """
    activity = shift.activity
    mine = shift.participations.filter(person__in=numbers_of(person).order_by(), state__in=PROMISED).first()
    when = max(on, day_of(shift.ends_at))
    coin, label = activity.neighbourhood.coin, activity.label
    promised = [one for one in promised_to(person, coin, label, on) if mine is None or one.pk != mine.pk]
    value = mine.value if mine is not None else value_on(activity.item, on) or 0
    unit = mine.unit if mine is not None else activity.item.unit
    reward = reward_of(value, unit, shift.minutes)
    return _judged(_room(person, activity.neighbourhood, when, label, promised), reward, shift.minutes)


def judge(participation: Participation, reward: int, on: date) -> Verdict:
    """What is to be thought of a reward that would be paid on this day: by what was received, and by nothing else.

    The caller holds the lock on the person, so that nothing is paid to them meanwhile, here or elsewhere.
    """
    neighbourhood = participation.shift.activity.neighbourhood
    room = _room(participation.person, neighbourhood, on, participation.label, ())
    minutes = participation.confirmed or participation.shift.minutes
    return _judged(room, reward, minutes, is_signed=participation.signed_above_at is not None)


def _judged(room: Room, reward: int, minutes: int, *, is_signed: bool = False) -> Verdict:
    kind, effect = _beyond(room, reward, minutes)
    never = room.never_takes(reward, minutes)
    return Verdict(
        kind=kind, effect=effect, room=room, reward=reward, is_signed=is_signed, is_never_paid=never
    )


def _beyond(room: Room, reward: int, minutes: int) -> tuple[VerdictKind, OverCap | None]:
    """What a reward goes beyond, of several the one with the hardest effect; of these the longest."""
    if not room.is_confirmed:
        return VerdictKind.NOT_CONFIRMED, None
    if not room.age_known:
        return VerdictKind.AGE, None
    beyond = []
    if not room.year.takes(reward):
        beyond.append((VerdictKind.YEAR, room.over_cap))
    if not room.month.takes(reward):
        beyond.append((VerdictKind.MONTH, room.over_cap))
    if room.is_over_hour(reward, minutes):
        beyond.append((VerdictKind.HOUR, room.over_hour))
    if not beyond:
        return VerdictKind.OK, None
    return min(beyond, key=lambda one: HARDEST.index(one[1]))


def _room(
    person: Party, neighbourhood: Neighbourhood, on: date, label: str, promised: Sequence[Promise]
) -> Room:
    amounts = rules_for(neighbourhood.municipality, on.year)
    limits = _limits_of(person, amounts, on, label)
    months = received_by_month(
        numbers_of(person).order_by(), currency=_currency_of(neighbourhood.coin), label=counted_with(label),
        from_month=on.replace(month=1), until_month=on.replace(month=12),
    )  # fmt: skip
    room = Room(
        label=label,
        on=on,
        month=Span(maximum=limits.per_month, received=months.get(on.replace(day=1), 0)),
        year=Span(maximum=limits.per_year, received=sum(months.values())),
        per_hour=limits.per_hour,
        is_confirmed=amounts is not None or label not in CAPPED,
        age_known=limits.age_known,
        for_benefit=limits.for_benefit,
        over_hour=OverCap(amounts.over_hour) if amounts else OverCap.WARN,
        over_cap=OverCap(amounts.over_cap) if amounts else OverCap.BLOCK,
        source=amounts.source if amounts else "",
    )
    # What will never be paid takes no room from what will.
    counted = [one for one in promised if not (one.waits and room.never_takes(one.reward, one.minutes))]
    return replace(
        room,
        month=_with(room.month, [one for one in counted if one.falls_in(on.year, on.month)]),
        year=_with(room.year, [one for one in counted if one.falls_in(on.year)]),
    )


def _with(span: Span, promised: Sequence[Promise]) -> Span:
    waiting = sum(one.reward for one in promised if one.waits)
    return replace(span, promised=sum(one.reward for one in promised), waiting=waiting)


def _currency_of(coin: Coin) -> Coin:
    return coin.pegged_to or coin


# --- Which rules hold -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Limits:
    per_hour: int | None = None
    per_month: int | None = None
    per_year: int | None = None
    age_known: bool = True
    for_benefit: bool = False


def _limits_of(person: Party, amounts: RewardYear | None, on: date, label: str) -> _Limits:
    """The lowest amounts of the rules that hold for somebody on a day. Those for allowances hold for benefits in kind
    too: the law counts both as one."""
    ruled_as = Label.VOLUNTEER_ALLOWANCE if label in CAPPED else label
    rules = [rule for rule in amounts.rules.all() if rule.label == ruled_as] if amounts else []
    if not rules:
        return _Limits()
    age = _age_of(person, on)
    if age is None:
        return _Limits(age_known=False)
    situations = {Situation.ALL}
    if any(rule.situation == Situation.BENEFIT for rule in rules) and is_on_benefit(person):
        situations.add(Situation.BENEFIT)
    holding = [
        rule
        for rule in rules
        if rule.situation in situations
        and rule.age_from <= age
        and (rule.age_until is None or age <= rule.age_until)
    ]
    return _Limits(
        per_hour=_lowest(rule.per_hour for rule in holding),
        per_month=_lowest(rule.per_month for rule in holding),
        per_year=_lowest(rule.per_year for rule in holding),
        for_benefit=any(rule.situation == Situation.BENEFIT for rule in holding),
    )


def _lowest(amounts: Iterable[int | None]) -> int | None:
    return min((amount for amount in amounts if amount is not None), default=None)


def _age_of(person: Party, on: date) -> int | None:
    """How old somebody is on a day; None when that is not known."""
    born = PersonDetails.objects.filter(party=person.canonical_id).values_list("born_on", flat=True).first()
    return None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_on_benefit(person: Party) -> bool:
    """Whether somebody told, under any of their numbers, that they receive social assistance."""
    told = RewardSituation.objects.filter(person__in=numbers_of(person).order_by(), on_benefit=True)
    return told.exists()
