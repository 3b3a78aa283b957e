"""A picture of a ledger in which one thing is not as it must be: what is always true notices each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.ledger.invariants import broken
from tests.ledger.on_paper import OnPaper
from tests.ledger.steps import Picture, Step, capture, charge_back, fund, redeem, reserve, reward

NEXT_YEAR = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
STEPS: list[Step | list[Step]] = [
    fund("Pot", 100),
    reward("Pot", "Ann", 40, label="GIFT", key="allowance"),
    charge_back("allowance", 15, key="back"),
    reserve("bicycle", "Ann", "Ben", 20),
    capture("bicycle", 5, key="part"),
    fund("Shop", 50),
    reserve("payout", "Shop", "MOLEN issue", 30, kind="REDEEM"),
    redeem("payout", "Shop", "line 9", key="paid"),
]


def picture() -> Picture:
    """A ledger in which something happened."""
    paper = OnPaper()
    paper.prepare(["Ann", "Ben", "Pot", "Shop"])
    for one in STEPS:
        for step in [one] if isinstance(one, Step) else one:
            assert paper.take(step.operation, step.words).code == ""
    return paper.picture()


def doctored(what: str, name: object, **words: object) -> Callable[[Picture], None]:
    def doctor(picture: Picture) -> None:
        picture[what][name].update(words)

    return doctor


def more_coins_than_euros(picture: Picture) -> None:
    picture["accounts"]["MOLEN issue"]["balance"] -= 1
    picture["accounts"]["Ann"]["balance"] += 1


def the_same_number_twice(picture: Picture) -> None:
    picture["transfers"]["part"]["payer_no"] = 2


def a_tally_too_many(picture: Picture) -> None:
    picture["tallies"]["Ann", "EUR", "WAGE", datetime(2026, 11, 1, tzinfo=UTC).date()] = {"amount": 1}


def test_a_ledger_in_which_all_is_well_breaks_nothing() -> None:
    assert broken(picture()) == []


@pytest.mark.parametrize(
    ("doctor", "said"),
    [
        (doctored("accounts", "Ann", balance=21), "the balances of MOLEN sum to 1"),
        (doctored("accounts", "Ann", balance=21), "Ann has 21, and its history says 20"),
        (doctored("accounts", "Ann", last_no=4), "Ann has the numbers [1, 2, 3] and its last is 4"),
        (doctored("transfers", "part", payer_no=4), "Ann has the numbers [1, 2, 4] and its last is 3"),
        (the_same_number_twice, "Ann has two transfers with the number 2"),
        (doctored("transfers", "part", payer_balance=7), "Ann has 20 after number 3, and there stands 7"),
        (doctored("transfers", "part", amount=6), "Ann has 19 after number 3, and there stands 20"),
        (doctored("accounts", "Ann", reserved=21), "Ann is below its floor"),
        (doctored("accounts", "Ann", reserved=14), "Ann has 14 reserved, and its reservations say 15"),
        (more_coins_than_euros, "121 MOLEN in circulation, 120 in reserve"),
        (doctored("accounts", "MOLEN issue", balance=1), "-1 MOLEN in circulation, 120 in reserve"),
        (doctored("accounts", "Ben", state="CLOSED"), "Ben is closed and has 5"),
        (doctored("accounts", "Ben", state="CLOSED"), "Ben is closed, and coins are reserved"),
        (
            doctored("reservations", "bicycle", captured=6),
            "5 was captured of bicycle, and there stands 6 of 20, OPEN",
        ),
        (
            doctored("reservations", "bicycle", state="DONE"),
            "5 was captured of bicycle, and there stands 5 of 20, DONE",
        ),
        (doctored("transfers", "back", amount=41), "41 was paid back of allowance"),
        (a_tally_too_many, "the tallies are "),
        (doctored("transfers", "back", reverses=None), "the tallies are "),
        (doctored("transfers", "paid", amount=29), "line 9 moved 30 euros and 29 coins"),
    ],
)
def test_what_is_not_as_it_must_be_is_said(doctor: Callable[[Picture], None], said: str) -> None:
    changed = picture()
    doctor(changed)

    assert [wrong for wrong in broken(changed) if wrong.startswith(said)] != []
