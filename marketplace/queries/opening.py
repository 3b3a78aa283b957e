"""When somebody who sells is open, as people say it: "Tuesday to Saturday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from marketplace.models import OpeningTime
from people.models import Party

Hours = tuple[tuple[time, time], ...]
DAYS = range(1, 8)  # Monday is 1, as ISO 8601 counts


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDays:
    """Days that follow each other and have the same hours."""

    first: int
    last: int
    hours: Hours

    @property
    def days(self) -> str:
        if self.first == self.last:
            return name_of_day(self.first)
        return _("%(first)s to %(last)s") % {"first": name_of_day(self.first), "last": name_of_day(self.last)}

    @property
    def words(self) -> str:
        return _(" and ").join(_hours(opens, closes) for opens, closes in self.hours)


def hours_of(provider: Party) -> dict[int, Hours]:
    """The hours of each day of the week on which somebody is open. One query."""
    rows = OpeningTime.objects.filter(provider=provider).order_by("weekday", "opens_at")
    times = rows.values_list("weekday", "opens_at", "closes_at")
    return {
        day: tuple((opens, closes) for _day, opens, closes in of_day)
        for day, of_day in groupby(times, key=lambda row: row[0])
    }


def open_days_of(provider: Party) -> list[OpenDays]:
    """Their week in as few lines as it can be said in; empty when they did not say when they are open."""
    hours = hours_of(provider)
    runs = (list(run) for _hours, run in groupby(DAYS, key=lambda day: hours.get(day, ())))
    return [
        OpenDays(first=run[0], last=run[-1], hours=hours[run[0]]) for run in runs if hours.get(run[0], ())
    ]


def name_of_day(day: int) -> str:
    """Monday is 1."""
    return str(WEEKDAYS[day - 1])


def written(hours: Sequence[tuple[time, time]]) -> str:
    """As it is typed into a form, and read back from there."""
    return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in hours)


def _hours(opens: time, closes: time) -> str:
    said = {"opens": time_format(opens, "H:i"), "closes": time_format(closes, "H:i")}
    return _("%(opens)s to %(closes)s") % said
