"""The list of activities: the shifts and the activities that a search finds, and the rows of a page.

However much there is to do, a page costs the same number of queries, as `queries.listing` says of the market. What may
be seen is what is open (`queries.activities.coming`); a shift leaves the list when it begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import make_aware

from core.clock import day_of
from marketplace.models import Activity, ActivityText, Participation, Shift
from marketplace.queries.activities import coming
from marketplace.queries.activity_search import ACCESS, WEEK, ActivitySearch, Sort
from marketplace.queries.branches import Branch
from marketplace.queries.listing import MOST, PER_PAGE, numbers_of, said
from marketplace.queries.participations import WITHOUT_PLACE
from marketplace.queries.told import told_in
from marketplace.states import ActivityState
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.items import versions_until

ALONG: Final = (
    "item", "neighbourhood__coin", "organiser__person_details", "organiser__organisation_details",
)  # fmt: skip
# What a row reads of an activity, and no more.
SHOWN: Final = (
    "ref", "language", "place", "item__unit", "neighbourhood__name", "neighbourhood__slug", "neighbourhood__coin__name",
    "neighbourhood__coin__name_plural", "neighbourhood__coin__decimals", "organiser__kind", "organiser__erased_at",
    "organiser__person_details__given_name", "organiser__person_details__family_name",
    "organiser__organisation_details__name",
)  # fmt: skip
MOST_LANGUAGES: Final = 30
BETWEEN: Final = re.compile(r"[,;/&+]|\b(?:en|and|of|or)\b")


@dataclass(frozen=True)
class ActivityListing:
    """What a search finds at a moment."""

    search: ActivitySearch
    now: datetime
    branches: Sequence[Branch] = ()

    @property
    def today(self) -> date:
        return day_of(self.now)

    def found(self, *, is_whole: bool = True) -> QuerySet[Shift]:
        """In no order. Without `is_whole` categories are left aside, so that what there is of the others can be
        counted."""
        search = self.search
        shifts = self._about(self._when_and_where())
        if search.lowest:
            shifts = shifts.alias(value=self._value("activity__item")).filter(value__gte=search.lowest)
        if search.free:
            shifts = shifts.alias(taken=_taken()).filter(taken__lt=F("places"))
        if is_whole and search.categories:
            shifts = shifts.filter(activity__item__category__in=numbers_of(search.categories, self.branches))
        return shifts

    def _when_and_where(self) -> QuerySet[Shift]:
        search, shifts = self.search, coming(self.now).order_by()
        if search.place and not search.everywhere:
            shifts = shifts.filter(activity__neighbourhood=search.place)
        if days := search.days(self.today):
            first, last = days
            shifts = shifts.filter(
                starts_at__gte=_begin(first), starts_at__lt=_begin(last + timedelta(days=1))
            )
        return shifts

    def _about(self, shifts: QuerySet[Shift]) -> QuerySet[Shift]:
        """Words, who can take part in it, and the language that is spoken there."""
        search = self.search
        if search.words:
            told = Activity.objects.filter(state=ActivityState.PUBLISHED)
            shifts = shifts.filter(activity__in=said(told, search.terms)) if search.terms else shifts.none()
        for one in search.access:
            shifts = shifts.filter(**{f"activity__{ACCESS[one]}": True})
        return shifts.filter(activity__spoken__icontains=search.spoken) if search.spoken else shifts

    def counts(self) -> ActivityCounts:
        """Two queries: the shifts and the activities, each by category. Two more where there are more than are counted
        and not all categories are asked for."""
        shifts, activities = self._by_category(self.found(is_whole=False))
        is_bounded = max(shifts.total(), activities.total()) > MOST
        narrow = (shifts, activities)
        if is_bounded and self.search.categories:
            narrow = self._by_category(self.found())
        chosen = numbers_of(self.search.categories, self.branches)
        tallies = (
            Tally(
                categories=wide,
                number=sum(number for pk, number in some.items() if not chosen or pk in chosen),
                is_bounded=is_bounded,
            )
            for wide, some in zip((shifts, activities), narrow, strict=True)
        )
        return ActivityCounts(*tallies)

    def shifts(self, *, start: int = 0, number: int = PER_PAGE) -> list[Shift]:
        """Shifts with `told`, `value` and `taken`, and with all else that a row shows of them: one query."""
        return list(self._in_order(self.with_words(self._page(self.found(), start, number))))

    def activities(self, *, start: int = 0, number: int = PER_PAGE) -> list[Activity]:
        """Activities that have such a shift, each once, with `told`, `value`, `next_at` (when the first begins) and
        `times` (how many of them there are): one query."""
        shifts = self.found()
        mine = shifts.filter(activity=OuterRef("pk")).values("activity")
        found = Activity.objects.filter(pk__in=shifts.values("activity")).annotate(
            next_at=Subquery(
                mine.annotate(first=Min("starts_at")).values("first"), output_field=DateTimeField()
            ),
            times=Subquery(mine.annotate(number=Count("pk")).values("number"), output_field=IntegerField()),
            value=self._value("item"),
            told=told_in(_texts("pk"), own_language="language"),
        )
        order = {
            Sort.SOON: ("next_at", "pk"),
            Sort.EARNS: (F("value").desc(nulls_last=True), "next_at", "pk"),
            Sort.NEW: ("-published_at", "-pk"),
        }[Sort(self.search.sort)]
        rows = found.select_related(*ALONG).only(*SHOWN).order_by(*order)
        return list(rows[start : start + number])

    def with_words(self, shifts: QuerySet[Shift]) -> QuerySet[Shift]:
        return (
            shifts.select_related(*(f"activity__{one}" for one in ALONG))
            .only("ref", "starts_at", "ends_at", "places", *(f"activity__{one}" for one in SHOWN))
            .annotate(
                told=told_in(_texts("activity"), own_language="activity__language"),
                value=self._value("activity__item"),
                taken=_taken(),
            )
        )

    def _by_category(self, shifts: QuerySet[Shift]) -> tuple[Counter[int], Counter[int]]:
        """How many shifts and how many activities there are of each; of at most `MOST` and one."""
        some = Shift.objects.filter(pk__in=shifts.values("pk")[: MOST + 1])
        each = Activity.objects.filter(pk__in=shifts.values("activity").distinct()[: MOST + 1])
        return _counted(some, "activity__item__category"), _counted(each, "item__category")

    def _page(self, shifts: QuerySet[Shift], start: int, number: int) -> QuerySet[Shift]:
        """Words and places are looked up for the rows that are shown alone."""
        return Shift.objects.filter(pk__in=self._in_order(shifts).values("pk")[start : start + number])

    def _in_order(self, shifts: QuerySet[Shift]) -> QuerySet[Shift]:
        if self.search.sort == Sort.EARNS:
            worth = self._value("activity__item")
            return shifts.alias(worth=worth).order_by(F("worth").desc(nulls_last=True), "starts_at", "pk")
        return shifts.order_by(*("-made_at", "-pk") if self.search.sort == Sort.NEW else ("starts_at", "pk"))

    def _value(self, item: str) -> Subquery:
        """What an item is worth today: what somebody earns who signs up today."""
        newest = versions_until(self.today).filter(item=OuterRef(item))
        return Subquery(newest.values("amount")[:1], output_field=BigIntegerField())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many a search finds, and how many it would find in each category. When it `is_bounded` there are more than
    are counted: then no number beside a filter would be true."""

    categories: Counter[int]
    number: int
    is_bounded: bool


