"""What is told of demand and supply in a week, and how weeks and windows are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import DemandFigure, ValuedItem
from neighbourhoods.operations.demand import NotAWeek, report
from neighbourhoods.queries.demand import (
    Figures,
    figures_of,
    monday_of,
    window_of,
)
from tests.factories import values
from tests.neighbourhoods.demand.conftest import FROM, NOW, UNTIL, tell

TODAY = NOW.date()
MONDAY = monday_of(TODAY)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(DAYS)
def test_every_day_belongs_to_one_window_of_eight_weeks_from_a_monday(day: date) -> None:
    first, last = window_of(day)

    assert first <= day <= last
    assert (first.weekday(), (last - first).days) == (0, 55)
    assert window_of(last + timedelta(days=1))[0] == last + timedelta(days=1)
    assert window_of(first) == window_of(last) == (first, last)


def test_windows_lie_the_same_for_everybody_and_for_ever() -> None:
    assert window_of(TODAY) == (FROM, UNTIL)


def test_what_is_told_of_a_week_again_takes_the_place_of_what_was_told_before(reading: ValuedItem) -> None:
    tell(reading, waiting=9, sign_ups=4)
    tell(reading, waiting=3)

    rows = list(DemandFigure.objects.values_list("week_on", "waiting", "sign_ups"))
    assert rows == [(MONDAY, 3, 0)]


@pytest.mark.parametrize("day", [MONDAY + timedelta(days=1), MONDAY + timedelta(days=7)])
def test_a_day_that_begins_no_week_or_a_week_to_come_is_refused(reading: ValuedItem, day: date) -> None:
    with pytest.raises(NotAWeek):
        report(item=reading, week_on=day, figures=Figures(waiting=1), at=NOW)

    assert not DemandFigure.objects.exists()


def test_the_database_keeps_one_row_for_an_item_and_week(reading: ValuedItem) -> None:
    tell(reading, waiting=1)

    with pytest.raises(IntegrityError, match=r"figures_once_a_week|UNIQUE"):
        DemandFigure.objects.bulk_create([DemandFigure(item=reading, week_on=MONDAY)])


def test_eight_weeks_are_shown_with_nothing_where_nobody_told_anything(reading: ValuedItem) -> None:
    tell(reading, weeks_ago=8, waiting=100)  # too long ago
    tell(reading, weeks_ago=7, sign_ups=6, open_places=2)
    tell(reading, sign_ups=3, open_places=1, open_demand=5)

    found = figures_of(reading, on=TODAY)

    assert [week.monday for week in found.weeks] == [MONDAY - timedelta(weeks=n) for n in range(7, -1, -1)]
    assert [week.figures.sign_ups for week in found.weeks] == [6, 0, 0, 0, 0, 0, 0, 3]
    assert (found.is_known, found.total) == (True, Figures(sign_ups=9, open_places=3, open_demand=5))
    assert found.total.filled == 75


def test_of_what_nobody_told_nothing_is_known(reading: ValuedItem) -> None:
    other = values.item(reading.neighbourhood, "Tuin")
    tell(other, waiting=3)

    found = figures_of(reading, on=TODAY)

    assert (found.is_known, found.total, found.total.filled) == (False, Figures(), None)


@pytest.mark.parametrize("weeks", [1, 3])
def test_it_costs_one_query_however_many_weeks(
    reading: ValuedItem, weeks: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(weeks):
        tell(reading, weeks_ago=number, waiting=1)

    with django_assert_num_queries(1):
        figures_of(reading, on=TODAY)
