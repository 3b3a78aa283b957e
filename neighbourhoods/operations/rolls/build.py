"""Building a roll: who may vote in one vote, by the rules of its policy as they hold on one day."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from neighbourhoods.models import (
    Decider,
    DecisionPolicy,
    EligibilityRule,
    Neighbourhood,
    Residency,
    Roll,
    RollEntry,
    RuleKind,
    Seat,
)
from neighbourhoods.permissions import check, may_run_elections, sits_on_board

ALL: Final = "ALL"  # the basis of who meets every rule
OBJECTION: Final = "OBJECTION"  # of whom an objection that was upheld put on the roll, or took off
KNOWN_TWICE: Final = "KNOWN_TWICE"  # of a second number: the person votes under another one
SALT_BYTES: Final = 16
DAY: Final = timedelta(days=1)

Person = int
Period = tuple[date, date]  # from and until, both days included


@dataclass(slots=True)
class Known:
    """What the rules ask about one person: when they lived there, when they had a seat, when they were born."""

    lived: list[Period] = field(default_factory=list)
    seated: list[Period] = field(default_factory=list)
    born_on: date | None = None


def build_roll(
    *, neighbourhood: Neighbourhood, policy: DecisionPolicy, reference_on: date, actor: Actor, at: datetime
) -> Roll:
    """Make the roll of a vote. Whoever comes into question gets an entry: on the roll, or left out with the first rule
    that did not hold. The same facts give the same roll, but for the salts.

    Who comes into question: whoever lives there on the reference day or later, for a vote of residents; whoever has a
    seat then, for one of the board. Reading takes a fixed number of queries, however many they are.

    :raises NotAllowed: to anybody but the polling office and the clock, and for a vote of the board its members.
    """
    check(may_keep_roll(actor, neighbourhood, policy, day_of(at)))
    with transaction.atomic():
        rules = list(policy.rules.order_by("position"))
        known = _known(neighbourhood, {rule.kind for rule in rules}, reference_on)
        roll = Roll.objects.create(
            neighbourhood=neighbourhood, policy=policy, reference_on=reference_on, built_at=at
        )
        bases = {person: basis_of(known[person], rules, reference_on) for person in sorted(known)}
        RollEntry.objects.bulk_create(new_entry(roll, person, basis) for person, basis in bases.items())
        record("roll.build", subject=roll, actor=actor, at=at, after=roll.state)
    return roll


def may_keep_roll(actor: Actor, neighbourhood: Neighbourhood, policy: DecisionPolicy, on: date) -> bool:
    """Whether the actor builds and freezes rolls by this policy. A board keeps the roll of its own votes."""
    if may_run_elections(actor, neighbourhood, on):
        return True
    return policy.decider == Decider.BOARD and sits_on_board(actor, neighbourhood, on)


def new_entry(roll: Roll, person: Person, basis: str, *, is_included: bool | None = None) -> RollEntry:
    """An entry with a fresh salt. Who meets every rule is on the roll."""
    return RollEntry(
        roll=roll,
        person_id=person,
        is_included=basis == ALL if is_included is None else is_included,
        basis=basis,
        salt=secrets.token_hex(SALT_BYTES),
    )


# --- What is known ----------------------------------------------------------------------------------------------------


def _known(neighbourhood: Neighbourhood, kinds: set[str], on: date) -> dict[Person, Known]:
    """Everybody who comes into question, with what the rules ask, under the number that counts.

    Rules that ask for a seat and not for living there are about the board alone: all residents as left out would say
    nothing to anybody.
    """
    known: dict[Person, Known] = {}
    if RuleKind.HAS_SEAT in kinds:
        _add_seats(known, neighbourhood, on)
    if RuleKind.HAS_SEAT not in kinds or kinds & {RuleKind.LIVES_HERE, RuleKind.LIVES_HERE_DAYS}:
        _add_residencies(known, neighbourhood, on)
    return known


def _add_residencies(known: dict[Person, Known], neighbourhood: Neighbourhood, on: date) -> None:
    """One query. Residencies before the day count for how long somebody has lived there, and bring nobody in."""
    rows = Residency.objects.filter(
        neighbourhood=neighbourhood, attested_on__isnull=False, person__erased_at__isnull=True
    ).order_by("attested_on", "pk")
    lived: dict[Person, list[Period]] = {}
    for person, born_on, from_on, until_on in rows.values_list(COUNTS_AS, BORN_ON, "attested_on", "until_on"):
        period = (from_on, until_on or date.max)
        lived.setdefault(person, []).append(period)
        if period[1] >= on:
            known.setdefault(person, Known()).born_on = born_on
    for person, periods in lived.items():
        if person in known:
            known[person].lived = periods


def _add_seats(known: dict[Person, Known], neighbourhood: Neighbourhood, on: date) -> None:
    """One query."""
    rows = Seat.objects.filter(
        neighbourhood=neighbourhood, until_on__gte=on, person__erased_at__isnull=True
    ).order_by("from_on", "pk")
    for person, born_on, from_on, until_on in rows.values_list(COUNTS_AS, BORN_ON, "from_on", "until_on"):
        one = known.setdefault(person, Known())
        one.seated.append((from_on, until_on))
        one.born_on = born_on


# The number that counts, and when that person was born: as it stands there, else under this number.
COUNTS_AS: Final = Coalesce(F("person__same_person_as_id"), F("person_id"))
BORN_ON: Final = Coalesce(
    F("person__same_person_as__person_details__born_on"), F("person__person_details__born_on")
)


# --- The rules --------------------------------------------------------------------------------------------------------


def basis_of(known: Known, rules: Iterable[EligibilityRule], on: date) -> str:
    """The first rule that does not hold, or ALL."""
    for rule in rules:
        if not HOLDS[RuleKind(rule.kind)](known, rule.number or 0, on):
            return str(rule.kind)
    return ALL


def _lives_here(known: Known, _number: int, on: date) -> bool:
    return _covers(known.lived, on)


def _lives_here_days(known: Known, number: int, on: date) -> bool:
    """Counted back from the day through residencies that follow on each other: a renewal is not a move. The day of
    enrolment counts as none: who was enrolled thirty days ago has lived there for thirty days."""
    if not _covers(known.lived, on):
        return False
    since = on
    for from_on, until_on in sorted(known.lived, reverse=True):
        if from_on < since and until_on >= since - DAY:
            since = from_on
    return (on - since).days >= number


def _is_old_enough(known: Known, number: int, on: date) -> bool:
    """A date of birth is told by the person or seen at the desk, and need not be known: then they are old enough.

    Who was born on 29 February has a birthday on 1 March in other years.
    """
    born = known.born_on
    if born is None:
        return True
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= number


def _has_seat(known: Known, _number: int, on: date) -> bool:
    return _covers(known.seated, on)


def _covers(periods: Iterable[Period], on: date) -> bool:
    return any(from_on <= on <= until_on for from_on, until_on in periods)


HOLDS: Final[Mapping[RuleKind, Callable[[Known, int, date], bool]]] = {
    RuleKind.LIVES_HERE: _lives_here,
    RuleKind.LIVES_HERE_DAYS: _lives_here_days,
    RuleKind.AGE: _is_old_enough,
    RuleKind.HAS_SEAT: _has_seat,
}
