"""Chargebacks: a transfer is undone by another that names it, whole or part by part."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.ledger.cases.case import Case
from tests.ledger.steps import (
    announce,
    capture,
    change,
    charge_back,
    fund,
    pay,
    receive,
    redeem,
    reserve,
    reward,
    transfer,
)

NOVEMBER = date(2026, 11, 1)
DECEMBER = date(2026, 12, 1)
NEXT_MONTH = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)

CASES = [
    Case(
        "Paid back whole, all is as before",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        charge_back("bread", key="back")
        .leaves(Ann=9, Ben=0)
        .shows("transfers", "kind", {"back": "CHARGEBACK", "bread": "PAYMENT"})
        .shows("transfers", "payer", {"back": "Ben"})
        .shows("transfers", "reverses", {"back": "bread"}),
        charge_back("bread").refused("chargeback_exceeds", 0),
    ),
    Case(
        "Paid back part by part, never more than was paid",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        charge_back("bread", 2).leaves(Ann=6, Ben=3),
        charge_back("bread", 4).refused("chargeback_exceeds", 3),
        charge_back("bread", 3).leaves(Ann=9, Ben=0),
        charge_back("bread", 1).refused("chargeback_exceeds", 0),
    ),
    Case(
        "Without an amount all that is left is paid back",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        charge_back("bread", 2),
        charge_back("bread", key="rest").leaves(Ann=9).shows("transfers", "amount", {"rest": 3}),
    ),
    Case(
        "More than was paid is not paid back, whatever else is there",
        fund("Ann", 9),
        fund("Ben", 100),
        pay("Ann", "Ben", 5, key="bread"),
        charge_back("bread", 6).refused("chargeback_exceeds", 5),
    ),
    Case(
        "Nought is not paid back, nor less",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        charge_back("bread", 0).refused("invalid_amount"),
        charge_back("bread", -1).refused("invalid_amount"),
    ),
    Case(
        "Coins that are spent are not paid back",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        pay("Ben", "Shop", 4),
        charge_back("bread").refused("insufficient_funds", 1),
        charge_back("bread", 2).refused("insufficient_funds", 1),
        charge_back("bread", 1).leaves(Ann=5, Ben=0),
    ),
    Case(
        "Coins that are reserved for somebody else are not paid back",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        reserve("bicycle", "Ben", "Shop", 4),
        charge_back("bread").refused("insufficient_funds", 1),
    ),
    Case(
        "Who has credit pays back with it",
        fund("Ann", 9),
        pay("Ann", "Credit", 5, key="bread"),
        pay("Credit", "Ben", 5),
        charge_back("bread").leaves(Credit=-5, Ann=9),
    ),
    *(
        Case(
            f"A {kind} can be paid back",
            fund("Ann", 9),
            transfer("Ann", "Ben", 5, kind, label="GIFT", key="paid"),
            charge_back("paid").leaves(Ann=9, Ben=0).tallies("Ben", "GIFT", NOVEMBER, 0),
        )
        for kind in ("PAYMENT", "SERVICE", "DEBT", "LEVY", "REWARD")
    ),
    Case(
        "A reward that is paid back leaves the tally of its own month",
        fund("Pot", 100),
        reward("Pot", "Ann", 50, key="allowance").tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 50),
        reward("Pot", "Ann", 20, at=NEXT_MONTH).tallies("Ann", "VOLUNTEER_ALLOWANCE", DECEMBER, 20),
        charge_back("allowance", 15, at=NEXT_MONTH)
        .tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 35)
        .tallies("Ann", "VOLUNTEER_ALLOWANCE", DECEMBER, 20)
        .leaves(Pot=45),
        charge_back("allowance", at=NEXT_MONTH)
        .tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 0)
        .tallies("Ann", "VOLUNTEER_ALLOWANCE", DECEMBER, 20),
    ),
    Case(
        "A chargeback is no income of who gets it",
        fund("Ann", 9),
        reward("Ann", "Ben", 5, key="allowance"),
        charge_back("allowance").tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 0),
    ),
    Case(
        "What was captured can be paid back, and is then not reserved again",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle", 3, key="part"),
        charge_back("part").leaves(Ann=9, Ben=0).holds(Ann=2),
        capture("bicycle").leaves(Ann=7, Ben=2).makes("DONE", "bicycle"),
    ),
    Case(
        "A chargeback is not itself paid back",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        charge_back("bread", key="back"),
        charge_back("back").refused("chargeback_exceeds", 0),
    ),
    Case(
        "Issued coins are not paid back without their euros",
        announce("gift", "Ann", 9),
        receive("gift", 9, key="in"),
        charge_back("in").refused("chargeback_exceeds", 0),
        charge_back("in euro").refused("chargeback_exceeds", 0).leaves({"Ann": 9, "MOLEN reserve": 9}),
    ),
    Case(
        "Redeemed coins are not paid back",
        fund("Shop", 9),
        reserve("payout", "Shop", "MOLEN issue", 5, kind="REDEEM"),
        redeem("payout", "Shop", key="paid"),
        charge_back("paid").refused("chargeback_exceeds", 0),
        charge_back("paid euro").refused("chargeback_exceeds", 0),
    ),
    Case(
        "What went to another neighbourhood is not paid back here",
        fund("Ann", 9),
        transfer("Ann", "Clearing", 5, "CLEARING", key="train"),
        charge_back("train").refused("chargeback_exceeds", 0),
    ),
    Case(
        "A blocked account pays back and is paid back",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        change("block", "Ann"),
        change("block", "Ben"),
        charge_back("bread").leaves(Ann=9, Ben=0),
    ),
    Case(
        "Nothing is paid back to a closed account",
        fund("Ann", 5),
        pay("Ann", "Ben", 5, key="bread"),
        change("close", "Ann"),
        charge_back("bread").refused("account_not_open"),
    ),
    Case(
        "Nothing is paid back from a closed account",
        fund("Ann", 5),
        pay("Ann", "Ben", 5, key="bread"),
        pay("Ben", "Ann", 5),
        change("close", "Ben"),
        charge_back("bread").refused("account_not_open"),
    ),
    Case(
        "A pot that has ended pays back and is paid back",
        fund("Year pot", 9),
        fund("Ann", 9),
        reward("Year pot", "Ann", 5, key="allowance"),
        pay("Ann", "Year pot", 3, key="ticket"),
        charge_back("allowance", at=NEXT_YEAR).leaves({"Year pot": 12, "Ann": 6}),
        charge_back("ticket", at=NEXT_YEAR).leaves({"Year pot": 9, "Ann": 9}),
    ),
    Case(
        "A ceiling, the area and a payer who moved do not stand in the way of paying back",
        fund("Full purse", 100),
        pay("Full purse", "Ben", 50, key="bread"),
        fund("Full purse", 50),
        change("reclassify", "Full purse", in_area=False),
        charge_back("bread").leaves({"Full purse": 150, "Ben": 0}),
    ),
]
