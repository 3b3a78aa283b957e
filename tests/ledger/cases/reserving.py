"""Reservations: set apart, captured part by part, set free, or over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.ledger.cases.case import Case
from tests.ledger.steps import (
    LATER,
    NOW,
    capture,
    change,
    expire,
    fund,
    pay,
    release,
    reserve,
    transfer,
)

NOVEMBER = date(2026, 11, 1)
DECEMBER = date(2026, 12, 1)
JUST_BEFORE = LATER - timedelta(microseconds=1)
NEXT_YEAR = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)

CASES = [
    Case(
        "What is reserved stays on the account and cannot be spent",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5).leaves(Ann=9, Ben=0).holds(Ann=5),
        pay("Ann", "Shop", 5).refused("insufficient_funds", 4),
    ),
    Case(
        "Nobody reserves more than is available",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        reserve("tricycle", "Ann", "Ben", 5).refused("insufficient_funds", 4),
        reserve("tricycle", "Ann", "Ben", 4).holds(Ann=9),
    ),
    Case(
        "A reservation may go down to the floor",
        reserve("bicycle", "Credit", "Ben", 101).refused("insufficient_funds", 100),
        reserve("bicycle", "Credit", "Ben", 100).holds(Credit=100),
        pay("Credit", "Ben", 1).refused("insufficient_funds", 0),
        capture("bicycle").leaves(Credit=-100, Ben=100).holds(Credit=0),
    ),
    Case(
        "Captured whole it is done",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle").leaves(Ann=4, Ben=5).holds(Ann=0).makes("DONE", "bicycle"),
        capture("bicycle").refused("reservation_over"),
    ),
    Case(
        "Captured part by part it is open until the last part",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle", 2).leaves(Ann=7, Ben=2).holds(Ann=3).makes("OPEN", "bicycle"),
        capture("bicycle", 4).refused("invalid_amount"),
        capture("bicycle", 2).holds(Ann=1).makes("OPEN", "bicycle"),
        capture("bicycle", 1).leaves(Ann=4, Ben=5).holds(Ann=0).makes("DONE", "bicycle"),
        capture("bicycle", 1).refused("reservation_over"),
    ),
    Case(
        "Nobody captures more than is reserved, nor nought, nor less",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle", 6).refused("invalid_amount"),
        capture("bicycle", 0).refused("invalid_amount"),
        capture("bicycle", -1).refused("invalid_amount").leaves(Ann=9),
    ),
    Case(
        "After a part what is left is released",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle", 2),
        release("bicycle").leaves(Ann=7, Ben=2).holds(Ann=0).makes("RELEASED", "bicycle"),
        capture("bicycle", 1).refused("reservation_over"),
    ),
    Case(
        "What is released can be spent",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 9),
        release("bicycle"),
        pay("Ann", "Ben", 9).leaves(Ben=9),
    ),
    Case(
        "What is done is not released",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle"),
        release("bicycle").refused("reservation_over").leaves(Ben=5),
    ),
    Case(
        "It can be captured until just before it expires",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle", 2, at=JUST_BEFORE).leaves(Ben=2),
        capture("bicycle", 2, at=LATER).refused("reservation_over"),
    ),
    Case(
        "What is over is set free when somebody looks, and not before",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        expire(JUST_BEFORE).gives("0").holds(Ann=5),
        pay("Ann", "Ben", 9, at=NEXT_YEAR).refused("insufficient_funds", 4),
        expire(LATER).gives("1").holds(Ann=0).makes("EXPIRED", "bicycle"),
        expire(LATER).gives("0"),
        capture("bicycle").refused("reservation_over"),
        release("bicycle").refused("reservation_over"),
        pay("Ann", "Ben", 9, at=NEXT_YEAR).leaves(Ben=9),
    ),
    Case(
        "What is over but not yet set free can be released",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        release("bicycle", at=NEXT_YEAR).holds(Ann=0).makes("RELEASED", "bicycle"),
    ),
    Case(
        "Of what expires only the rest is set free",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5),
        capture("bicycle", 2),
        expire(LATER).leaves(Ann=7, Ben=2).holds(Ann=0),
    ),
    Case(
        "What is over for longest is set free first",
        fund("Ann", 9),
        fund("Ben", 9),
        reserve("third", "Ann", "Shop", 3, expires_at=LATER),
        reserve("first", "Ann", "Shop", 1, expires_at=LATER - timedelta(days=2)),
        reserve("second", "Ben", "Shop", 2, expires_at=LATER - timedelta(days=1)),
        reserve("fourth", "Ann", "Shop", 4, expires_at=LATER + timedelta(days=1)),
        expire(LATER, limit=2)
        .gives("2")
        .makes("EXPIRED", "first")
        .makes("EXPIRED", "second")
        .makes("OPEN", "third")
        .holds(Ann=7, Ben=0),
        expire(LATER, limit=2).gives("1").makes("OPEN", "fourth").holds(Ann=4),
    ),
    Case(
        "Nothing is reserved until a moment that has passed",
        fund("Ann", 9),
        reserve("bicycle", "Ann", "Ben", 5, expires_at=NOW).refused("reservation_over"),
        reserve("bicycle", "Ann", "Ben", 5, expires_at=NOW + timedelta(microseconds=1)).holds(Ann=5),
        reserve("bicycle", "Ann", "Ben", 5, expires_at=NOW).gives("bicycle"),
    ),
    Case(
        "Who is refused anyway for what the reservation itself says hears that first",
        reserve("bicycle", "Ann", "Ann", 5, expires_at=NOW).refused("same_account"),
        reserve("bicycle", "Ann", "Ben", 5, expires_at=NOW).refused("reservation_over"),
    ),
    Case(
        "Capturing asks no more: blocked, moved away, above the ceiling",
        fund("Ann", 1000),
        reserve("bicycle", "Ann", "Ben", 5),
        change("block", "Ann"),
        change("block", "Ben"),
        change("reclassify", "Ben", in_area=False, ceiling=1),
        capture("bicycle").leaves(Ben=5),
    ),
    Case(
        "A pot that has ended keeps what it promised",
        fund("Year pot", 9),
        reserve("prize", "Year pot", "Ann", 5, expires_at=datetime(2027, 2, 1, tzinfo=UTC)),
        capture("prize", at=NEXT_YEAR).leaves({"Year pot": 4, "Ann": 5}),
    ),
    Case(
        "A ceiling is asked when reserving, of the balance alone",
        fund("Ann", 1000),
        reserve("too much", "Ann", "Full purse", 101).refused("ceiling_reached"),
        reserve("first", "Ann", "Full purse", 60),
        reserve("second", "Ann", "Full purse", 60),
        capture("first").leaves({"Full purse": 60}),
        capture("second").leaves({"Full purse": 120}),
        reserve("third", "Ann", "Full purse", 1).refused("ceiling_reached"),
    ),
    Case(
        "What is captured is booked as what it was reserved for",
        fund("Pot", 9),
        reserve("allowance", "Pot", "Ann", 5, kind="REWARD", label="VOLUNTEER_ALLOWANCE"),
        capture("allowance", key="paid")
        .shows("transfers", "kind", {"paid": "REWARD"})
        .shows("transfers", "label", {"paid": "VOLUNTEER_ALLOWANCE"})
        .tallies("Ann", "VOLUNTEER_ALLOWANCE", NOVEMBER, 5),
    ),
    Case(
        "It is tallied in the month when it is captured, not before",
        fund("Pot", 9),
        reserve("allowance", "Pot", "Ann", 5, kind="REWARD", label="GIFT"),
        capture("allowance", 2).tallies("Ann", "GIFT", NOVEMBER, 2),
        capture("allowance", at=JUST_BEFORE)
        .tallies("Ann", "GIFT", NOVEMBER, 2)
        .tallies("Ann", "GIFT", DECEMBER, 3),
    ),
    Case(
        "A reservation for a reward says what it is in law",
        fund("Pot", 9),
        reserve("allowance", "Pot", "Ann", 5, kind="REWARD").refused("label_missing"),
    ),
    Case(
        "Nothing is reserved for oneself",
        fund("Ann", 9),
        reserve("one", "Ann", "Ann", 5).refused("same_account"),
    ),
    Case(
        "Nothing is reserved for or by who is not there",
        fund("Ann", 9),
        reserve("one", "Ann", "Nobody", 5).refused("unknown_account"),
        reserve("two", "Nobody", "Ann", 5).refused("unknown_account"),
    ),
    Case(
        "Nothing is reserved outside the area",
        fund("Ann", 9),
        reserve("one", "Ann", "Cas", 5).refused("outside_area"),
    ),
    Case(
        "Nothing is reserved for a pot that has ended, nor by it",
        fund("Year pot", 9),
        fund("Ann", 9),
        reserve("one", "Ann", "Year pot", 5, at=NEXT_YEAR, kind="LEVY").refused("account_not_open"),
        reserve("two", "Year pot", "Ann", 5, at=NEXT_YEAR).refused("account_not_open"),
    ),
    *(
        Case(
            f"No {kind} is reserved from {payer} to {payee}",
            fund("Ann", 9),
            reserve("one", payer, payee, 5, kind=kind).refused("unknown_account"),
        )
        for kind, payer, payee in (
            ("ISSUE", "MOLEN issue", "Ann"),
            ("ISSUE", "MOLEN bank", "MOLEN reserve"),
            ("CHARGEBACK", "Ann", "Ben"),
            ("OPENING", "MOLEN issue", "Ann"),
            ("REDEEM", "MOLEN reserve", "MOLEN bank"),
            ("PAYMENT", "Ann", "Clearing"),
            ("CLEARING", "Ann", "Ben"),
        )
    ),
    Case(
        "The system's own accounts promise nothing, not in another coin either",
        reserve("one", "MOLEN reserve", "Ann", 5).refused("coin_mismatch"),
        reserve("two", "MOLEN issue", "Ann", 5).refused("unknown_account"),
        change("block", "Ann"),
        reserve("three", "MOLEN issue", "Ann", 5).refused("unknown_account"),
        reserve("four", "Ann", "Ben", 5, label="PRESENT").refused("label_missing"),
    ),
    Case(
        "What goes to another neighbourhood can be reserved",
        fund("Ann", 9),
        reserve("train", "Ann", "Clearing", 5, kind="CLEARING"),
        capture("train").leaves(Clearing=5),
    ),
    Case(
        "Reservations of two payers are their own",
        fund("Ann", 9),
        fund("Ben", 9),
        reserve("bicycle", "Ann", "Shop", 5),
        reserve("tricycle", "Ben", "Shop", 6).holds(Ann=5, Ben=6),
        release("tricycle").holds(Ann=5, Ben=0),
        transfer("Ben", "Shop", 9, "PAYMENT").leaves(Ben=0),
    ),
]
