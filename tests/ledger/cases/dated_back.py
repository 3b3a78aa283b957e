"""What is booked with a date in the past: it counts for the limits of today, and for everything else on its own day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.ledger.cases.case import Case
from tests.ledger.steps import capture, change, charge_back, fund, limit, pay, release, reserve, reward

YESTERDAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LAST_MONTH = datetime(2026, 10, 22, 9, 0, tzinfo=UTC)
LAST_YEAR = datetime(2025, 11, 22, 9, 0, tzinfo=UTC)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)

CASES = [
    Case(
        "What is dated back counts today",
        fund("Ann", 1000),
        limit(per_day=100, from_on=date(2026, 11, 22)),
        pay("Ann", "Ben", 60),
        pay("Ann", "Ben", 30, at=YESTERDAY),
        pay("Ann", "Ben", 11).refused("limit_exceeded", 10),
    ),
    Case(
        "What is dated back to another month counts this month",
        fund("Ann", 1000),
        limit(per_month=100),
        pay("Ann", "Ben", 60),
        pay("Ann", "Ben", 30, at=LAST_MONTH),
        pay("Ann", "Ben", 11).refused("limit_exceeded", 10),
    ),
    Case(
        "What is dated back is judged by the limit of its own day, with the room of today",
        fund("Ann", 1000),
        pay("Ann", "Ben", 150),
        limit(per_day=100),
        pay("Ann", "Ben", 500, at=YESTERDAY).leaves(Ben=650),
        pay("Ann", "Ben", 1).refused("limit_exceeded", 0),
    ),
    Case(
        "A reservation that is dated back and released gives nothing back to today",
        fund("Ann", 1000),
        limit(per_day=100),
        pay("Ann", "Ben", 10),
        reserve("bicycle", "Ann", "Ben", 60, at=YESTERDAY),
        release("bicycle").shows("accounts", "spent_day", {"Ann": 70}),
    ),
    Case(
        "What is dated back has the next number, and its own day",
        fund("Ann", 1000),
        pay("Ann", "Ben", 60),
        pay("Ann", "Ben", 30, at=LAST_MONTH, key="late")
        .shows("transfers", "payer_no", {"late": 3})
        .shows("transfers", "day", {"late": date(2026, 10, 22)})
        .leaves(Ann=910),
    ),
    Case(
        "A reward that is dated back is tallied in its own month, and taken off there",
        fund("Pot", 1000),
        reward("Pot", "Ann", 30, at=LAST_MONTH, key="late").tallies(
            "Ann", "VOLUNTEER_ALLOWANCE", OCTOBER, 30
        ),
        reward("Pot", "Ann", 20, key="now").tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 20),
        charge_back("now", at=LAST_MONTH)
        .tallies("Ann", "VOLUNTEER_ALLOWANCE", OCTOBER, 30)
        .tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 0),
        charge_back("late").tallies("Ann", "VOLUNTEER_ALLOWANCE", OCTOBER, 0),
    ),
    Case(
        "The same month of another year is another month",
        fund("Ann", 1000),
        limit(per_month=100),
        pay("Ann", "Ben", 90, at=LAST_YEAR),
        pay("Ann", "Ben", 100).leaves(Ben=190),
        reserve("bicycle", "Ann", "Ben", 10, at=LAST_YEAR),
        release("bicycle").shows("accounts", "spent_month", {"Ann": 110}),
    ),
    Case(
        "A pot that has ended pays what is dated before its end",
        fund("Pot", 9),
        change("reclassify", "Pot", ends_on=date(2026, 11, 21)),
        pay("Pot", "Ann", 5).refused("account_not_open"),
        pay("Pot", "Ann", 5, at=YESTERDAY).leaves(Ann=5),
    ),
    Case(
        "A reservation that is over is captured by nobody, but by who says that it was before",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5, at=LAST_MONTH, expires_at=YESTERDAY),
        capture("bicycle").refused("reservation_over"),
        capture("bicycle", at=LAST_MONTH).leaves(Ben=5),
    ),
]
