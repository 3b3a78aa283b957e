"""Molenwijk has people who read to children, worth 8.00 an hour. It is Saturday, in the seventh week of a window."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core.clock import day_of
from neighbourhoods.models import Neighbourhood, ValuedItem
from neighbourhoods.operations import demand
from neighbourhoods.operations.elections.clock import Deed
from neighbourhoods.queries.demand import Figures, monday_of
from tests.factories import values
from tests.factories.democracy import VOTING
from tests.factories.residency import municipality, place

NOW = VOTING  # 21 November 2026
FROM, UNTIL = date(2026, 10, 5), date(2026, 11, 29)  # the window that this day belongs to
WEEK = timedelta(weeks=1)


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    made = place("Molenwijk", of=municipality("Dijkstad"))
    values.value_policy(made)
    return made


@pytest.fixture
def reading(molenwijk: Neighbourhood) -> ValuedItem:
    made = values.item(molenwijk, "Voorlezen op school")
    values.worth(made, 800)
    return made


def ask(now: datetime) -> int:
    """What the clock does first: ask every source. How many places were asked about."""
    return _do(demand.readings_due(now))


def look(now: datetime) -> int:
    """What the clock does then: make the signals that are due. How many it made."""
    return _do(demand.signals_due(now))


def tell(item: ValuedItem, *, weeks_ago: int = 0, **figures: int) -> None:
    """Demand of this week, or of some weeks ago."""
    monday = monday_of(day_of(NOW)) - weeks_ago * WEEK
    demand.report(item=item, week_on=monday, figures=Figures(**figures), at=NOW)


def _do(deeds: list[Deed]) -> int:
    return sum(deed() is True for _name, deed in deeds)
