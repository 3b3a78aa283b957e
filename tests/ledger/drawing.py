"""What is drawn for a random step: which one, between whom, how much, when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

MOLEN = ("Ann", "Ben", "Shop", "Year pot", "Cas", "Full purse", "Credit", "Clearing")
SLUIS = ("Dirk in Sluis", "Ann in Sluis")
NAMES = (*MOLEN, *SLUIS)
HOLDERS = [name for name in MOLEN if name != "Clearing"]
PAIRS = [
    *[("Ann", "Ben"), ("Ann", "Shop"), ("Ben", "Ann"), ("Year pot", "Ann"), ("Year pot", "Ben")] * 4,
    *((payer, payee) for payer in HOLDERS for payee in HOLDERS if payer != payee),
    *[("Dirk in Sluis", "Ann in Sluis"), ("Ann in Sluis", "Dirk in Sluis")] * 2,
]
KINDS = [*["PAYMENT"] * 6, *["REWARD"] * 3, "SERVICE", "DEBT", "LEVY", "LEVY"]
ODD_PAIRS = [
    ("MOLEN issue", "Ann"), ("MOLEN issue", "Ann"), ("MOLEN issue", "Ben"), ("MOLEN issue", "Clearing"),
    ("Ann", "Ann"), ("Ann", "Dirk in Sluis"), ("Ann", "Nobody"), ("Nobody", "Ann"), ("Ann", "Clearing"),
    ("MOLEN issue", "Ann"), ("Ann", "MOLEN issue"), ("MOLEN reserve", "MOLEN bank"), ("MOLEN bank", "MOLEN reserve"),
]  # fmt: skip
ODD_KINDS = ["OPENING", "OPENING", "PAYMENT", "CLEARING", "ISSUE", "REDEEM", "CHARGEBACK"]
# From whom, to whom, and what for. Most can be; some never can.
DEALS = [
    *((*pair, kind) for pair in PAIRS for kind in KINDS),
    *((*pair, "CLEARING") for pair in [("Ann", "Clearing"), ("Clearing", "Ben"), ("Ben", "Clearing")] * 20),
    *((*pair, kind) for pair in ODD_PAIRS for kind in ODD_KINDS),
    *((*pair, kind) for pair in PAIRS[:5] for kind in ODD_KINDS),
]
AMOUNTS = [*range(1, 41), 50, 60, 100, 101, 0, -1, 10**15 + 1]
CHANGES: list[dict[str, Any]] = [
    {"in_area": True}, {"in_area": False}, {"may_redeem": True}, {"may_redeem": False}, {"ceiling": None},
    {"ceiling": 50}, {"holder_kind": "COMPANY"}, {"holder_kind": "PERSON"},
]  # fmt: skip

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOT_AT_ALL = timedelta(0)
# Just before a year, a month of summer, and the days of 23 and of 25 hours begin.
STARTS = [
    datetime(2026, 12, 30, 20, 0, tzinfo=UTC),
    datetime(2027, 6, 29, 20, 0, tzinfo=UTC),
    datetime(2027, 3, 26, 20, 0, tzinfo=UTC),
    datetime(2027, 10, 29, 20, 0, tzinfo=UTC),
]
PASSED = [HOUR, 2 * HOUR, 3 * HOUR, DAY, DAY, 3 * DAY, 20 * DAY, timedelta(microseconds=1), -DAY]

deals = st.sampled_from(DEALS)
amounts = st.sampled_from(AMOUNTS)
back = st.sampled_from([*[NOT_AT_ALL] * 9, HOUR, DAY, DAY, 40 * DAY])  # how far a step is dated back
which = st.integers(0, 40)  # of the things that there are, the last one first
rarely = st.sampled_from([False] * 15 + [True])
limits = st.sampled_from([None, None, 20, 60, 100, 200, 0])
days = st.sampled_from([0, 0, 0, 1, 3, -1])

said_of_a_payment: dict[str, SearchStrategy[Any]] = {
    "deal": deals,
    "amount": amounts,
    "label": st.sampled_from([*["VOLUNTEER_ALLOWANCE", "GIFT"] * 4, "", "PRESENT"]),
    "actor": st.sampled_from(
        [("", None), ("", None), ("Ann", None), ("Ann", 60), ("Helper", None), ("Helper", 60)]
    ),
    "back": back,
}
said_of_a_part: dict[str, SearchStrategy[Any]] = {
    "number": which,
    "amount": st.sampled_from([None, None, *AMOUNTS[:20], 0]),
    "by": st.sampled_from(["", "Ann", "Helper"]),
    "back": back,
    "other": which,
    "is_used": rarely,
}

# Each kind of step: how often it is taken, and what is drawn for it.
DRAWN: dict[str, tuple[int, dict[str, SearchStrategy[Any]]]] = {
    "pay": (12, {**said_of_a_payment, "number": which, "is_used": rarely}),
    "pay_all": (
        4,
        {
            "drawn": st.lists(st.tuples(deals, amounts, which, rarely), min_size=1, max_size=4),
            "is_double": st.sampled_from([False, False, True]),
            "actor": said_of_a_payment["actor"],
            "back": back,
        },
    ),
    "charge_back": (4, said_of_a_part),
    "reserve": (
        7,
        {**said_of_a_payment, "lasts": st.sampled_from([3 * DAY, HOUR, DAY, 40 * DAY, NOT_AT_ALL])},
    ),
    "capture": (6, said_of_a_part),
    "release": (2, {"number": which, "back": back}),
    "say_again": (4, {"number": which, "more": st.sampled_from([0, 0, 0, 1])}),
    "time_passes": (3, {"passed": st.sampled_from(PASSED), "is_looked_at": st.booleans()}),
    "announce": (1, {"payee": st.sampled_from(NAMES), "amount": amounts, "days": days}),
    "receive": (2, {"number": which, "amount": amounts, "is_booked": rarely}),
    "undo_funding": (1, {"number": which, "is_booked": rarely, "is_cancelled": st.booleans()}),
    "spare": (1, {"amount": st.integers(1, 40)}),
    "ask_payout": (
        2,
        {"payer": st.sampled_from([*["Shop"] * 6, "Year pot", "Year pot", "Ann"]), "amount": amounts},
    ),
    "redeem": (
        2,
        {
            "number": which,
            "is_anybodys": rarely,
            "is_booked": rarely,
            "to": st.sampled_from(["Shop", "Shop", "Municipality", "Municipality", "Club"]),
        },
    ),
    "limit": (
        1,
        {
            "coin": st.sampled_from(["MOLEN", "MOLEN", "MOLEN", "SLUIS"]),
            "holder_kind": st.sampled_from(["PERSON", "PERSON", "COMPANY"]),
            "amounts": st.tuples(limits, limits, limits),
            "begins": days,
            "lasts": st.sampled_from([None, 0, 2, -1]),
        },
    ),
    "move": (
        2,
        {
            "name": st.sampled_from(NAMES),
            "event": st.sampled_from(["turn", "turn", "turn", "block", "unblock", "close"]),
        },
    ),
    "reclassify": (1, {"name": st.sampled_from(NAMES), "change": st.sampled_from(CHANGES)}),
    "end_pot": (1, {"days": st.sampled_from([0, 1, 20, -1])}),
}


def drawn_for(name: str) -> SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.tuples(st.just(name), st.fixed_dictionaries(DRAWN[name][1]))


steps = st.sampled_from([name for name, (often, _words) in DRAWN.items() for _time in range(often)]).flatmap(
    drawn_for
)
