"""Whoever offers things registers a source; the clock asks each of them, once a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.models import AuditEntry
from neighbourhoods.models import DemandFigure, DemandSignal, Neighbourhood, ValuedItem
from neighbourhoods.operations.demand import Source, register_source
from neighbourhoods.operations.elections import advance
from neighbourhoods.queries.demand import Figures, monday_of
from tests.factories import values
from tests.factories.residency import place
from tests.neighbourhoods.demand.conftest import NOW, WEEK, ask

MONDAY = monday_of(NOW.date())
DAY = timedelta(days=1)
Asked = list[tuple[str, date]]


def figures() -> list[tuple[int, date, int]]:
    return list(DemandFigure.objects.order_by("item", "week_on").values_list("item", "week_on", "waiting"))


def telling(item: ValuedItem, waiting: int, asked: Asked | None = None) -> Source:
    """A source that knows this of an item in every week."""

    def source(neighbourhood: Neighbourhood, week_on: date) -> dict[int, Figures]:
        if asked is not None:
            asked.append((neighbourhood.slug, week_on))
        return {item.pk: Figures(waiting=waiting)}

    return register_source(source)


def test_it_is_asked_about_this_week_and_the_one_before_once_a_day(reading: ValuedItem) -> None:
    asked: Asked = []
    telling(reading, 3, asked)

    for moment in (NOW, NOW + timedelta(minutes=5), NOW + timedelta(hours=11)):
        advance(now=moment)
    assert asked == [("molenwijk", MONDAY - WEEK), ("molenwijk", MONDAY)]

    advance(now=NOW + DAY)
    assert len(asked) == 4
    assert figures() == [(reading.pk, MONDAY - WEEK, 3), (reading.pk, MONDAY, 3)]


def test_a_day_ends_where_the_neighbourhoods_are(reading: ValuedItem) -> None:
    asked: Asked = []
    telling(reading, 3, asked)

    def weeks_asked(hour: int, minute: int) -> int:
        advance(now=NOW.replace(hour=hour, minute=minute))
        return len(asked)

    # Half past eleven at night in Amsterdam, half past twelve of the next day, and a little later.
    assert [weeks_asked(22, 30), weeks_asked(23, 30), weeks_asked(23, 40)] == [2, 4, 4]


def test_where_nothing_is_registered_nothing_is_done(reading: ValuedItem) -> None:
    before = AuditEntry.objects.count()

    assert advance(now=NOW).steps == 0
    assert AuditEntry.objects.count() == before


def test_what_several_sources_know_of_an_item_is_added_up(reading: ValuedItem) -> None:
    telling(reading, 3)
    telling(reading, 4)

    assert ask(NOW) == 1

    assert [waiting for _item, _week, waiting in figures()] == [7, 7]


def test_the_same_function_registered_twice_is_asked_once(reading: ValuedItem) -> None:
    register_source(register_source(telling(reading, 3)))

    ask(NOW)

    assert [waiting for _item, _week, waiting in figures()] == [3, 3]


def test_a_source_says_nothing_about_items_of_another_neighbourhood(reading: ValuedItem) -> None:
    sluiskade = place("Sluiskade", of=reading.neighbourhood.municipality)
    there = values.item(sluiskade, "Voorlezen")

    def source(neighbourhood: Neighbourhood, week_on: date) -> dict[int, Figures]:
        if neighbourhood == sluiskade:
            return {}
        return {reading.pk: Figures(waiting=1), there.pk: Figures(waiting=2), 0: Figures(waiting=3)}

    register_source(source)
    ask(NOW)

    assert [(item, waiting) for item, _week, waiting in figures()] == [(reading.pk, 1)] * 2


def test_a_source_that_breaks_stops_no_other_place_and_is_asked_again(
    reading: ValuedItem, caplog: pytest.LogCaptureFixture
) -> None:
    sluiskade = place("Sluiskade", of=reading.neighbourhood.municipality)
    there = values.item(sluiskade, "Voorlezen")
    telling(there, 2)
    is_broken = True

    def source(neighbourhood: Neighbourhood, week_on: date) -> dict[int, Figures]:
        if is_broken and neighbourhood == reading.neighbourhood:
            raise RuntimeError("The market is closed.")
        return {reading.pk: Figures(waiting=1)}

    register_source(source)
    done = advance(now=NOW)
    assert done.failed == ["demand in molenwijk"]
    assert {item for item, *_rest in figures()} == {there.pk}
    assert "could not be moved on" in caplog.text

    is_broken = False
    advance(now=NOW + timedelta(minutes=5))
    assert {item for item, *_rest in figures()} == {reading.pk, there.pk}


def test_what_it_tells_is_on_the_agenda_the_same_minute(reading: ValuedItem) -> None:
    telling(reading, 10)

    advance(now=NOW)

    assert DemandSignal.objects.get().number == 20


def test_a_source_that_knows_nothing_of_a_place_changes_nothing(reading: ValuedItem) -> None:
    register_source(lambda _neighbourhood, _week_on: {})

    assert ask(NOW) == 1
    assert figures() == []
