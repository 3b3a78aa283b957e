"""Days and months turn at midnight in Amsterdam, where the neighbourhoods are, also when the clock is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.ledger.cases.case import Case
from tests.ledger.steps import fund, limit, pay, reserve, reward

LONG_AGO = date(2026, 11, 22)

# The last moment of a day in Amsterdam, in UTC, and that day. In winter it is an hour later there, in summer two.
TURNS = {
    "on a winter's day": (datetime(2027, 2, 3, 22, 59, 59, 999999, tzinfo=UTC), date(2027, 2, 3)),
    "on a summer's day": (datetime(2027, 6, 3, 21, 59, 59, 999999, tzinfo=UTC), date(2027, 6, 3)),
    "before the day of 23 hours": (datetime(2027, 3, 27, 22, 59, 59, 999999, tzinfo=UTC), date(2027, 3, 27)),
    "after the day of 23 hours": (datetime(2027, 3, 28, 21, 59, 59, 999999, tzinfo=UTC), date(2027, 3, 28)),
    "before the day of 25 hours": (
        datetime(2027, 10, 30, 21, 59, 59, 999999, tzinfo=UTC),
        date(2027, 10, 30),
    ),
    "after the day of 25 hours": (datetime(2027, 10, 31, 22, 59, 59, 999999, tzinfo=UTC), date(2027, 10, 31)),
    "at the end of a month": (datetime(2027, 4, 30, 21, 59, 59, 999999, tzinfo=UTC), date(2027, 4, 30)),
    "at the end of a leap year's February": (
        datetime(2028, 2, 29, 22, 59, 59, 999999, tzinfo=UTC),
        date(2028, 2, 29),
    ),
    "at the end of the year": (datetime(2026, 12, 31, 22, 59, 59, 999999, tzinfo=UTC), date(2026, 12, 31)),
}
MONTHS = ("after the day of 25 hours", "at the end of a month", "at the end of a leap year's February",
          "at the end of the year")  # fmt: skip
AN_INSTANT = timedelta(microseconds=1)

CASES = [
    *(
        Case(
            f"A day ends at midnight in Amsterdam {when}",
            fund("Ann", 1000),
            limit(per_day=100, from_on=LONG_AGO),
            pay("Ann", "Ben", 60, at=last, key="evening").shows("transfers", "day", {"evening": day}),
            pay("Ann", "Ben", 41, at=last).refused("limit_exceeded", 40),
            pay("Ann", "Ben", 100, at=last + AN_INSTANT, key="midnight").shows(
                "transfers", "day", {"midnight": day + timedelta(days=1)}
            ),
        )
        for when, (last, day) in TURNS.items()
    ),
    *(
        Case(
            f"A month ends at midnight in Amsterdam {when}",
            fund("Pot", 1000),
            fund("Ann", 1000),
            limit(per_month=100, from_on=LONG_AGO),
            reward("Pot", "Ben", 60, at=last).tallies("Ben", "VOLUNTEER_ALLOWANCE", day.replace(day=1), 60),
            reward("Pot", "Ben", 70, at=last + AN_INSTANT).tallies(
                "Ben", "VOLUNTEER_ALLOWANCE", day + timedelta(days=1), 70
            ),
            pay("Ann", "Ben", 60, at=last),
            pay("Ann", "Ben", 41, at=last).refused("limit_exceeded", 40),
            pay("Ann", "Ben", 100, at=last + AN_INSTANT),
        )
        for when, (last, day) in TURNS.items()
        if when in MONTHS
    ),
    Case(
        "A day of 25 hours is one day, its second hour of two as well",
        fund("Ann", 1000),
        limit(per_day=100, from_on=LONG_AGO),
        pay("Ann", "Ben", 40, at=datetime(2027, 10, 30, 22, 0, tzinfo=UTC)),
        pay("Ann", "Ben", 40, at=datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        pay("Ann", "Ben", 21, at=datetime(2027, 10, 31, 1, 30, tzinfo=UTC)).refused("limit_exceeded", 20),
        pay("Ann", "Ben", 20, at=datetime(2027, 10, 31, 22, 59, tzinfo=UTC)).leaves(Ben=100),
    ),
    Case(
        "A pot pays until midnight of its last day in Amsterdam",
        fund("Year pot", 9),
        pay("Year pot", "Ann", 4, at=datetime(2026, 12, 31, 22, 59, 59, 999999, tzinfo=UTC)).leaves(Ann=4),
        pay("Year pot", "Ann", 4, at=datetime(2026, 12, 31, 23, 0, tzinfo=UTC)).refused("account_not_open"),
    ),
    Case(
        "A limit begins at midnight of its first day and ends at midnight of its last",
        fund("Ann", 1000),
        limit(per_payment=10, from_on=date(2027, 1, 1), until_on=date(2027, 1, 31)),
        pay("Ann", "Ben", 11, at=datetime(2026, 12, 31, 22, 59, tzinfo=UTC)).leaves(Ben=11),
        pay("Ann", "Ben", 11, at=datetime(2026, 12, 31, 23, 0, tzinfo=UTC)).refused("limit_exceeded", 10),
        pay("Ann", "Ben", 11, at=datetime(2027, 1, 31, 22, 59, tzinfo=UTC)).refused("limit_exceeded", 10),
        pay("Ann", "Ben", 11, at=datetime(2027, 1, 31, 23, 0, tzinfo=UTC)).leaves(Ben=22),
    ),
    Case(
        "A helper's day ends at midnight in Amsterdam",
        fund("Ann", 1000),
        pay("Ann", "Ben", 9, by="Helper", acted_by_day_limit=9, at=datetime(2027, 6, 3, 21, 59, tzinfo=UTC)),
        pay(
            "Ann", "Ben", 1, by="Helper", acted_by_day_limit=9, at=datetime(2027, 6, 3, 21, 59, tzinfo=UTC)
        ).refused("actor_limit_exceeded", 0),
        reserve(
            "bicycle",
            "Ann",
            "Ben",
            9,
            by="Helper",
            acted_by_day_limit=9,
            at=datetime(2027, 6, 3, 22, 0, tzinfo=UTC),
        ).holds(Ann=9),
    ),
    Case(
        "The zone that a moment is told in does not matter",
        fund("Ann", 1000),
        pay("Ann", "Ben", 9, at=datetime.fromisoformat("2027-06-04T07:00:00+09:00"), key="from Tokyo").shows(
            "transfers", "day", {"from Tokyo": date(2027, 6, 4)}
        ),
        pay("Ann", "Ben", 9, at=datetime.fromisoformat("2027-06-03T11:59:00-10:00"), key="from Hawaii").shows(
            "transfers", "day", {"from Hawaii": date(2027, 6, 3)}
        ),
    ),
]
