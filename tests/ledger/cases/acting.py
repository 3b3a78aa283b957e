"""How much whoever acts for somebody may pay in a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.ledger.cases.case import Case
from tests.ledger.steps import LATER, capture, charge_back, expire, fund, line, pay, pay_all, release, reserve

TOMORROW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
YESTERDAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
UP_TO_100: dict[str, Any] = {"by": "Helper", "acted_by_day_limit": 100}

CASES = [
    Case(
        "A helper pays up to the mandate in a day, and no more",
        fund("Ann", 1000),
        pay("Ann", "Ben", 101, **UP_TO_100).refused("actor_limit_exceeded", 100),
        pay("Ann", "Ben", 60, **UP_TO_100),
        pay("Ann", "Ben", 41, **UP_TO_100).refused("actor_limit_exceeded", 40),
        pay("Ann", "Ben", 40, **UP_TO_100).leaves(Ben=100),
        pay("Ann", "Ben", 1, **UP_TO_100).refused("actor_limit_exceeded", 0),
        pay("Ann", "Ben", 100, at=TOMORROW, **UP_TO_100).leaves(Ben=200),
    ),
    Case(
        "A mandate of nought lets nothing through",
        fund("Ann", 9),
        pay("Ann", "Ben", 1, by="Helper", acted_by_day_limit=0).refused("actor_limit_exceeded", 0),
    ),
    Case(
        "What Ann pays herself takes nothing from her helper",
        fund("Ann", 1000),
        pay("Ann", "Ben", 500, by="Ann"),
        pay("Ann", "Ben", 100, **UP_TO_100).leaves(Ben=600),
        pay("Ann", "Ben", 300, by="Ann").leaves(Ben=900),
    ),
    Case(
        "Two helpers have their own mandates",
        fund("Ann", 1000),
        pay("Ann", "Ben", 100, **UP_TO_100),
        pay("Ann", "Ben", 50, by="Other helper", acted_by_day_limit=50),
        pay("Ann", "Ben", 1, by="Other helper", acted_by_day_limit=50).refused("actor_limit_exceeded", 0),
        pay("Ann", "Ben", 1, **UP_TO_100).refused("actor_limit_exceeded", 0),
    ),
    Case(
        "A helper of two has a mandate for each",
        fund("Ann", 1000),
        fund("Ben", 1000),
        pay("Ann", "Shop", 100, **UP_TO_100),
        pay("Ben", "Shop", 100, **UP_TO_100).leaves(Shop=200),
    ),
    Case(
        "What a helper paid without a limit counts once there is one",
        fund("Ann", 1000),
        pay("Ann", "Ben", 70, by="Helper"),
        pay("Ann", "Ben", 31, **UP_TO_100).refused("actor_limit_exceeded", 30),
    ),
    Case(
        "A levy counts as well",
        fund("Ann", 1000),
        pay("Ann", "Ben", 70, kind="LEVY", **UP_TO_100),
        pay("Ann", "Ben", 31, **UP_TO_100).refused("actor_limit_exceeded", 30),
    ),
    Case(
        "What a helper reserves counts on the day of reserving",
        fund("Ann", 1000),
        reserve("bicycle", "Ann", "Ben", 60, **UP_TO_100),
        reserve("tricycle", "Ann", "Ben", 41, **UP_TO_100).refused("actor_limit_exceeded", 40),
        pay("Ann", "Ben", 41, **UP_TO_100).refused("actor_limit_exceeded", 40),
        pay("Ann", "Ben", 40, **UP_TO_100).leaves(Ben=40),
    ),
    Case(
        "A capture counts not once more, whoever makes it",
        fund("Ann", 1000),
        reserve("bicycle", "Ann", "Ben", 60, **UP_TO_100),
        capture("bicycle", 20, by="Helper"),
        pay("Ann", "Ben", 41, **UP_TO_100).refused("actor_limit_exceeded", 40),
        capture("bicycle", by="Helper"),
        pay("Ann", "Ben", 41, **UP_TO_100).refused("actor_limit_exceeded", 40),
        pay("Ann", "Ben", 40, **UP_TO_100).leaves(Ben=100),
    ),
    Case(
        "Capturing what Ann reserved takes nothing from her helper",
        fund("Ann", 1000),
        reserve("bicycle", "Ann", "Ben", 500, by="Ann"),
        capture("bicycle", by="Helper"),
        pay("Ann", "Ben", 100, **UP_TO_100).leaves(Ben=600),
    ),
    Case(
        "What is released was not paid",
        fund("Ann", 1000),
        reserve("bicycle", "Ann", "Ben", 60, **UP_TO_100),
        capture("bicycle", 20),
        release("bicycle"),
        pay("Ann", "Ben", 81, **UP_TO_100).refused("actor_limit_exceeded", 80),
        pay("Ann", "Ben", 80, **UP_TO_100).leaves(Ben=100),
    ),
    Case(
        "What expired was not paid",
        fund("Ann", 1000),
        reserve("bicycle", "Ann", "Ben", 60, **UP_TO_100),
        expire(LATER),
        pay("Ann", "Ben", 100, **UP_TO_100).leaves(Ben=100),
    ),
    Case(
        "What is paid back stays paid",
        fund("Ann", 1000),
        pay("Ann", "Ben", 100, key="bread", **UP_TO_100),
        charge_back("bread", by="Helper"),
        pay("Ann", "Ben", 1, **UP_TO_100).refused("actor_limit_exceeded", 0),
    ),
    Case(
        "Paying back for somebody takes nothing from the mandate",
        fund("Ann", 1000),
        pay("Ann", "Ben", 100, key="bread"),
        charge_back("bread", by="Helper"),
        fund("Ben", 100),
        pay("Ben", "Ann", 100, **UP_TO_100).leaves(Ben=0),
    ),
    Case(
        "What is dated back counts on the day that it is dated",
        fund("Ann", 1000),
        pay("Ann", "Ben", 60, **UP_TO_100),
        pay("Ann", "Ben", 100, at=YESTERDAY, **UP_TO_100),
        pay("Ann", "Ben", 41, **UP_TO_100).refused("actor_limit_exceeded", 40),
        pay("Ann", "Ben", 1, at=YESTERDAY, **UP_TO_100).refused("actor_limit_exceeded", 0),
    ),
    Case(
        "The lines of a batch count together",
        fund("Ann", 1000),
        pay_all([line("Ann", "Ben", 60), line("Ann", "Ben", 41)], **UP_TO_100).lines_refused(
            (1, "actor_limit_exceeded", 40)
        ),
        pay_all([line("Ann", "Ben", 60), line("Ann", "Ben", 40)], **UP_TO_100).leaves(Ben=100),
        pay("Ann", "Ben", 1, **UP_TO_100).refused("actor_limit_exceeded", 0),
    ),
    Case(
        "In a batch each payer has the whole mandate",
        fund("Ann", 1000),
        fund("Ben", 1000),
        pay_all([line("Ann", "Shop", 100), line("Ben", "Shop", 100)], **UP_TO_100).leaves(Shop=200),
    ),
]
