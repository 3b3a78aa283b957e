"""Yes or no, approval and quorums: by table, by lot, and beside the plainest counting there is."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from neighbourhoods.counting import count
from tests.neighbourhoods.counting.by_hand import lot
from tests.neighbourhoods.counting.papers import approval, paper, yes_no

# --- Exactly on the threshold -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quorum", "size", "cast", "is_reached", "needed"),
    [
        pytest.param([1, 5], 100, 19, False, 20, id="one too few"),
        pytest.param([1, 5], 100, 20, True, 20, id="exactly"),
        pytest.param([1, 3], 100, 33, False, 34, id="a third of a hundred is no whole number"),
        pytest.param([1, 3], 100, 34, True, 34, id="the next whole number"),
        pytest.param([2, 10], 5, 1, True, 1, id="a fraction that is not in its lowest terms"),
        pytest.param([1, 1], 7, 7, True, 7, id="everybody"),
        pytest.param([1, 1], 7, 6, False, 7, id="everybody but one"),
        pytest.param([0, 1], 7, 0, True, 0, id="no quorum asked, nobody came"),
        pytest.param([1, 2], 0, 0, True, 0, id="a roll without people"),
    ],
)
def test_turnout(quorum: list[int], size: int, cast: int, is_reached: bool, needed: int) -> None:
    sheet = count(yes_no(yes=cast, size=size, rules={"turnout_quorum": quorum}))
    assert sheet["quorums"]["turnout"] == {
        "cast": cast, "roll": size, "quorum": quorum, "needed": needed, "is_reached": is_reached,
    }  # fmt: skip
    assert sheet["outcome"]["has_quorum"] is is_reached


def test_blank_and_invalid_ballots_are_turnout() -> None:
    voted = yes_no(yes=1, blank=3, size=20, rules={"turnout_quorum": [1, 4]})
    voted["ballots"] = [["INVALID", None], *voted["ballots"]]
    sheet = count(voted)
    assert sheet["quorums"]["turnout"]["cast"] == 5
    assert sheet["outcome"] == {"has_quorum": True, "adopted": ["A"]}


@pytest.mark.parametrize(
    ("quorum", "size", "yes", "is_adopted"),
    [
        pytest.param([1, 4], 40, 9, False, id="one too few"),
        pytest.param([1, 4], 40, 10, True, id="exactly"),
        pytest.param([0, 1], 40, 1, True, id="none asked"),
    ],
)
def test_approval_quorum_is_of_the_roll_not_of_those_who_came(
    quorum: list[int], size: int, yes: int, is_adopted: bool
) -> None:
    sheet = count(yes_no(yes=yes, size=size, rules={"approval_quorum": quorum}))
    assert sheet["outcome"]["adopted"] == ["A"] * is_adopted


@pytest.mark.parametrize(
    ("majority", "is_strict", "blanks_count", "yes", "no", "blank", "is_adopted", "needed"),
    [
        pytest.param([1, 2], True, False, 5, 5, 0, False, 6, id="half is not more than half"),
        pytest.param([1, 2], True, False, 6, 5, 0, True, 6, id="one more than half"),
        pytest.param([1, 2], False, False, 5, 5, 0, True, 5, id="half will do when it need not be more"),
        pytest.param([2, 3], False, False, 4, 2, 0, True, 4, id="two thirds exactly"),
        pytest.param([2, 3], True, False, 4, 2, 0, False, 5, id="more than two thirds asked"),
        pytest.param([2, 3], False, False, 3, 2, 0, False, 4, id="three of five are fewer than two thirds"),
        pytest.param([1, 2], True, False, 2, 1, 9, True, 2, id="blanks left out"),
        pytest.param([1, 2], True, True, 2, 1, 9, False, 7, id="blanks counted in"),
        pytest.param([1, 2], True, True, 7, 1, 4, True, 7, id="more than half of all, blanks counted in"),
        pytest.param([0, 1], False, False, 0, 0, 4, False, 1, id="nobody is for it: no rule can adopt it"),
        pytest.param([0, 1], False, False, 1, 9, 0, True, 1, id="one is enough when the rules say so"),
        pytest.param([1, 1], False, False, 3, 0, 0, True, 3, id="all of them"),
    ],
)
def test_majority(
    majority: list[int], is_strict: bool, blanks_count: bool, yes: int, no: int, blank: int, is_adopted: bool,
    needed: int,
) -> None:  # fmt: skip
    rules = {"majority": majority, "is_strict": is_strict, "blanks_count": blanks_count}
    sheet = count(yes_no(yes=yes, no=no, blank=blank, rules=rules))
    assert sheet["quorums"]["options"][0]["majority"] == {
        "votes": yes, "of": yes + no + (blank if blanks_count else 0), "majority": majority, "is_strict": is_strict,
        "needed": needed, "is_reached": is_adopted,
    }  # fmt: skip
    assert sheet["outcome"]["adopted"] == ["A"] * is_adopted


def test_each_option_is_decided_by_itself() -> None:
    choices = [{"A": "yes", "B": "no", "C": "blank"}] * 2 + [{"A": "yes", "B": "yes", "C": "blank"}]
    sheet = count(paper("YES_NO", choices))
    assert sheet["outcome"] == {"has_quorum": True, "adopted": ["A"]}
    assert sheet["options"][1] == {"option": "B", "yes": 1, "no": 2, "blank": 0, "is_adopted": False}


def test_a_ballot_is_blank_only_when_all_of_it_is() -> None:
    choices = [dict.fromkeys("ABC", "blank"), {"A": "yes", "B": "blank", "C": "blank"}]
    sheet = count(paper("YES_NO", choices))
    assert (sheet["valid"], sheet["blank"]) == (1, 1)
    assert [one["blank"] for one in sheet["options"]] == [1, 2, 2]


# --- Approval ---------------------------------------------------------------------------------------------------------


def test_the_most_approved_get_the_seats_in_order() -> None:
    sheet = count(approval(["AB", "B", "BC", "C", "B"], seats=2))
    assert sheet["outcome"]["elected"] == ["B", "C"]
    assert [one["approvals"] for one in sheet["options"]] == [1, 4, 2]


def test_who_has_no_approval_gets_no_seat_even_when_one_is_free() -> None:
    assert count(approval(["A"], seats=3))["outcome"]["elected"] == ["A"]


def test_who_is_below_the_approval_quorum_gets_no_seat() -> None:
    sheet = count(approval(["A"] * 5 + ["B"] * 4, seats=2, size=20, rules={"approval_quorum": [1, 4]}))
    assert sheet["outcome"]["elected"] == ["A"]


def test_of_equals_the_lowest_lots_get_what_is_left() -> None:
    """A is sure; B, C and D have two each, for two seats."""
    voted = approval(["ABCD", "ABCD", "A"], seats=3, options="ABCD")
    sheet = count(voted)
    lots = sorted("BCD", key=lambda name: lot(voted, 1, name))
    assert sheet["outcome"]["elected"] == ["A", *lots[:2]]
    assert [(one["purpose"], one["between"], one["order"], one["chosen"]) for one in sheet["draws"]] == [
        ("elect", ["B", "C", "D"], lots, lots[:2])
    ]


def test_equals_who_all_get_a_seat_need_no_lot() -> None:
    sheet = count(approval(["BA", "AB", "C"], seats=2))
    assert (sheet["outcome"]["elected"], sheet["draws"]) == (["A", "B"], [])


def test_approval_fills_a_vacancy_too() -> None:
    """C keeps the seat although nobody approves; A has left; of B and D the one with more."""
    sheet = count(approval(["AB", "AD", "AD"], seats=2, options="ABCD", withdrawn=["A"], guarded=["C"]))
    assert sheet["outcome"]["elected"] == ["D", "C"]


def test_when_all_keep_their_seats_there_is_none_left() -> None:
    sheet = count(approval(["B", "B"], seats=1, guarded=["A"]))
    assert (sheet["outcome"]["elected"], sheet["draws"]) == (["A"], [])


# --- Beside the plainest counting -------------------------------------------------------------------------------------


@pytest.fixture
def chance() -> random.Random:
    return random.Random(35)


def below(chance: random.Random, most: int) -> int:
    return int(chance.random() * most)


def part(chance: random.Random) -> list[int]:
    bottom = 1 + below(chance, 6)
    return [below(chance, bottom + 1), bottom]


def any_rules(chance: random.Random) -> dict[str, Any]:
    return {
        "turnout_quorum": [below(chance, 2), 1 + below(chance, 4)], "approval_quorum": [below(chance, 2), 4],
        "majority": part(chance), "is_strict": chance.random() < 0.5, "blanks_count": chance.random() < 0.5,
    }  # fmt: skip


def test_a_thousand_votes_by_yes_and_no_come_out_as_plain_fractions_say(chance: random.Random) -> None:
    seen: Counter[bool] = Counter()
    for _ in range(1_000):
        rules = any_rules(chance)
        answers = [("yes", "no", "blank")[below(chance, 3)] for _ in range(below(chance, 25))]
        yes, no, blank = (answers.count(word) for word in ("yes", "no", "blank"))
        size = len(answers) + below(chance, 25)
        sheet = count(yes_no(yes=yes, no=no, blank=blank, size=size, rules=rules))
        turnout, quorum, majority = (
            Fraction(*rules[name]) for name in ("turnout_quorum", "approval_quorum", "majority")
        )
        base = yes + no + blank * rules["blanks_count"]
        wins = yes > majority * base if rules["is_strict"] else yes >= majority * base
        adopted = bool(len(answers) >= turnout * size and yes >= quorum * size and wins and yes)
        assert (sheet["outcome"]["adopted"] == ["A"]) is adopted
        seen[adopted] += 1
    assert seen == {False: 779, True: 221}


def test_a_thousand_votes_by_approval_come_out_as_a_sorted_list_says(chance: random.Random) -> None:
    """Those above the cut are in, those below it are out; at the cut as many as fit, the lowest lots first."""
    seen: Counter[str] = Counter()
    for _ in range(1_000):
        rules = any_rules(chance)
        names = "ABCDEF"[: 1 + below(chance, 6)]
        choices = ["".join(name for name in names if chance.random() < 0.4) for _ in range(below(chance, 15))]
        size, seats = len(choices) + below(chance, 15), 1 + below(chance, 4)
        voted = approval(choices, seats=seats, options=names, size=size, rules=rules)
        votes = {name: sum(name in choice for choice in choices) for name in names}
        able = [
            name
            for name in names
            if votes[name] and votes[name] >= Fraction(*rules["approval_quorum"]) * size
        ]
        ranked = sorted(able, key=lambda name: (-votes[name], lot(voted, 1, name)))
        has_quorum = len(choices) >= Fraction(*rules["turnout_quorum"]) * size
        sheet = count(voted)
        assert set(sheet["outcome"]["elected"]) == set(ranked[:seats] if has_quorum else [])
        seen["drawn" if sheet["draws"] else "not drawn"] += 1
    assert seen == {"drawn": 110, "not drawn": 890}
