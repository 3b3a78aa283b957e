"""Money in: coins come about with euros behind them, and never without."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.ledger.cases.case import Case
from tests.ledger.steps import (
    NOW,
    Step,
    announce,
    change,
    charge_back,
    fund,
    give_back,
    limit,
    line,
    pay,
    pay_all,
    receive,
    redeem,
    reserve,
    spare,
    transfer,
)

NEXT_YEAR = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)


def cancel(funding: str) -> Step:
    return Step("cancel_funding", {"funding": funding, "at": NOW})


def give_up_waiting(at: datetime) -> Step:
    return Step("expire_fundings", {"at": at})


def opening(payee: str, amount: int, coin: str = "MOLEN") -> Step:
    return transfer(f"{coin} issue", payee, amount, "OPENING")


CASES = [
    Case(
        "An announced funding brings no coins",
        announce("gift", "Pot", 500)
        .leaves({"Pot": 0, "MOLEN issue": 0})
        .makes("ANNOUNCED", "gift", "fundings"),
    ),
    Case(
        "Euros that arrive are coins in the pot",
        announce("gift", "Pot", 500),
        receive("gift", 500, "line 1")
        .leaves({"Pot": 500, "MOLEN issue": -500, "MOLEN reserve": 500, "MOLEN bank": -500})
        .makes("ISSUED", "gift", "fundings")
        .shows("fundings", "issued", {"gift": "line 1"}),
    ),
    Case(
        "What arrives counts, not what was announced",
        announce("gift", "Pot", 500),
        receive("gift", 499)
        .leaves({"Pot": 499, "MOLEN reserve": 499})
        .shows("fundings", "received", {"gift": 499}),
    ),
    Case(
        "A funding is received once",
        announce("gift", "Pot", 500),
        receive("gift", 500),
        receive("gift", 500).refused("funding_over").leaves(Pot=500),
    ),
    Case(
        "A line of the bank is booked once, whatever for",
        announce("gift", "Pot", 500),
        announce("other gift", "Ann", 500),
        receive("gift", 500, "line 1"),
        receive("other gift", 500, "line 1").refused("bank_line_used").leaves(Ann=0),
        give_back("gift", "line 1").refused("bank_line_used").leaves(Pot=500),
    ),
    Case(
        "A space around the number of a line does not make it another line",
        announce("gift", "Pot", 500),
        announce("other gift", "Ann", 500),
        receive("gift", 500, " line 1", key="in").shows("fundings", "issued", {"gift": "line 1"}),
        receive("gift", 500, "line 1 ", key="in").gives("gift").leaves(Pot=500),
        receive("other gift", 500, "line 1 ").refused("bank_line_used"),
        give_back("gift", " line 1 ").refused("bank_line_used"),
        give_back("gift", "line 2 ", key="out").leaves(Pot=0),
        give_back("gift", " line 2", key="out").gives("gift"),
    ),
    Case(
        "No amount is no funding",
        announce("gift", "Pot", 0).refused("invalid_amount"),
        announce("gift", "Pot", 500),
        receive("gift", 0).refused("invalid_amount"),
        receive("gift", -5).refused("invalid_amount"),
    ),
    Case(
        "No funding is announced for what is not there",
        announce("gift", "Nobody", 5).refused("unknown_account"),
    ),
    Case(
        "No funding is announced in another coin",
        announce("gift", "Pot", 5, coin="SLUIS").refused("coin_mismatch"),
    ),
    Case(
        "No funding is announced for a clearing account",
        announce("gift", "Clearing", 5).refused("unknown_account"),
    ),
    Case(
        "No funding is announced for a blocked account or a pot that has ended",
        change("block", "Ann"),
        announce("gift", "Ann", 5).refused("account_not_open"),
        announce("gift", "Year pot", 5, at=NEXT_YEAR).refused("account_not_open"),
    ),
    Case(
        "A pot gets coins until its last day",
        announce("gift", "Year pot", 500),
        announce("other gift", "Year pot", 500),
        receive("gift", 500, at=datetime(2026, 12, 31, 22, 59, tzinfo=UTC)).leaves({"Year pot": 500}),
        receive("other gift", 500, at=datetime(2026, 12, 31, 23, 0, tzinfo=UTC)).refused("account_not_open"),
    ),
    Case(
        "A refused funding leaves no euros behind",
        announce("gift", "Year pot", 500),
        receive("gift", 500, "line 1", at=NEXT_YEAR).refused("account_not_open").leaves({"MOLEN reserve": 0}),
        change("reclassify", "Year pot", ends_on=date(2027, 12, 31)),
        receive("gift", 500, "line 1", at=NEXT_YEAR).leaves({"Year pot": 500, "MOLEN reserve": 500}),
    ),
    Case(
        "Coins do not come to a closed account",
        announce("gift", "Ann", 500),
        change("close", "Ann"),
        receive("gift", 500).refused("account_not_open").leaves({"MOLEN reserve": 0}),
    ),
    Case(
        "Coins come no further than the ceiling",
        announce("gift", "Full purse", 101),
        receive("gift", 101).refused("ceiling_reached").leaves({"MOLEN reserve": 0}),
        receive("gift", 100).leaves({"Full purse": 100}),
    ),
    Case(
        "A cancelled funding is over",
        announce("gift", "Pot", 500),
        cancel("gift").makes("CANCELLED", "gift", "fundings"),
        cancel("gift").refused("funding_over"),
        receive("gift", 500).refused("funding_over"),
        give_back("gift").refused("funding_over"),
    ),
    Case(
        "A funding that was received is not cancelled",
        announce("gift", "Pot", 500),
        receive("gift", 500),
        cancel("gift").refused("funding_over").makes("ISSUED", "gift", "fundings"),
    ),
    Case(
        "A funding is expected until its last day",
        announce("gift", "Pot", 500, expires_on=date(2026, 12, 31)),
        give_up_waiting(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)).gives("0"),
        give_up_waiting(datetime(2026, 12, 31, 23, 0, tzinfo=UTC))
        .gives("1")
        .makes("EXPIRED", "gift", "fundings"),
        receive("gift", 500).refused("funding_over"),
    ),
    Case(
        "A funding goes back whole, coins and euros",
        announce("gift", "Pot", 500),
        receive("gift", 500),
        give_back("gift", "line 2")
        .leaves({"Pot": 0, "MOLEN issue": 0, "MOLEN reserve": 0, "MOLEN bank": 0})
        .makes("RETURNED", "gift", "fundings"),
        give_back("gift").refused("funding_over"),
        receive("gift", 500).refused("funding_over"),
    ),
    Case(
        "A funding of which coins are spent does not go back",
        announce("gift", "Ann", 500),
        receive("gift", 500),
        pay("Ann", "Ben", 1),
        give_back("gift").refused("insufficient_funds", 499).leaves({"Ann": 499, "MOLEN reserve": 500}),
    ),
    Case(
        "A funding that was never received does not go back",
        announce("gift", "Pot", 5),
        give_back("gift").refused("funding_over"),
    ),
    Case(
        "A funding goes back from a blocked account and from a pot that has ended",
        announce("gift", "Ann", 500),
        receive("gift", 500),
        announce("other gift", "Year pot", 500),
        receive("other gift", 500),
        change("block", "Ann"),
        give_back("gift", at=NEXT_YEAR).leaves(Ann=0),
        give_back("other gift", at=NEXT_YEAR).leaves({"Year pot": 0, "MOLEN reserve": 0}),
    ),
    Case("No coins are opened without euros", opening("Ann", 1).refused("not_backed")),
    Case(
        "Coins are opened up to the euros that are to spare, and no further",
        fund("Ann", 100),
        spare(50),
        opening("Ben", 51).refused("not_backed"),
        opening("Ben", 30).leaves({"Ben": 30, "MOLEN issue": -130}),
        opening("Ben", 21).refused("not_backed"),
        opening("Ben", 20).leaves({"Ben": 50, "MOLEN issue": -150, "MOLEN reserve": 150}),
        opening("Ben", 1).refused("not_backed"),
    ),
    Case(
        "Coins are opened on accounts, in pots and for other neighbourhoods",
        spare(50),
        opening("Ann", 10).leaves(Ann=10),
        opening("Pot", 10).leaves(Pot=10),
        opening("Clearing", 10).leaves({"Clearing": 10, "MOLEN issue": -30}),
    ),
    Case(
        "Coins that are opened one after the other need their euros together",
        spare(50),
        pay_all(
            [line("MOLEN issue", "Ann", 30, kind="OPENING"), line("MOLEN issue", "Ben", 21, kind="OPENING")]
        )
        .lines_refused((1, "not_backed"))
        .leaves(Ann=0),
        pay_all(
            [line("MOLEN issue", "Ann", 30, kind="OPENING"), line("MOLEN issue", "Ben", 20, kind="OPENING")]
        ).leaves(Ann=30, Ben=20),
    ),
    Case(
        "Opened coins are no gift that can be charged back",
        spare(50),
        transfer("MOLEN issue", "Ann", 30, "OPENING", key="opening"),
        charge_back("opening").refused("chargeback_exceeds", 0),
    ),
    Case(
        "Opening coins knows no limit",
        spare(50),
        limit(per_payment=1, per_day=1),
        opening("Ann", 50).leaves(Ann=50),
    ),
    Case(
        "Opening coins that was said before is not opening them again",
        spare(50),
        transfer("MOLEN issue", "Ann", 50, "OPENING", key="opening").gives("opening"),
        transfer("MOLEN issue", "Ann", 50, "OPENING", key="opening").gives("opening").leaves(Ann=50),
    ),
    Case(
        "Euros of one coin are not behind another",
        spare(50),
        opening("Dirk in Sluis", 1, coin="SLUIS").refused("not_backed"),
    ),
    Case(
        "Redeemed coins leave as many euros as coins",
        fund("Shop", 100),
        reserve("payout", "Shop", "MOLEN issue", 60, kind="REDEEM"),
        redeem("payout", "Shop").leaves(
            {"Shop": 40, "MOLEN issue": -40, "MOLEN reserve": 40, "MOLEN bank": -40}
        ),
        opening("Shop", 1).refused("not_backed"),
    ),
]
