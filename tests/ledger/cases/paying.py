"""One payment: what it does to two accounts, and what stands in its way."""

from __future__ import annotations

from datetime import date

from tests.ledger.cases.case import Case
from tests.ledger.steps import change, fund, limit, pay, reserve, reward, transfer

LARGEST = 10**15
NOVEMBER = date(2026, 11, 1)

CASES = [
    Case(
        "What Ann pays Ben has",
        fund("Ann", 1000),
        pay("Ann", "Ben", 300).leaves(Ann=700, Ben=300).shows("accounts", "last_no", {"Ann": 2, "Ben": 1}),
    ),
    Case(
        "Each account counts its own transfers, received or paid",
        fund("Ann", 1000),
        pay("Ann", "Ben", 300, key="first").shows("transfers", "payer_no", {"first": 2}),
        pay("Ben", "Ann", 100, key="second")
        .shows("transfers", "payer_no", {"second": 2})
        .shows("transfers", "payee_no", {"second": 3})
        .shows("transfers", "payer_balance", {"second": 200})
        .shows("transfers", "payee_balance", {"second": 800}),
    ),
    Case("Ann can pay all that she has", fund("Ann", 1000), pay("Ann", "Ben", 1000).leaves(Ann=0, Ben=1000)),
    Case(
        "Ann cannot pay a cent more than she has",
        fund("Ann", 1000),
        pay("Ann", "Ben", 1001).refused("insufficient_funds", 1000).leaves(Ann=1000, Ben=0),
    ),
    Case("Who has nothing pays nothing", pay("Ann", "Ben", 1).refused("insufficient_funds", 0)),
    Case(
        "What is reserved cannot be paid to somebody else",
        fund("Ann", 1000),
        reserve("bicycle", "Ann", "Ben", 400).holds(Ann=400),
        pay("Ann", "Cas", 601, kind="LEVY").refused("insufficient_funds", 600),
        pay("Ann", "Cas", 600, kind="LEVY").leaves(Ann=400, Cas=600),
    ),
    Case(
        "An account with credit goes down to its floor and no further",
        fund("Ann", 1),
        pay("Credit", "Ann", 101).refused("insufficient_funds", 100),
        pay("Credit", "Ann", 100).leaves(Credit=-100, Ann=101),
        pay("Credit", "Ann", 1).refused("insufficient_funds", 0),
    ),
    Case("Nought is no amount", fund("Ann", 1000), pay("Ann", "Ben", 0).refused("invalid_amount")),
    Case(
        "Nobody takes coins by paying less than nought",
        fund("Ann", 1000),
        pay("Ben", "Ann", -5).refused("invalid_amount"),
    ),
    Case(
        "The largest amount is an amount, and one more is none",
        pay("Ann", "Ben", LARGEST).refused("insufficient_funds", 0),
        pay("Ann", "Ben", LARGEST + 1).refused("invalid_amount"),
    ),
    Case("Ann does not pay herself", fund("Ann", 1000), pay("Ann", "Ann", 5).refused("same_account")),
    Case(
        "Ann can pay to another account of hers",
        fund("Ann", 1000),
        pay("Ann", "Ann's savings", 5).leaves({"Ann's savings": 5}),
    ),
    Case(
        "A reward says what it is in law",
        fund("Pot", 1000),
        reward("Pot", "Ann", 5, label="").refused("label_missing"),
    ),
    Case(
        "A label that the law does not know is none",
        fund("Ann", 1000),
        pay("Ann", "Ben", 5, label="PRESENT").refused("label_missing"),
        reward("Ann", "Ben", 5, label="PRESENT").refused("label_missing"),
    ),
    Case(
        "A reward is tallied for its receiver",
        fund("Pot", 1000),
        reward("Pot", "Ann", 500).tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 500),
        reward("Pot", "Ann", 250).tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 750),
        reward("Pot", "Ann", 30, label="GIFT")
        .tallies("Ann", "GIFT", NOVEMBER, 30)
        .tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 750)
        .leaves(Pot=220, Ann=780),
    ),
    Case(
        "Two accounts of one holder have one tally",
        fund("Pot", 1000),
        reward("Pot", "Ann", 500),
        reward("Pot", "Ann's savings", 20).tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 520),
    ),
    Case(
        "Two coins of one currency have one tally",
        fund("Pot", 1000),
        fund("Dirk in Sluis", 1000),
        reward("Pot", "Ann", 500),
        reward("Dirk in Sluis", "Ann in Sluis", 20).tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 520),
    ),
    Case(
        "A payment with a label is tallied too, one without is not",
        fund("Ann", 1000),
        pay("Ann", "Shop", 100, label="SALE").tallies("Shop", "SALE", NOVEMBER, 100),
        pay("Ann", "Shop", 50).tallies("Shop", "SALE", NOVEMBER, 100),
    ),
    Case(
        "To an account that there is not", fund("Ann", 9), pay("Ann", "Nobody", 5).refused("unknown_account")
    ),
    Case("From an account that there is not", pay("Nobody", "Ann", 5).refused("unknown_account")),
    Case(
        "A coin stays in its own coin",
        fund("Ann", 1000),
        pay("Ann", "Dirk in Sluis", 5).refused("coin_mismatch").leaves({"Ann": 1000, "Dirk in Sluis": 0}),
    ),
    Case(
        "Euros are no coins",
        fund("Ann", 1000),
        pay("Ann", "MOLEN reserve", 5).refused("coin_mismatch"),
        pay("MOLEN reserve", "Ann", 5).refused("coin_mismatch"),
    ),
    *(
        Case(
            f"People pay each other as {kind}", fund("Ann", 9), transfer("Ann", "Ben", 9, kind).leaves(Ben=9)
        )
        for kind in ("PAYMENT", "SERVICE", "DEBT", "LEVY")
    ),
    *(
        Case(
            f"Nobody outside is paid by {kind} with a coin of the area",
            fund("Ann", 9),
            transfer("Ann", "Cas", 9, kind).refused("outside_area"),
        )
        for kind in ("PAYMENT", "SERVICE", "DEBT")
    ),
    Case(
        "Who lives elsewhere can be rewarded and levied",
        fund("Ann", 9),
        reward("Ann", "Cas", 4).leaves(Cas=4),
        transfer("Ann", "Cas", 5, "LEVY").leaves(Cas=9),
    ),
    Case(
        "Who lives elsewhere can pay within the area",
        fund("Cas", 9),
        pay("Cas", "Ann", 9).leaves(Ann=9),
    ),
    Case(
        "A coin without an area goes anywhere",
        fund("Dirk in Sluis", 9),
        pay("Dirk in Sluis", "Eva in Sluis", 9).leaves({"Eva in Sluis": 9}),
    ),
    Case(
        "Who moves into the area can be paid, who moves out cannot",
        fund("Ann", 9),
        change("reclassify", "Cas", in_area=True),
        change("reclassify", "Ben", in_area=False),
        pay("Ann", "Cas", 9).leaves(Cas=9),
        pay("Cas", "Ben", 9).refused("outside_area"),
    ),
    Case(
        "An account is filled to its ceiling and no further",
        fund("Ann", 1000),
        pay("Ann", "Full purse", 101).refused("ceiling_reached"),
        pay("Ann", "Full purse", 99).leaves({"Full purse": 99}),
        pay("Ann", "Full purse", 2).refused("ceiling_reached"),
        pay("Ann", "Full purse", 1).leaves({"Full purse": 100}),
    ),
    Case(
        "A ceiling that is taken away is no ceiling",
        fund("Ann", 1000),
        change("reclassify", "Full purse", ceiling=None),
        pay("Ann", "Full purse", 1000).leaves({"Full purse": 1000}),
    ),
    Case(
        "A ceiling that comes later leaves what is there",
        fund("Ann", 1000),
        pay("Ann", "Ben", 600),
        change("reclassify", "Ben", ceiling=500).leaves(Ben=600),
        pay("Ann", "Ben", 1).refused("ceiling_reached"),
        pay("Ben", "Ann", 100).leaves(Ben=500),
    ),
    Case(
        "Clearing goes between people and another neighbourhood",
        fund("Ann", 10),
        transfer("Ann", "Clearing", 10, "CLEARING").leaves(Clearing=10),
        transfer("Clearing", "Ben", 4, "CLEARING").leaves(Clearing=6, Ben=4),
    ),
    *(
        Case(
            f"No {kind} goes from {payer} to {payee}",
            fund("Ann", 9),
            transfer(payer, payee, 5, kind, label="GIFT").refused("unknown_account"),
        )
        for kind, payer, payee in (
            ("PAYMENT", "Ann", "Clearing"),
            ("PAYMENT", "Clearing", "Ann"),
            ("PAYMENT", "Ann", "MOLEN issue"),
            ("PAYMENT", "MOLEN issue", "Ann"),
            ("REWARD", "MOLEN issue", "Ann"),
            ("LEVY", "Ann", "Clearing"),
            ("CLEARING", "Ann", "Ben"),
            ("CLEARING", "Clearing", "MOLEN issue"),
            ("PAYMENT", "MOLEN reserve", "MOLEN bank"),
            ("OPENING", "Ann", "Ben"),
            ("OPENING", "MOLEN bank", "MOLEN reserve"),
            ("ISSUE", "MOLEN issue", "Ann"),
            ("ISSUE", "MOLEN bank", "MOLEN reserve"),
            ("REDEEM", "Shop", "MOLEN issue"),
            ("REDEEM", "MOLEN reserve", "MOLEN bank"),
            ("CHARGEBACK", "Ben", "Ann"),
        )
    ),
    Case(
        "A refused payment counts for nothing: no number, no limit",
        fund("Ann", 1000),
        limit(per_day=100),
        pay("Ann", "Ben", 101)
        .refused("limit_exceeded", 100)
        .shows("accounts", "last_no", {"Ann": 1, "Ben": 0}),
        pay("Ann", "Ben", 100).leaves(Ben=100),
    ),
]
