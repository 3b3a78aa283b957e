"""The rule by which work suits somebody, and why. One rule for both sides: what a resident reads as a suggestion, its
organiser reads as somebody who could help. Pure: it asks the database nothing.

Work suits somebody when it is of a kind that they named (or they look for paid work and it is a job) and nothing that
they said stands in the way: not free then, or more hours than they have. Who said nothing of days or hours is not held
back by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.timezone import localtime

from marketplace.models import DayPart, Shift, SkillProfile
from neighbourhoods.models import Category

NOON: Final = 12
SIX: Final = 18

Slot = tuple[int, str]  # a day of the week (1 is Monday) and a part of it


class Why(StrEnum):
    """A reason why work suits somebody."""

    SKILL = "SKILL"
    WISH = "WISH"
    JOB = "JOB"
    NEAR = "NEAR"
    FREE = "FREE"
    HOURS = "HOURS"


WEIGHTS: Final = {Why.SKILL: 4, Why.JOB: 3, Why.WISH: 2, Why.FREE: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, with what its words need: the category that was named, the parts of days, the hours a week."""

    why: Why
    category: Category | None = None
    slots: tuple[Slot, ...] = ()
    hours: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What somebody said, ready to be laid beside many things."""

    can: dict[int, Category]
    learns: dict[int, Category]
    free: frozenset[Slot]
    hours: int | None
    seeks_work: bool

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to go by."""
        return not (self.can or self.learns or self.seeks_work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be done, seen from who could do it. What is wanted on the market has no hours."""

    category: Category
    slots: tuple[Slot, ...] = ()
    minutes: int = 0
    is_job: bool = False
    is_near: bool = True


def reasons_for(means: Means, work: Work, *, promised: int = 0) -> tuple[Reason, ...]:
    """Why this work suits who said this; nothing when it does not. `promised` is how many minutes they have to work
    already in that week."""
    found = _of_its_kind(means, work)
    if not found or (work.is_job and not means.seeks_work):
        return ()
    if work.is_near:
        found.append(Reason(why=Why.NEAR))
    if work.slots and means.free:
        if not set(work.slots) <= means.free:
            return ()
        found.append(Reason(why=Why.FREE, slots=work.slots))
    if work.minutes and means.hours is not None:
        if promised + work.minutes > means.hours * 60:
            return ()
        found.append(Reason(why=Why.HOURS, hours=means.hours))
    return tuple(found)


def weight_of(reasons: Iterable[Reason]) -> int:
    """How well something suits: what somebody can do counts most."""
    return sum(WEIGHTS.get(reason.why, 0) for reason in reasons)


def means_of(profile: SkillProfile) -> Means:
    """What a profile says. No query when it came through `queries.skills.with_all`."""
    skills = list(profile.skills.all())
    return Means(
        can={skill.category_id: skill.category for skill in skills if not skill.is_wish},
        learns={skill.category_id: skill.category for skill in skills if skill.is_wish},
        free=frozenset((one.weekday, one.part) for one in profile.free_times.all()),
        hours=profile.hours,
        seeks_work=profile.seeks_work,
    )


def slots_of(shift: Shift) -> tuple[Slot, ...]:
    """The parts of days that a shift takes where it is: from ten to one is a morning and an afternoon."""
    found: list[Slot] = []
    moment, end = on_the_wall(shift.starts_at), on_the_wall(shift.ends_at)
    while moment < end:
        slot = (moment.isoweekday(), _part(moment.hour))
        if slot not in found:
            found.append(slot)
        moment = (moment + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return tuple(found)


def on_the_wall(moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it, without a zone: so counting hours crosses no change of clocks."""
    return localtime(moment).replace(tzinfo=None)


def _of_its_kind(means: Means, work: Work) -> list[Reason]:
    found = []
    if (named := _named(means.can, work.category)) is not None:
        found.append(Reason(why=Why.SKILL, category=named))
    elif (named := _named(means.learns, work.category)) is not None:
        found.append(Reason(why=Why.WISH, category=named))
    if work.is_job and means.seeks_work:
        found.append(Reason(why=Why.JOB))
    return found


def _named(named: dict[int, Category], category: Category) -> Category | None:
    """What somebody named that this falls under, or that falls under this: the same, else what is wider, else what
    is narrower."""
    for number in (category.pk, category.parent_id):
        if number is not None and number in named:
            return named[number]
    return next((one for one in named.values() if one.parent_id == category.pk), None)


def _part(hour: int) -> str:
    if hour < NOON:
        return DayPart.MORNING
    return DayPart.AFTERNOON if hour < SIX else DayPart.EVENING
