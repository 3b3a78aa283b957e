"""Keys: saying the same twice does it once, and a key that was used for one thing is not used for another."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.ledger.cases.case import Case
from tests.ledger.steps import (
    announce,
    capture,
    change,
    charge_back,
    fund,
    give_back,
    limit,
    pay,
    receive,
    redeem,
    release,
    reserve,
    transfer,
)

TOMORROW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

CASES = [
    Case(
        "A payment that is said twice is made once",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread").gives("bread"),
        pay("Ann", "Ben", 5, key="bread").gives("bread").leaves(Ann=4, Ben=5),
    ),
    Case(
        "Said again on another day and by somebody else it is still that payment",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread", by="Ann"),
        pay("Ann", "Ben", 5, key="bread", by="Cas", at=TOMORROW)
        .gives("bread")
        .shows("transfers", "by", {"bread": "Ann"})
        .shows("transfers", "day", {"bread": date(2026, 11, 22)}),
    ),
    Case(
        "Said again when it could no longer be made it is still that payment",
        fund("Ann", 5),
        pay("Ann", "Ben", 5, key="bread"),
        change("block", "Ben"),
        change("close", "Ann"),
        limit(per_payment=1),
        pay("Ann", "Ben", 5, key="bread").gives("bread").leaves(Ann=0, Ben=5),
    ),
    *(
        Case(
            f"The key of a payment is not used with another {what}",
            fund("Ann", 9),
            pay("Ann", "Ben", 5, key="bread"),
            transfer(payer, payee, amount, kind, label=label, key="bread")
            .refused("key_reused")
            .leaves(Ben=5),
        )
        for what, payer, payee, amount, kind, label in (
            ("payer", "Cas", "Ben", 5, "PAYMENT", ""),
            ("payee", "Ann", "Shop", 5, "PAYMENT", ""),
            ("amount", "Ann", "Ben", 4, "PAYMENT", ""),
            ("kind", "Ann", "Ben", 5, "SERVICE", ""),
            ("label", "Ann", "Ben", 5, "PAYMENT", "SALE"),
        )
    ),
    Case(
        "The key of what was refused can be used again",
        pay("Ann", "Ben", 5, key="bread").refused("insufficient_funds", 0),
        fund("Ann", 9),
        pay("Ann", "Ben", 4, key="bread").gives("bread").leaves(Ben=4),
    ),
    Case(
        "A reservation that is said twice is made once",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5).gives("bicycle"),
        reserve("bicycle", "Ann", "Ben", 5, expires_at=TOMORROW).gives("bicycle").holds(Ann=5),
    ),
    Case(
        "A reservation that is said again after it was paid is the one that was paid",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle"),
        reserve("bicycle", "Ann", "Ben", 5).gives("bicycle").holds(Ann=0).makes("DONE", "bicycle"),
    ),
    *(
        Case(
            f"The key of a reservation is not used with another {what}",
            fund("Ann", 9),
            reserve("bicycle", "Ann", "Ben", 5),
            reserve("bicycle", payer, payee, amount, kind=kind, label=label)
            .refused("key_reused")
            .holds(Ann=5),
        )
        for what, payer, payee, amount, kind, label in (
            ("payer", "Cas", "Ben", 5, "PAYMENT", ""),
            ("payee", "Ann", "Shop", 5, "PAYMENT", ""),
            ("amount", "Ann", "Ben", 4, "PAYMENT", ""),
            ("kind", "Ann", "Ben", 5, "SERVICE", ""),
            ("label", "Ann", "Ben", 5, "PAYMENT", "SALE"),
        )
    ),
    Case(
        "A capture that is said twice is made once",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle", 2, key="part").gives("part"),
        capture("bicycle", 2, key="part").gives("part").leaves(Ben=2).holds(Ann=3),
    ),
    Case(
        "All that is left, said twice, is what was left the first time",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle", 2),
        capture("bicycle", key="rest").gives("rest").leaves(Ben=5),
        capture("bicycle", key="rest").gives("rest").leaves(Ben=5),
        capture("bicycle", 3, key="rest").gives("rest"),
    ),
    Case(
        "The key of a capture is not used for another amount",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle", 2, key="part"),
        capture("bicycle", 3, key="part").refused("key_reused").leaves(Ben=2),
    ),
    Case(
        "The key of a capture is not used for another reservation",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 4),
        reserve("tricycle", "Ann", "Ben", 4),
        capture("bicycle", key="part"),
        capture("tricycle", key="part").refused("key_reused"),
    ),
    Case(
        "The key of a payment is not used for a capture, nor the other way round",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 4),
        pay("Ann", "Ben", 4, key="bread"),
        capture("bicycle", key="bread").refused("key_reused"),
        capture("bicycle", key="part"),
        pay("Ann", "Ben", 4, key="part").refused("key_reused").leaves(Ben=8),
    ),
    Case(
        "A release that is said twice is made once",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        release("bicycle", key="changed my mind").gives("bicycle").holds(Ann=0),
        release("bicycle", key="changed my mind").gives("bicycle").holds(Ann=0),
        release("bicycle", key="once more").refused("reservation_over"),
    ),
    Case(
        "A chargeback that is said twice is made once",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        charge_back("bread", 2, key="back").gives("back"),
        charge_back("bread", 2, key="back").gives("back").leaves(Ben=3),
        charge_back("bread", 3, key="back").refused("key_reused"),
    ),
    Case(
        "All that is left, paid back twice, is what was left the first time",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        charge_back("bread", 2),
        charge_back("bread", key="rest").gives("rest").leaves(Ben=0),
        charge_back("bread", key="rest").gives("rest").leaves(Ben=0),
    ),
    Case(
        "The key of a payment is not used for its chargeback, nor for that of another",
        fund("Ann", 9),
        pay("Ann", "Ben", 4, key="bread"),
        pay("Ann", "Ben", 4, key="milk"),
        charge_back("bread", key="bread").refused("key_reused"),
        charge_back("bread", key="back"),
        charge_back("milk", key="back").refused("key_reused"),
    ),
    Case(
        "A funding that is announced twice is expected once",
        announce("gift", "Pot", 500).gives("gift"),
        announce("gift", "Pot", 500).gives("gift"),
        announce("gift", "Pot", 400).refused("key_reused"),
        announce("gift", "Ann", 500).refused("key_reused"),
        announce("gift", "Pot", 500, funder="Bank").refused("key_reused"),
    ),
    Case(
        "Money that is received twice comes in once",
        announce("gift", "Pot", 500),
        receive("gift", 500, "line 1", key="in").gives("gift"),
        receive("gift", 500, "line 1", key="in").gives("gift").leaves(Pot=500),
    ),
    Case(
        "The key of a receipt is not used for another amount, line or funding",
        announce("gift", "Pot", 500),
        announce("second gift", "Pot", 500),
        receive("gift", 500, "line 1", key="in"),
        receive("gift", 400, "line 1", key="in").refused("key_reused"),
        receive("gift", 500, "line 2", key="in").refused("key_reused"),
        receive("second gift", 500, "line 2", key="in").refused("key_reused").leaves(Pot=500),
    ),
    Case(
        "The key of a payment is not used to receive money",
        fund("Ann", 9),
        pay("Ann", "Ben", 5, key="bread"),
        announce("gift", "Pot", 500),
        receive("gift", 500, "line 1", key="bread")
        .refused("key_reused")
        .leaves({"Pot": 0, "MOLEN reserve": 9}),
        receive("gift", 500, "line 1", key="in").leaves(Pot=500),
        pay("Ann", "Ben", 1, key="in").refused("key_reused"),
    ),
    Case(
        "Money that is returned twice goes out once",
        announce("gift", "Pot", 500),
        receive("gift", 500, "line 1"),
        give_back("gift", "line 2", key="out").gives("gift"),
        give_back("gift", "line 2", key="out").gives("gift").leaves({"Pot": 0, "MOLEN reserve": 0}),
        give_back("gift", "line 3", key="out").refused("key_reused"),
        give_back("gift", "line 2", key="other").refused("funding_over"),
    ),
    Case(
        "Coins that are redeemed twice are paid out once",
        fund("Shop", 500),
        reserve("payout", "Shop", "MOLEN issue", 300, kind="REDEEM"),
        redeem("payout", "Shop", "line 9", key="paid").gives("line 9"),
        redeem("payout", "Shop", "line 9", key="paid")
        .gives("line 9")
        .leaves({"Shop": 200, "MOLEN reserve": 200}),
        redeem("payout", "Shop", "line 10", key="paid").refused("key_reused"),
        redeem("payout", "Shop", "line 9", key="other").refused("reservation_over"),
    ),
]
