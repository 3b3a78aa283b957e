"""Two things are wrong at once: which of them is said."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.ledger.cases.case import Case
from tests.ledger.steps import NOW, capture, change, charge_back, fund, limit, pay, reserve, reward, transfer

NEXT_YEAR = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)

CASES = [
    Case("An impossible amount to oneself", pay("Ann", "Ann", 0).refused("invalid_amount")),
    Case("A reward to oneself without a label", reward("Ann", "Ann", 5, label="").refused("same_account")),
    Case(
        "An impossible amount without a label",
        reward("Ann", "Ben", 0, label="").refused("invalid_amount"),
    ),
    Case(
        "A key that was used, for an impossible amount",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        pay("Ann", "Ben", 0, key="bread").refused("invalid_amount"),
    ),
    Case(
        "A key that was used, for a reward without a label",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        reward("Ann", "Ben", 5, key="bread", label="").refused("label_missing"),
    ),
    Case(
        "A key that was used, to an account that there is not",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        pay("Ann", "Nobody", 5, key="bread").refused("key_reused"),
    ),
    Case(
        "A key that was used, and too little",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        pay("Ann", "Ben", 6, key="bread").refused("key_reused"),
    ),
    Case(
        "Another coin, and blocked",
        change("block", "Ann"),
        pay("Ann", "Dirk in Sluis", 5).refused("coin_mismatch"),
    ),
    Case(
        "Blocked, and accounts that do not fit",
        change("block", "Ann"),
        pay("Ann", "Clearing", 5).refused("account_not_open"),
    ),
    Case(
        "Accounts that do not fit, and an ended pot",
        pay("Year pot", "Clearing", 5, at=NEXT_YEAR).refused("unknown_account"),
    ),
    Case(
        "An ended pot outside the area",
        fund("Ann", 9),
        change("reclassify", "Year pot", in_area=False),
        pay("Ann", "Year pot", 5, at=NEXT_YEAR).refused("account_not_open"),
    ),
    Case(
        "An ended pot that is empty",
        pay("Year pot", "Ann", 5, at=NEXT_YEAR).refused("account_not_open"),
    ),
    Case(
        "Not redeemable, and nothing there",
        reserve("payout", "Ann", "MOLEN issue", 5, kind="REDEEM").refused("not_redeemable"),
    ),
    Case("Outside the area, and nothing there", pay("Ann", "Cas", 5).refused("outside_area")),
    Case(
        "Nothing there, and above the ceiling", pay("Ann", "Full purse", 101).refused("insufficient_funds", 0)
    ),
    Case(
        "Above the ceiling, and above the limit",
        fund("Ann", 1000),
        limit(per_payment=50),
        pay("Ann", "Full purse", 101).refused("ceiling_reached"),
    ),
    Case(
        "Above the limit, and above the mandate",
        fund("Ann", 1000),
        limit(per_payment=50),
        pay("Ann", "Ben", 60, by="Cas", acted_by_day_limit=10).refused("limit_exceeded", 50),
    ),
    Case(
        "Above the ceiling, and no euros behind it",
        transfer("MOLEN issue", "Full purse", 101, "OPENING").refused("ceiling_reached"),
    ),
    Case(
        "Above the mandate, and no euros behind it",
        transfer("MOLEN issue", "Ann", 10, "OPENING", by="Cas", acted_by_day_limit=5).refused(
            "actor_limit_exceeded", 5
        ),
    ),
    Case(
        "Capturing nought of a reservation that is over",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle"),
        capture("bicycle", 0).refused("invalid_amount"),
    ),
    Case(
        "Capturing too much of a reservation that is over",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle"),
        capture("bicycle", 6).refused("reservation_over"),
    ),
    Case(
        "A key that was used, for a reservation that is over",
        fund("Ann", 9),
        pay("Ann", "Ben", 1, key="bread"),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle"),
        capture("bicycle", 5, key="bread").refused("key_reused"),
    ),
    Case(
        "Paying back too much from an account that is closed",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        pay("Ben", "Ann", 5),
        change("close", "Ben"),
        charge_back("bread", 6).refused("account_not_open"),
    ),
    Case(
        "Paying back more than was paid, and nothing there",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        pay("Ben", "Ann", 5),
        charge_back("bread", 6).refused("chargeback_exceeds", 5),
    ),
    Case(
        "Paying back nought of what cannot be paid back",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        charge_back("bread", key="back"),
        charge_back("back", 0).refused("invalid_amount"),
    ),
    Case(
        "A reservation asks in the same order",
        change("block", "Ann"),
        reserve("one", "Ann", "Ann", 0).refused("invalid_amount"),
        reserve("two", "Ann", "Ann", 5, kind="REWARD").refused("same_account"),
        reserve("three", "Ann", "Dirk in Sluis", 5, at=NOW).refused("coin_mismatch"),
        reserve("four", "Ann", "Clearing", 5).refused("account_not_open"),
        reserve("five", "Ben", "Cas", 5).refused("outside_area"),
        reserve("six", "Ben", "Full purse", 101).refused("insufficient_funds", 0),
    ),
]
