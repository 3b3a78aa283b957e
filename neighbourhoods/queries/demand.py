"""Demand and supply of valued items, week by week, and from where on it asks for attention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from core.clock import day_of
from core.models import AuditEntry
from neighbourhoods.models import (
    DemandFigure,
    DemandLimit,
    DemandSignal,
    Measure,
    Neighbourhood,
    ValuedItem,
)

WEEK = timedelta(weeks=1)
WEEKS = 8
WINDOW = WEEKS * WEEK
FIRST_MONDAY = date(2024, 1, 1)  # windows are counted from here, everywhere and for ever
READ = "demand.read"
# Where a board sets no limit of its own.
LIMITS: dict[str, int] = {Measure.WAITING: 10, Measure.OPEN_DEMAND: 10, Measure.OPEN_PLACES: 20}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Demand and supply in a week, or in more of them. No people: numbers alone."""

    open_places: int = 0
    sign_ups: int = 0
    waiting: int = 0
    open_demand: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            open_places=self.open_places + other.open_places,
            sign_ups=self.sign_ups + other.sign_ups,
            waiting=self.waiting + other.waiting,
            open_demand=self.open_demand + other.open_demand,
        )

    @property
    def filled(self) -> int | None:
        """How many of a hundred places were taken; None when there were none."""
        places = self.open_places + self.sign_ups
        return round(100 * self.sign_ups / places) if places else None

    def of(self, measure: str) -> int:
        return {
            Measure.WAITING: self.waiting,
            Measure.OPEN_DEMAND: self.open_demand,
            Measure.OPEN_PLACES: self.open_places,
        }[Measure(measure)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The figures of one week. `monday` is the day it begins; `is_told` whether anybody told how that week went."""

    monday: date
    figures: Figures
    is_told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Demand and supply of an item over some weeks, the first week first. Weeks of which nobody told anything count as
    nothing; `is_known` says whether anybody told anything."""

    weeks: Sequence[Week]
    is_known: bool

    @property
    def total(self) -> Figures:
        return total(week.figures for week in self.weeks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """That an item reached a limit in a window. Of several limits the one that it passed furthest."""

    item: int
    measure: str
    number: int
    limit: int


NAMES = tuple(field.name for field in fields(Figures))


def total(figures: Iterable[Figures]) -> Figures:
    return sum(figures, start=Figures())


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def window_of(day: date) -> tuple[date, date]:
    """The eight weeks that a day belongs to: their first Monday and their last Sunday."""
    first = FIRST_MONDAY + (day - FIRST_MONDAY) // WINDOW * WINDOW
    return first, first + WINDOW - timedelta(days=1)


def figures_of(item: ValuedItem, *, on: date, weeks: int = WEEKS) -> Demand:
    """What was told of an item in the weeks up to and with that of a day."""
    last = monday_of(on)
    mondays = [last - number * WEEK for number in reversed(range(weeks))]
    told = {
        row.week_on: Figures(**{name: getattr(row, name) for name in NAMES})
        for row in DemandFigure.objects.filter(item=item, week_on__range=(mondays[0], last))
    }
    return Demand(
        weeks=[
            Week(monday=monday, figures=told.get(monday, Figures()), is_told=monday in told)
            for monday in mondays
        ],
        is_known=bool(told),
    )


def limits_of(neighbourhood: Neighbourhood) -> dict[str, int]:
    """From which number on demand asks for attention there, per measure: as the board set it, else as for all."""
    own = DemandLimit.objects.filter(neighbourhood=neighbourhood)
    return LIMITS | dict(own.values_list("measure", "number"))


def crossings(*, from_on: date, until_on: date) -> list[Crossing]:
    """The items that reached a limit within a window and have no signal in it yet. Two queries, however many."""
    signalled = DemandSignal.objects.filter(item=OuterRef("item"), from_on=from_on)
    sums: Iterable[Any] = (
        DemandFigure.objects.filter(~Exists(signalled), week_on__range=(from_on, until_on))
        .order_by("item")
        .values("item", "item__neighbourhood")
        .annotate(**{f"all_{name}": Sum(name) for name in NAMES})
    )
    own: dict[int, dict[str, int]] = {}
    for neighbourhood, measure, number in DemandLimit.objects.values_list(
        "neighbourhood", "measure", "number"
    ):
        own.setdefault(neighbourhood, {})[measure] = number
    found = (
        crossing_of(
            row["item"],
            Figures(**{name: row[f"all_{name}"] for name in NAMES}),
            LIMITS | own.get(row["item__neighbourhood"], {}),
        )
        for row in sums
    )
    return [one for one in found if one]


def crossing_of(item: int, figures: Figures, limits: dict[str, int]) -> Crossing | None:
    """The limit that these figures reached; None when they stay below all of them."""
    reached = [measure for measure in Measure.values if figures.of(measure) >= limits[measure]]
    if not reached:
        return None
    # max takes the first of equals: a waiting list before questions, questions before empty places.
    measure = max(reached, key=lambda one: figures.of(one) / limits[one])
    return Crossing(item=item, measure=measure, number=figures.of(measure), limit=limits[measure])


def signals_of(item: ValuedItem) -> QuerySet[DemandSignal]:
    """When demand put an item on the agenda, the last time first."""
    return DemandSignal.objects.filter(item=item).order_by("-from_on")


def to_be_read(on: date) -> list[Neighbourhood]:
    """The neighbourhoods about which nobody was asked yet on a day. The lines of the trail know: one query."""
    number = Cast(OuterRef("pk"), CharField())
    lines = AuditEntry.objects.filter(
        subject_model=Neighbourhood._meta.label, subject_id=number, event=READ
    ).order_by("-pk")
    found = Neighbourhood.objects.annotate(read_at=Subquery(lines.values("at")[:1])).order_by("pk")
    return [one for one in found if one.read_at is None or day_of(one.read_at) < on]
