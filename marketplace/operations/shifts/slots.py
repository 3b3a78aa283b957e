"""Days and hours to plan: worked out from a rule, a template or an earlier season. Nothing is written here.

Hours are those of the clock on the wall (Europe/Amsterdam): across a change of clocks a weekly shift keeps them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from core.clock import day_of
from marketplace.models import Activity, Shift, ShiftTemplate
from marketplace.states import ShiftState

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(weeks=1)
A_YEAR: Final = timedelta(weeks=52)  # the same day of the week


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A shift to plan."""

    starts_at: datetime
    ends_at: datetime
    places: int
    host: str = ""


def slot_on(day: date, starts: time, ends: time, places: int, host: str = "") -> Slot:
    """The shift of one day. An end that is not after the beginning lies on the next day."""
    last = day if ends > starts else day + DAY
    return Slot(starts_at=moment(day, starts), ends_at=moment(last, ends), places=places, host=host)


def weekly(
    *,
    first_on: date,
    until_on: date,
    every: int,
    weekdays: Collection[int],
    starts: time,
    ends: time,
    places: int,
    host: str = "",
) -> list[Slot]:
    """The shifts on these days of the week (1 is Monday, as ISO 8601 counts), every so many weeks, from the first day
    up to and with the last. Weeks are counted from the one of the first day."""
    monday = _monday_of(first_on)
    days = (first_on + number * DAY for number in range((until_on - first_on).days + 1))
    return [
        slot_on(day, starts, ends, places, host)
        for day in days
        if day.isoweekday() in weekdays and (_monday_of(day) - monday) // WEEK % every == 0
    ]


def of_template(*, template: ShiftTemplate, monday: date, weeks: int) -> list[Slot]:
    """The shifts of a template in so many weeks on end, the first one being that of `monday`."""
    first = _monday_of(monday)
    lines = list(template.lines.all())
    return [
        slot_on(
            first + week * WEEK + (line.weekday - 1) * DAY,
            line.starts_at,
            line.ends_at,
            line.places,
            line.host,
        )
        for week in range(weeks)
        for line in lines
    ]


def of_period(*, activity: Activity, from_on: date, until_on: date, by: timedelta = A_YEAR) -> list[Slot]:
    """The shifts that an activity had from one day up to and with another, so much later. What was called off is not
    among them."""
    found = Shift.objects.filter(
        activity=activity, state=ShiftState.OPEN, starts_at__gte=moment(from_on, time.min),
        starts_at__lt=moment(until_on + DAY, time.min),
    )  # fmt: skip
    return [
        Slot(
            starts_at=_later(shift.starts_at, by),
            ends_at=_later(shift.ends_at, by),
            places=shift.places,
            host=shift.host,
        )
        for shift in found
    ]


def moment(day: date, at: time) -> datetime:
    """When a clock on the wall shows this, in UTC. An hour that is skipped is the one after it; of one that comes
    twice it is the first."""
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone()).astimezone(UTC)


def _later(when: datetime, by: timedelta) -> datetime:
    local = timezone.localtime(when, timezone.get_default_timezone())
    return moment(day_of(when) + by, local.time())


def _monday_of(day: date) -> date:
    return day - (day.isoweekday() - 1) * DAY
