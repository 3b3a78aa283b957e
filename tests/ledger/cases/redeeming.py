"""Money out: who may have euros for coins, and of what an ended pot leaves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.ledger.cases.case import Case
from tests.ledger.steps import (
    LATER,
    Step,
    announce,
    capture,
    change,
    expire,
    fund,
    pay,
    receive,
    redeem,
    release,
    reserve,
)

NEXT_YEAR = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)


def payout(payer: str, amount: int, **more: Any) -> Step:
    return reserve("payout", payer, "MOLEN issue", amount, kind="REDEEM", **more)


def late_payout(amount: int) -> Step:
    return payout("Year pot", amount, at=NEXT_YEAR)


CASES = [
    Case(
        "A shop has its coins paid out",
        fund("Shop", 100),
        payout("Shop", 60).holds(Shop=60),
        redeem("payout", "Shop", "line 9")
        .gives("line 9")
        .leaves({"Shop": 40, "MOLEN issue": -40, "MOLEN reserve": 40, "MOLEN bank": -40})
        .holds(Shop=0)
        .makes("DONE", "payout"),
    ),
    Case(
        "A resident does not get euros for coins", fund("Ann", 9), payout("Ann", 5).refused("not_redeemable")
    ),
    Case(
        "A shop that lost its contract does not, but for what it asked before",
        fund("Shop", 9),
        payout("Shop", 5),
        change("reclassify", "Shop", may_redeem=False),
        reserve("more", "Shop", "MOLEN issue", 1, kind="REDEEM").refused("not_redeemable"),
        redeem("payout", "Shop").leaves(Shop=4),
    ),
    Case(
        "A shop redeems no more than it has",
        fund("Shop", 9),
        payout("Shop", 10).refused("insufficient_funds", 9),
    ),
    Case(
        "Redeeming knows no limit",
        fund("Shop", 9),
        Step(
            "set_limit",
            {
                "coin": "MOLEN",
                "holder_kind": "COMPANY",
                "per_payment": 1,
                "per_day": 1,
                "per_month": 1,
                "from_on": NEXT_YEAR.date(),
                "at": NEXT_YEAR,
            },
        ),
        payout("Shop", 5, at=NEXT_YEAR).holds(Shop=5),
    ),
    Case(
        "Coins are paid out to their holder and to nobody else",
        fund("Shop", 9),
        payout("Shop", 5),
        redeem("payout", "Ann").refused("not_redeemable"),
        redeem("payout", "Municipality").refused("not_redeemable").leaves(Shop=9),
        redeem("payout", "Shop").leaves(Shop=4),
    ),
    Case(
        "What was reserved for somebody is not paid out",
        fund("Shop", 9),
        reserve("bicycle", "Shop", "Ann", 5),
        redeem("bicycle", "Shop").refused("not_redeemable"),
    ),
    Case(
        "What is asked to be paid out is not captured without its euros",
        fund("Shop", 9),
        payout("Shop", 5),
        capture("payout").refused("unknown_account").holds(Shop=5),
    ),
    Case(
        "A payout that failed gives the coins back",
        fund("Shop", 9),
        payout("Shop", 5),
        release("payout").holds(Shop=0),
        redeem("payout", "Shop").refused("reservation_over").leaves({"Shop": 9, "MOLEN reserve": 9}),
    ),
    Case(
        "What was paid out is not paid out again",
        fund("Shop", 9),
        payout("Shop", 5),
        redeem("payout", "Shop"),
        redeem("payout", "Shop").refused("reservation_over").leaves(Shop=4),
    ),
    Case(
        "A payout that is over is not made",
        fund("Shop", 9),
        payout("Shop", 5),
        redeem("payout", "Shop", "line 9", at=LATER).refused("reservation_over"),
        expire(LATER),
        redeem("payout", "Shop", "line 9")
        .refused("reservation_over")
        .leaves({"Shop": 9, "MOLEN reserve": 9}),
    ),
    Case(
        "A line of the bank that was booked pays nothing out",
        announce("gift", "Shop", 9),
        receive("gift", 9, "line 1"),
        payout("Shop", 5),
        redeem("payout", "Shop", "line 1").refused("bank_line_used").leaves({"Shop": 9, "MOLEN reserve": 9}),
    ),
    Case(
        "A space around the number of a line pays nothing out again",
        fund("Shop", 9),
        payout("Shop", 5),
        redeem("payout", "Shop", " line 9", key="paid").gives("line 9"),
        redeem("payout", "Shop", "line 9 ", key="paid").gives("line 9").leaves(Shop=4),
        reserve("more", "Shop", "MOLEN issue", 1, kind="REDEEM"),
        redeem("more", "Shop", "line 9 ").refused("bank_line_used"),
    ),
    Case(
        "A blocked shop asks for no payout, but gets the one that it asked for",
        fund("Shop", 9),
        payout("Shop", 5),
        change("block", "Shop"),
        reserve("more", "Shop", "MOLEN issue", 1, kind="REDEEM").refused("account_not_open"),
        redeem("payout", "Shop").leaves(Shop=4),
    ),
    Case(
        "A pot is not paid out while it runs",
        fund("Year pot", 9),
        payout("Year pot", 5, at=datetime(2026, 12, 31, 22, 59, tzinfo=UTC)).refused("not_redeemable"),
        payout("Year pot", 5, at=datetime(2026, 12, 31, 23, 0, tzinfo=UTC)).holds({"Year pot": 5}),
    ),
    Case(
        "A pot without a last day is never paid out",
        fund("Pot", 9),
        payout("Pot", 5, at=NEXT_YEAR).refused("not_redeemable"),
    ),
    Case(
        "An ended pot goes back to its funder and to nobody else",
        fund("Year pot", 9),
        late_payout(9),
        redeem("payout", "Club", at=NEXT_YEAR).refused("not_redeemable"),
        redeem("payout", "Municipality", at=NEXT_YEAR).leaves({"Year pot": 0, "MOLEN reserve": 0}),
    ),
    Case(
        "An ended pot pays nobody and is paid by nobody",
        fund("Year pot", 9),
        fund("Ann", 9),
        pay("Year pot", "Ann", 5, at=NEXT_YEAR).refused("account_not_open"),
        pay("Ann", "Year pot", 5, at=NEXT_YEAR).refused("account_not_open"),
        pay("Year pot", "Ann", 5, kind="LEVY", at=NEXT_YEAR).refused("account_not_open"),
    ),
    Case(
        "An ended pot that is given more time pays again",
        fund("Year pot", 9),
        late_payout(5),
        change("reclassify", "Year pot", ends_on=date(2027, 12, 31)),
        pay("Year pot", "Ann", 4, at=NEXT_YEAR).leaves(Ann=4),
        redeem("payout", "Municipality", at=NEXT_YEAR).leaves({"Year pot": 0}),
    ),
]
