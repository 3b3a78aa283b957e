"""Limits for the safety of money: how much a kind of holder pays at once, in a day, in a month."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.ledger.cases.case import Case
from tests.ledger.steps import (
    capture,
    change,
    charge_back,
    expire,
    fund,
    limit,
    line,
    pay,
    pay_all,
    release,
    reserve,
    transfer,
)

TOMORROW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEXT_MONTH = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HELPED: dict[str, Any] = {"by": "Helper", "acted_by_day_limit": 1000}

CASES = [
    Case(
        "At once exactly the limit, and no more",
        fund("Ann", 1000),
        limit(per_payment=100),
        pay("Ann", "Ben", 101).refused("limit_exceeded", 100),
        pay("Ann", "Ben", 100),
        pay("Ann", "Ben", 100).leaves(Ben=200),
    ),
    Case(
        "In a day exactly the limit, and no more",
        fund("Ann", 1000),
        limit(per_day=100),
        pay("Ann", "Ben", 60),
        pay("Ann", "Ben", 41).refused("limit_exceeded", 40),
        pay("Ann", "Ben", 40).leaves(Ben=100),
        pay("Ann", "Ben", 1).refused("limit_exceeded", 0),
        pay("Ann", "Ben", 100, at=TOMORROW).leaves(Ben=200),
    ),
    Case(
        "In a month exactly the limit, and no more",
        fund("Ann", 1000),
        limit(per_month=100),
        pay("Ann", "Ben", 60),
        pay("Ann", "Ben", 41, at=TOMORROW).refused("limit_exceeded", 40),
        pay("Ann", "Ben", 40, at=TOMORROW),
        pay("Ann", "Ben", 100, at=NEXT_MONTH).leaves(Ben=200),
    ),
    Case(
        "In a batch too, day and month begin anew",
        fund("Ann", 1000),
        limit(per_day=100, per_month=150),
        pay_all([line("Ann", "Ben", 60), line("Ann", "Ben", 40)]),
        pay_all([line("Ann", "Ben", 40), line("Ann", "Ben", 11)], at=TOMORROW).lines_refused(
            (1, "limit_exceeded", 10)
        ),
        pay_all([line("Ann", "Ben", 40), line("Ann", "Ben", 10)], at=TOMORROW),
        pay_all([line("Ann", "Ben", 60), line("Ann", "Ben", 41)], at=NEXT_MONTH).lines_refused(
            (1, "limit_exceeded", 40)
        ),
        pay_all([line("Ann", "Ben", 60), line("Ann", "Ben", 40)], at=NEXT_MONTH).leaves(Ben=250),
    ),
    Case(
        "For what is reserved too, day and month begin anew",
        fund("Ann", 1000),
        limit(per_day=100, per_month=150),
        reserve("one", "Ann", "Ben", 100),
        reserve("two", "Ann", "Ben", 51, at=TOMORROW).refused("limit_exceeded", 50),
        reserve("two", "Ann", "Ben", 50, at=TOMORROW),
        reserve("three", "Ann", "Ben", 101, at=NEXT_MONTH).refused("limit_exceeded", 100),
        reserve("three", "Ann", "Ben", 100, at=NEXT_MONTH).holds(Ann=250),
    ),
    Case(
        "For a helper too, day and month begin anew",
        fund("Ann", 1000),
        limit(per_day=100, per_month=150),
        pay("Ann", "Ben", 100, **HELPED),
        pay("Ann", "Ben", 51, at=TOMORROW, **HELPED).refused("limit_exceeded", 50),
        pay("Ann", "Ben", 50, at=TOMORROW, **HELPED),
        pay("Ann", "Ben", 101, at=NEXT_MONTH, **HELPED).refused("limit_exceeded", 100),
        pay("Ann", "Ben", 100, at=NEXT_MONTH, **HELPED).leaves(Ben=250),
    ),
    Case(
        "The smallest of the rooms is told",
        fund("Ann", 1000),
        limit(per_payment=70, per_day=100, per_month=110),
        pay("Ann", "Ben", 71).refused("limit_exceeded", 70),
        pay("Ann", "Ben", 70),
        pay("Ann", "Ben", 31).refused("limit_exceeded", 30),
        pay("Ann", "Ben", 41, at=TOMORROW).refused("limit_exceeded", 40),
    ),
    Case(
        "A limit of nought lets nothing through",
        fund("Ann", 9),
        limit(0),
        pay("Ann", "Ben", 1).refused("limit_exceeded", 0),
    ),
    Case(
        "A limit without amounts limits nothing", fund("Ann", 9), limit(), pay("Ann", "Ben", 9).leaves(Ben=9)
    ),
    Case(
        "A limit is for one kind of holder",
        fund("Shop", 1000),
        limit(per_payment=100),
        pay("Shop", "Ann", 101).leaves(Ann=101),
    ),
    Case(
        "A limit is for one coin",
        fund("Dirk in Sluis", 1000),
        limit(per_payment=100),
        pay("Dirk in Sluis", "Ann in Sluis", 101).leaves({"Ann in Sluis": 101}),
    ),
    Case(
        "A pot has no limit",
        fund("Pot", 1000),
        change("reclassify", "Pot", holder_kind="PERSON"),
        limit(per_payment=100),
        pay("Pot", "Ann", 101).leaves(Ann=101),
    ),
    *(
        Case(
            f"A limit is also for {kind}",
            fund("Ann", 1000),
            limit(per_day=100),
            transfer("Ann", payee, 60, kind, label="GIFT"),
            transfer("Ann", payee, 41, kind, label="GIFT").refused("limit_exceeded", 40),
        )
        for kind, payee in (
            ("REWARD", "Ben"),
            ("SERVICE", "Ben"),
            ("DEBT", "Ben"),
            ("CLEARING", "Clearing"),
        )
    ),
    Case(
        "A levy knows no limit and takes no room",
        fund("Ann", 1000),
        limit(per_day=100),
        transfer("Ann", "Ben", 500, "LEVY"),
        pay("Ann", "Ben", 100).leaves(Ben=600),
    ),
    Case(
        "What was paid before there was a limit counts",
        fund("Ann", 1000),
        pay("Ann", "Ben", 90),
        limit(per_day=100),
        pay("Ann", "Ben", 11).refused("limit_exceeded", 10),
    ),
    Case(
        "What was paid beyond a limit that is new leaves no room, and not less than none",
        fund("Ann", 1000),
        pay("Ann", "Ben", 190),
        limit(per_day=100),
        pay("Ann", "Ben", 1).refused("limit_exceeded", 0),
    ),
    Case(
        "A limit holds from its first day",
        fund("Ann", 1000),
        limit(per_payment=100, from_on=date(2026, 11, 23)),
        pay("Ann", "Ben", 101),
        pay("Ann", "Ben", 101, at=TOMORROW).refused("limit_exceeded", 100),
    ),
    Case(
        "A limit holds until its last day",
        fund("Ann", 1000),
        limit(per_payment=100, until_on=date(2026, 11, 22)),
        pay("Ann", "Ben", 101).refused("limit_exceeded", 100),
        pay("Ann", "Ben", 101, at=TOMORROW).leaves(Ben=101),
    ),
    Case(
        "Of two limits the one that was said last holds",
        fund("Ann", 1000),
        limit(per_payment=100),
        limit(per_payment=200),
        pay("Ann", "Ben", 201).refused("limit_exceeded", 200),
        pay("Ann", "Ben", 200).leaves(Ben=200),
    ),
    Case(
        "When a limit for a while is over the one before it holds again",
        fund("Ann", 1000),
        limit(per_payment=100),
        limit(per_payment=200, until_on=date(2026, 11, 22)),
        pay("Ann", "Ben", 200),
        pay("Ann", "Ben", 101, at=TOMORROW).refused("limit_exceeded", 100),
    ),
    Case(
        "A limit is not below nought, not in the past, and does not end before it begins",
        limit(per_day=-1).refused("invalid_limit"),
        limit(per_day=1, from_on=date(2026, 11, 21)).refused("invalid_limit"),
        limit(per_day=1, until_on=date(2026, 11, 21)).refused("invalid_limit"),
    ),
    Case(
        "What is reserved counts as paid",
        fund("Ann", 1000),
        limit(per_day=100),
        reserve("bicycle", "Ann", "Ben", 60),
        pay("Ann", "Ben", 41).refused("limit_exceeded", 40),
        reserve("tricycle", "Ann", "Ben", 41).refused("limit_exceeded", 40),
        pay("Ann", "Ben", 40).leaves(Ben=40),
    ),
    Case(
        "What is captured does not count once more",
        fund("Ann", 1000),
        limit(per_payment=60, per_day=100),
        reserve("bicycle", "Ann", "Ben", 60),
        capture("bicycle"),
        pay("Ann", "Ben", 41).refused("limit_exceeded", 40),
        pay("Ann", "Ben", 40).leaves(Ben=100),
    ),
    Case(
        "A later limit does not stand in the way of what is reserved",
        fund("Ann", 1000),
        reserve("bicycle", "Ann", "Ben", 60),
        limit(per_payment=1, per_day=1),
        capture("bicycle").leaves(Ben=60),
    ),
    Case(
        "What is released is given back, on the same day",
        fund("Ann", 1000),
        limit(per_day=100, per_month=120),
        reserve("bicycle", "Ann", "Ben", 60),
        release("bicycle"),
        pay("Ann", "Ben", 100).leaves(Ben=100),
    ),
    Case(
        "Of what is released only what was left is given back",
        fund("Ann", 1000),
        limit(per_day=100),
        reserve("bicycle", "Ann", "Ben", 60),
        capture("bicycle", 20),
        release("bicycle"),
        pay("Ann", "Ben", 81).refused("limit_exceeded", 80),
        pay("Ann", "Ben", 80).leaves(Ben=100),
    ),
    Case(
        "Released on a later day it is given back to the month, and to the day when nothing was paid since",
        fund("Ann", 1000),
        limit(per_day=100, per_month=150),
        reserve("bicycle", "Ann", "Ben", 60),
        release("bicycle", at=TOMORROW),
        pay("Ann", "Ben", 100),
        pay("Ann", "Ben", 51, at=TOMORROW).refused("limit_exceeded", 50),
    ),
    Case(
        "Released after something was paid on a later day it is given back to the month alone",
        fund("Ann", 1000),
        limit(per_day=100, per_month=200),
        reserve("bicycle", "Ann", "Ben", 60),
        pay("Ann", "Ben", 70, at=TOMORROW),
        release("bicycle", at=TOMORROW),
        pay("Ann", "Ben", 31, at=TOMORROW).refused("limit_exceeded", 30),
        pay("Ann", "Ben", 30, at=TOMORROW).shows("accounts", "spent_month", {"Ann": 100}),
    ),
    Case(
        "Released after something was paid in a later month nothing is given back",
        fund("Ann", 1000),
        reserve("bicycle", "Ann", "Ben", 60),
        pay("Ann", "Ben", 70, at=NEXT_MONTH),
        release("bicycle", at=NEXT_MONTH)
        .shows("accounts", "spent_day", {"Ann": 70})
        .shows("accounts", "spent_month", {"Ann": 70}),
    ),
    Case(
        "What expires is given back as well",
        fund("Ann", 1000),
        limit(per_day=100),
        reserve("bicycle", "Ann", "Ben", 60, expires_at=TOMORROW),
        expire(TOMORROW).gives("1"),
        pay("Ann", "Ben", 100).leaves(Ben=100),
    ),
    Case(
        "A levy that was reserved took no room and gives none back",
        fund("Ann", 1000),
        pay("Ann", "Ben", 60),
        reserve("levy", "Ann", "Ben", 50, kind="LEVY"),
        release("levy").shows("accounts", "spent_day", {"Ann": 60}),
    ),
    Case(
        "What is paid back gives no room back",
        fund("Ann", 1000),
        limit(per_day=100),
        pay("Ann", "Ben", 100, key="bread"),
        charge_back("bread"),
        pay("Ann", "Ben", 1).refused("limit_exceeded", 0),
    ),
    Case(
        "Paying back takes no room",
        fund("Ann", 1000),
        pay("Ann", "Ben", 100, key="bread"),
        limit(per_payment=1, per_day=1),
        charge_back("bread").leaves(Ann=1000),
        pay("Ann", "Ben", 1).refused("limit_exceeded", 0),
    ),
    Case(
        "Who pays back has as much room as before",
        fund("Ann", 1000),
        fund("Ben", 1000),
        limit(per_day=100),
        pay("Ann", "Ben", 100, key="bread"),
        charge_back("bread"),
        pay("Ben", "Ann", 100).leaves(Ben=900),
    ),
]
