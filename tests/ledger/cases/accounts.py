"""Accounts that are blocked, closed or told anew what they are."""

from __future__ import annotations

from datetime import date

from tests.ledger.cases.case import Case
from tests.ledger.steps import NOW, Step, announce, change, fund, limit, pay, release, reserve, reward

FIEN = {
    "name": "Fien", "key": "Fien", "coin": "MOLEN", "kind": "HOLDER", "holder": "Fien", "holder_kind": "PERSON",
    "at": NOW,
}  # fmt: skip

CASES = [
    Case(
        "A blocked account does not pay",
        fund("Ann", 9),
        change("block", "Ann"),
        pay("Ann", "Ben", 5).refused("account_not_open"),
    ),
    Case(
        "A blocked account is not paid",
        fund("Ann", 9),
        change("block", "Ben"),
        pay("Ann", "Ben", 5).refused("account_not_open"),
    ),
    Case(
        "An unblocked account pays and is paid again",
        fund("Ann", 9),
        change("block", "Ann"),
        change("unblock", "Ann"),
        pay("Ann", "Ben", 5).leaves(Ben=5),
        pay("Ben", "Ann", 5).leaves(Ann=9),
    ),
    Case(
        "What is blocked is not blocked again, what is open not unblocked",
        change("unblock", "Ann").refused("move_refused"),
        change("block", "Ann").makes("BLOCKED", "Ann", "accounts"),
        change("block", "Ann").refused("move_refused"),
    ),
    Case(
        "A closed account does not pay and is not paid",
        fund("Ann", 9),
        change("close", "Ben").makes("CLOSED", "Ben", "accounts"),
        pay("Ann", "Ben", 5).refused("account_not_open"),
        pay("Ben", "Ann", 5).refused("account_not_open"),
    ),
    Case(
        "An account with coins is not closed",
        fund("Ann", 1),
        change("close", "Ann").refused("account_not_empty"),
    ),
    Case(
        "An account that owes is not closed",
        fund("Ann", 1),
        pay("Credit", "Ann", 5),
        change("close", "Credit").refused("account_not_empty"),
    ),
    Case(
        "An account with coins promised to it is not closed",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        change("close", "Ben").refused("account_not_empty"),
        release("bicycle"),
        change("close", "Ben").makes("CLOSED", "Ben", "accounts"),
    ),
    Case(
        "An account that promised on credit is not closed",
        fund("Ann", 1),
        reserve("bicycle", "Credit", "Ann", 5).leaves(Credit=0),
        change("close", "Credit").refused("account_not_empty"),
    ),
    Case(
        "A blocked account is not closed",
        change("block", "Ann"),
        change("close", "Ann").refused("account_not_open"),
    ),
    *(
        Case(
            f"The account {name} is not closed: without it there is no coin",
            change("close", name).refused("unknown_account"),
        )
        for name in ("MOLEN issue", "MOLEN reserve", "MOLEN bank")
    ),
    Case("Closing twice is closing once", change("close", "Ann"), change("close", "Ann").gives("Ann")),
    Case(
        "A closed account is neither blocked nor opened nor told anew",
        change("close", "Ann"),
        change("block", "Ann").refused("move_refused"),
        change("unblock", "Ann").refused("move_refused"),
        change("reclassify", "Ann", in_area=False).refused("account_not_open"),
    ),
    Case(
        "A blocked account can be told anew",
        change("block", "Ann"),
        change("reclassify", "Ann", in_area=False).shows("accounts", "in_area", {"Ann": False}),
    ),
    Case(
        "Who becomes a company has the limits of a company",
        fund("Ann", 1000),
        limit(per_payment=10),
        pay("Ann", "Ben", 11).refused("limit_exceeded", 10),
        change("reclassify", "Ann", holder_kind="COMPANY"),
        pay("Ann", "Ben", 11).leaves(Ben=11),
    ),
    Case(
        "Only a holder's account may redeem, only a pot has an end",
        change("reclassify", "Pot", may_redeem=True).refused("invalid_account"),
        change("reclassify", "Ann", ends_on=date(2026, 12, 31)).refused("invalid_account"),
    ),
    Case(
        "A pot whose last day was put later pays again",
        fund("Pot", 9),
        change("reclassify", "Pot", ends_on=date(2026, 11, 21)),
        reward("Pot", "Ann", 5).refused("account_not_open"),
        change("reclassify", "Pot", ends_on=date(2026, 11, 22)),
        reward("Pot", "Ann", 5).leaves(Ann=5),
    ),
    Case(
        "The key of an account opens it once",
        Step("open_account", FIEN).gives("Fien"),
        Step("open_account", FIEN).gives("Fien"),
        Step("open_account", {**FIEN, "holder": "Gijs"}).refused("key_reused"),
        Step("open_account", {**FIEN, "coin": "SLUIS"}).refused("key_reused"),
    ),
    Case(
        "Funding that is only announced does not keep an account open",
        announce("promise", "Ann", 5),
        change("close", "Ann").makes("CLOSED", "Ann", "accounts"),
    ),
]
