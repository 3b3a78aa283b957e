"""Many lines at once: all are booked, or none and what was wrong with each."""

from __future__ import annotations

from datetime import date

from tests.ledger.cases.case import Case
from tests.ledger.steps import change, fund, limit, line, pay, pay_all, reserve

NOVEMBER = date(2026, 11, 1)

CASES = [
    Case(
        "All lines are booked, in their order",
        fund("Ann", 100),
        pay_all([line("Ann", "Ben", 30, key="one"), line("Ann", "Shop", 40, key="two")])
        .gives("one, two")
        .leaves(Ann=30, Ben=30, Shop=40)
        .shows("transfers", "payer_no", {"one": 2, "two": 3})
        .shows("transfers", "payer_balance", {"one": 70, "two": 30}),
    ),
    Case("No lines are no transfers", pay_all([]).gives("")),
    Case(
        "One line is a batch too",
        fund("Ann", 9),
        pay_all([line("Ann", "Ben", 9, key="one")]).gives("one").leaves(Ben=9),
    ),
    Case(
        "A later line spends what an earlier one brings",
        fund("Ann", 100),
        pay_all([line("Ann", "Ben", 100), line("Ben", "Shop", 100), line("Shop", "Ann", 100)])
        .leaves(Ann=100, Ben=0, Shop=0)
        .shows("accounts", "last_no", {"Ann": 3, "Ben": 2, "Shop": 2}),
    ),
    Case(
        "An earlier line does not spend what a later one brings",
        fund("Ann", 100),
        pay_all([line("Ben", "Shop", 100), line("Ann", "Ben", 100)])
        .lines_refused((0, "insufficient_funds", 0))
        .leaves(Ann=100, Ben=0),
    ),
    Case(
        "When one line is refused nothing is booked",
        fund("Ann", 100),
        pay_all([line("Ann", "Ben", 30), line("Ann", "Cas", 30), line("Ann", "Shop", 30)])
        .lines_refused((1, "outside_area"))
        .leaves(Ann=100, Ben=0, Shop=0)
        .shows("accounts", "last_no", {"Ann": 1}),
    ),
    Case(
        "All lines that are refused are named, each with its reason",
        fund("Ann", 100),
        change("block", "Shop"),
        pay_all(
            [
                line("Ann", "Ben", 0),
                line("Ann", "Ann", 5),
                line("Ann", "Ben", 5, kind="REWARD"),
                line("Ann", "Ben", 60),
                line("Ann", "Cas", 5),
                line("Ann", "Ben", 41),
                line("Ann", "Shop", 5),
                line("Ann", "Nobody", 5),
                line("Ann", "Dirk in Sluis", 5),
                line("Ann", "Ben", 5, kind="ISSUE"),
                line("Ann", "Clearing", 5),
                line("Ann", "Ben", 40),
            ]
        )
        .lines_refused(
            (0, "invalid_amount"),
            (1, "same_account"),
            (2, "label_missing"),
            (4, "outside_area"),
            (5, "insufficient_funds", 40),
            (6, "account_not_open"),
            (7, "unknown_account"),
            (8, "coin_mismatch"),
            (9, "unknown_account"),
            (10, "unknown_account"),
        )
        .leaves(Ann=100, Ben=0),
    ),
    Case(
        "A line that is refused takes nothing from those after it",
        fund("Ann", 100),
        pay_all([line("Ann", "Ben", 101), line("Ann", "Ben", 100), line("Ann", "Ben", 1)]).lines_refused(
            (0, "insufficient_funds", 100), (2, "insufficient_funds", 0)
        ),
    ),
    Case(
        "A line on the face of it wrong is named beside those that the ledger refuses",
        fund("Ann", 100),
        pay_all([line("Ann", "Ben", 0), line("Ann", "Ben", 101)]).lines_refused(
            (0, "invalid_amount"), (1, "insufficient_funds", 100)
        ),
    ),
    Case(
        "A line that stands there twice is booked once",
        fund("Ann", 100),
        pay_all([line("Ann", "Ben", 60, key="one"), line("Ann", "Ben", 60, key="one")])
        .gives("one, one")
        .leaves(Ann=40, Ben=60),
    ),
    Case(
        "One key for two lines that differ: the later is refused",
        fund("Ann", 100),
        pay_all([line("Ann", "Ben", 60, key="one"), line("Ann", "Ben", 5, key="one")])
        .lines_refused((1, "key_reused"))
        .leaves(Ann=100),
    ),
    Case(
        "A line that stands there twice is refused twice",
        pay_all([line("Ann", "Ben", 60, key="one"), line("Ann", "Ben", 60, key="one")]).lines_refused(
            (0, "insufficient_funds", 0), (1, "insufficient_funds", 0)
        ),
    ),
    Case(
        "A line that was booked before is not booked again",
        fund("Ann", 100),
        pay("Ann", "Ben", 60, key="one"),
        pay_all([line("Ann", "Ben", 60, key="one"), line("Ann", "Ben", 40, key="two")])
        .gives("one, two")
        .leaves(Ann=0, Ben=100),
    ),
    Case(
        "A batch that is said twice is booked once",
        fund("Ann", 100),
        pay_all([line("Ann", "Ben", 60, key="one"), line("Ben", "Ann", 10, key="two")]).gives("one, two"),
        pay_all([line("Ann", "Ben", 60, key="one"), line("Ben", "Ann", 10, key="two")])
        .gives("one, two")
        .leaves(Ann=50, Ben=50),
    ),
    Case(
        "A key that was used for something else is refused in a batch",
        fund("Ann", 100),
        pay("Ann", "Ben", 60, key="one"),
        pay_all([line("Ann", "Ben", 5, key="one"), line("Ann", "Ben", 5)]).lines_refused((0, "key_reused")),
    ),
    Case(
        "A key of a refused batch can be used again",
        fund("Ann", 100),
        pay_all([line("Ann", "Ben", 60, key="one"), line("Ann", "Ben", 60, key="two")]).lines_refused(
            (1, "insufficient_funds", 40)
        ),
        pay("Ann", "Shop", 7, key="one").gives("one").leaves(Shop=7),
    ),
    Case(
        "Limits count the lines together",
        fund("Ann", 1000),
        limit(per_payment=80, per_day=100),
        pay_all([line("Ann", "Ben", 60), line("Ann", "Ben", 41), line("Ann", "Ben", 81)]).lines_refused(
            (1, "limit_exceeded", 40), (2, "limit_exceeded", 40)
        ),
        pay_all([line("Ann", "Ben", 60), line("Ann", "Ben", 40)]).leaves(Ben=100),
        pay("Ann", "Ben", 1).refused("limit_exceeded", 0),
    ),
    Case(
        "A ceiling sees the earlier lines, those that fill and those that empty",
        fund("Ann", 1000),
        pay_all([line("Ann", "Full purse", 60), line("Ann", "Full purse", 41)]).lines_refused(
            (1, "ceiling_reached")
        ),
        pay_all(
            [line("Ann", "Full purse", 60), line("Full purse", "Ben", 1), line("Ann", "Full purse", 41)]
        ).leaves({"Full purse": 100}),
    ),
    Case(
        "Backing sees the earlier lines",
        fund("Ann", 10),
        pay_all([line("MOLEN issue", "Ann", 1, kind="OPENING"), line("Ann", "Ben", 10)]).lines_refused(
            (0, "not_backed")
        ),
    ),
    Case(
        "A batch may pay in two coins",
        fund("Ann", 10),
        fund("Dirk in Sluis", 10),
        pay_all([line("Ann", "Ben", 10), line("Dirk in Sluis", "Ann in Sluis", 10)]).leaves(
            {"Ben": 10, "Ann in Sluis": 10}
        ),
    ),
    Case(
        "Rewards of a batch are tallied together",
        fund("Pot", 100),
        pay_all(
            [
                line("Pot", "Ann", 10, kind="REWARD", label="GIFT"),
                line("Pot", "Ben", 20, kind="REWARD", label="GIFT"),
                line("Pot", "Ann's savings", 30, kind="REWARD", label="GIFT"),
                line("Pot", "Ann", 5, kind="REWARD", label="WAGE"),
            ]
        )
        .tallies("Ann", "GIFT", NOVEMBER, 40)
        .tallies("Ben", "GIFT", NOVEMBER, 20)
        .tallies("Ann", "WAGE", NOVEMBER, 5),
    ),
    Case(
        "What is reserved is out of reach of a batch",
        fund("Ann", 100),
        reserve("bicycle", "Ann", "Ben", 60),
        pay_all([line("Ann", "Ben", 30), line("Ann", "Ben", 11)]).lines_refused(
            (1, "insufficient_funds", 10)
        ),
    ),
]
