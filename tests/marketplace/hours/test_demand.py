"""What activities tell about demand for a valued item, week by week: numbers, and no people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.clock import day_of
from marketplace.operations.activity_demand import demand_of
from neighbourhoods.operations.demand import _sources
from neighbourhoods.queries.demand import Figures
from tests.factories import values
from tests.factories.activities import Season, activity, season, shift, takes_part
from tests.factories.market import demand, supply

MONDAY = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight where they live
WEEK_ON = day_of(MONDAY)
DAY = timedelta(days=1)
QUERIES = 3


def of(there: Season) -> Figures:
    return demand_of(there.neighbourhood, WEEK_ON).get(there.item.pk, Figures())


def test_the_clock_of_the_values_asks_it() -> None:
    assert demand_of in _sources


def test_open_places_are_those_that_nobody_took_in_the_shifts_of_the_week(there: Season) -> None:
    mine = activity(there)
    shift(mine, MONDAY, places=5)
    full = shift(mine, MONDAY + DAY, places=1)
    for login, state in ((there.ann, "SIGNED_UP"), (there.ben, "WITHDRAWN")):
        takes_part(full, login.person, state, at=MONDAY - 9 * DAY)
    shift(mine, MONDAY - timedelta(hours=1), places=7)  # Sunday, half past eleven
    shift(mine, MONDAY + 7 * DAY, places=7)

    assert of(there) == Figures(open_places=5)


def test_who_waits_and_who_signed_up_in_the_week_is_counted(there: Season) -> None:
    full = shift(activity(there), MONDAY + DAY, places=1)
    takes_part(full, there.ann.person, "SIGNED_UP", at=MONDAY)
    takes_part(full, there.ben.person, "WAITING", at=MONDAY - 3 * DAY)
    takes_part(full, there.bea.person, "WITHDRAWN", at=MONDAY)
    later = shift(activity(there), MONDAY + 30 * DAY)
    takes_part(later, there.ben.person, "SIGNED_UP", at=MONDAY + DAY)

    assert of(there) == Figures(sign_ups=2, waiting=1)


def test_what_was_called_off_or_is_not_open_tells_nothing(there: Season) -> None:
    shift(activity(there), MONDAY, state="CANCELLED")
    shift(activity(there, state="CANCELLED"), MONDAY)
    shift(activity(there, state="SUBMITTED", pot=None), MONDAY)

    assert of(there) == Figures()


def test_what_is_wanted_on_the_market_is_open_demand(there: Season) -> None:
    terms = {"item": there.item}
    for state in ("PUBLISHED", "PAUSED"):
        demand(there.market, state=state, terms=terms)
    demand(there.market)
    supply(there.market, terms=terms)
    demand(there.market, terms=terms, at=MONDAY + 7 * DAY)

    assert of(there) == Figures(open_demand=1)


def test_each_item_and_each_neighbourhood_has_its_own(there: Season) -> None:
    other = season("Eikenhof", "NL02ABNA0123456789")
    soup = values.item(there.neighbourhood, "Soep")
    shift(activity(there), MONDAY, places=1)
    shift(activity(there, item=soup), MONDAY, places=2)
    shift(activity(other), MONDAY, places=3)

    assert demand_of(there.neighbourhood, WEEK_ON) == {
        there.item.pk: Figures(open_places=1), soup.pk: Figures(open_places=2),
    }  # fmt: skip


def test_it_asks_as_much_for_three_as_for_one(there: Season, django_assert_num_queries: object) -> None:
    for number in (1, 3):
        for _ in range(number):
            takes_part(shift(activity(there), MONDAY, places=9), there.ann.person, at=MONDAY)
            demand(there.market, terms={"item": values.item(there.neighbourhood)})
        with django_assert_num_queries(QUERIES):  # type: ignore[operator]
            demand_of(there.neighbourhood, WEEK_ON)