class ActivityCounts(NamedTuple):
    """The same of shifts, and of activities that have one."""

    shifts: Tally
    activities: Tally


def _counted(rows: QuerySet[Any], category: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(category).annotate(number=Count("pk"))))


def _texts(activity: str) -> QuerySet[ActivityText]:
    return ActivityText.objects.filter(activity=OuterRef(activity))


def _taken() -> Coalesce:
    """How many places of a shift are taken."""
    takers = Participation.objects.filter(shift=OuterRef("pk")).exclude(state__in=WITHOUT_PLACE)
    number = takers.order_by().values("shift").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0, output_field=IntegerField())


def _begin(day: date) -> datetime:
    """When a local day begins."""
    return make_aware(datetime.combine(day, time.min))


# --- Besides ---------------------------------------------------------------------------------------------------------


def this_week(neighbourhood: Neighbourhood, now: datetime) -> QuerySet[Shift]:
    """What begins in a neighbourhood from now until the end of the sixth day after today, the first one first."""
    until = _begin(day_of(now) + WEEK + timedelta(days=1))
    return coming(now).filter(activity__neighbourhood=neighbourhood, starts_at__lt=until)


def languages_spoken(place: Neighbourhood | None) -> list[str]:
    """The languages that organisers of open activities wrote down, each once, as the first one wrote it. One query."""
    found = Activity.objects.filter(state=ActivityState.PUBLISHED).exclude(spoken="")
    found = found.filter(neighbourhood=place) if place else found
    names: dict[str, str] = {}
    for spoken in found.order_by("spoken").values_list("spoken", flat=True).distinct():
        for name in filter(None, (one.strip(" .") for one in BETWEEN.split(spoken))):
            names.setdefault(name.lower(), name)
    return [names[one] for one in sorted(names)][:MOST_LANGUAGES]
