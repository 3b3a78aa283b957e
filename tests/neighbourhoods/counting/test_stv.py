"""STV by the Scottish rules: worked examples, ties, and countbacks, each reckoned out in its test."""

from __future__ import annotations

from typing import Any

import pytest

from neighbourhoods.counting import count
from tests.neighbourhoods.counting.by_hand import lot
from tests.neighbourhoods.counting.papers import stv


def exact(sheet: dict[str, Any]) -> list[str]:
    """The votes at the end of each stage, and behind the bar what no candidate got."""
    return [
        " ".join(f"{name}={number['exact'].replace(' ', '+')}" for name, number in one["votes"].items())
        + f" | {one['non_transferable']['exact'].replace(' ', '+')}"
        for one in sheet["rounds"]
    ]


def steps(sheet: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(one["action"], one["of"], one["elected"], one["without_quota"]) for one in sheet["rounds"]]


# --- Worked examples --------------------------------------------------------------------------------------------------


def test_the_example_of_the_party_food() -> None:
    """The best known example of STV (Wikipedia, “Single transferable vote”): 20 guests choose three kinds of food.

    Oranges 4; pear, then orange 2; chocolate, then strawberry 8; chocolate, then sweets 4; strawberry 1; sweets 1.
    """
    piles = {"O": 4, "PO": 2, "CS": 8, "CB": 4, "S": 1, "B": 1}
    sheet = count(stv(piles, seats=3, options="OPCSB"))
    assert sheet["quota"] == 6
    assert exact(sheet) == [
        "O=4 P=2 C=12 S=1 B=1 | 0",
        "O=4 P=2 C=6 S=5 B=3 | 0",  # 6 of 12 are too many: half of 8, half of 4
        "O=6 P=0 C=6 S=5 B=3 | 0",
        "O=6 P=0 C=6 S=5 B=0 | 3",
    ]
    assert steps(sheet) == [
        ("first", None, ["C"], []),
        ("surplus", "C", [], []),
        ("exclusion", "P", ["O"], []),
        ("exclusion", "B", ["S"], ["S"]),
    ]
    assert sheet["outcome"] == {"has_quorum": True, "elected": ["C", "O", "S"]}


@pytest.mark.parametrize(("valid", "seats", "quota"), [(1000, 2, 334), (4000, 4, 801), (5000, 1, 2501)])
def test_the_quotas_that_scottish_councils_print_as_examples(valid: int, seats: int, quota: int) -> None:
    """Edinburgh (1,000 votes for two seats), and examples for four seats and for one."""
    assert count(stv({"A": valid}, seats=seats, options="ABCDEF"))["quota"] == quota


def test_a_paper_that_moves_twice_is_worth_what_it_came_for_times_the_second_part() -> None:
    """Rule 49(3) of the 2011 rules: surplus × value when received ÷ all votes, here 1 × 1/3 ÷ 7 and 1 × 1 ÷ 7."""
    piles = {"ABC": 9, "BD": 4, "C": 3, "D": 2, "E": 2}
    sheet = count(stv(piles, seats=3, options="ABCDE"))
    assert sheet["quota"] == 6
    assert exact(sheet) == [
        "A=9 B=4 C=3 D=2 E=2 | 0",
        "A=6 B=7 C=3 D=2 E=2 | 0",  # nine papers at 3/9
        "A=6 B=6 C=3+3/7 D=2+4/7 E=2 | 0",  # nine at 1/3 × 1/7, four at 1/7
        "A=6 B=6 C=3+3/7 D=2+4/7 E=0 | 2",
        "A=6 B=6 C=3+3/7 D=0 E=0 | 4+4/7",
    ]
    assert steps(sheet) == [
        ("first", None, ["A"], []),
        ("surplus", "A", ["B"], []),
        ("surplus", "B", [], []),
        ("exclusion", "E", [], []),
        ("exclusion", "D", ["C"], ["C"]),
    ]
    assert sheet["rounds"][2]["votes"]["C"] == {"exact": "3 3/7", "rounded": "3.43"}
    assert sheet["options"][3] == {
        "option": "D",
        "first": 2,
        "is_guarded": False,
        "is_elected": False,
        "status": "excluded",
        "stage": 5,
        "votes": {"exact": "0", "rounded": "0.00"},
    }


def test_a_surplus_goes_to_nobody_who_is_elected_already() -> None:
    """“Next available” is a continuing candidate: A's papers pass over B, who was elected at the same stage."""
    sheet = count(stv({"ABC": 8, "B": 5, "C": 1, "D": 1}, seats=3, options="ABCD"))
    assert exact(sheet)[:2] == ["A=8 B=5 C=1 D=1 | 0", "A=4 B=5 C=5 D=1 | 0"]


def test_the_largest_surplus_goes_first_and_only_one_at_a_stage() -> None:
    sheet = count(stv({"AC": 7, "BC": 9, "C": 1, "D": 2, "E": 1}, seats=3, options="ABCDE"))
    assert [(one["action"], one["of"]) for one in sheet["rounds"]][:2] == [("first", None), ("surplus", "B")]
    assert exact(sheet)[1] == "A=7 B=6 C=4 D=2 E=1 | 0"


def test_whoever_has_exactly_the_quota_is_elected_and_passes_nothing_on() -> None:
    sheet = count(stv({"AB": 4, "B": 3, "C": 2, "D": 2}, seats=2, options="ABCD"))
    assert sheet["quota"] == 4
    assert steps(sheet)[0] == ("first", None, ["A"], [])
    assert "surplus" not in {one["action"] for one in sheet["rounds"]}


def test_as_many_candidates_as_seats_are_elected_at_once() -> None:
    sheet = count(stv({"A": 9, "B": 1}, seats=3, options="ABC"))
    assert steps(sheet) == [("first", None, ["A", "B", "C"], ["B", "C"])]


def test_blank_and_invalid_papers_are_no_part_of_the_quota() -> None:
    paper = stv(["A"] * 5 + ["B"] * 2 + [""] * 20, seats=1, options="AB")
    paper["ballots"] = [["INVALID", None]] * 3 + paper["ballots"]
    paper["roll"]["size"] = 30
    sheet = count(paper)
    assert (sheet["cast"], sheet["valid"], sheet["blank"], sheet["invalid"], sheet["quota"]) == (
        30,
        7,
        20,
        3,
        4,
    )


@pytest.mark.parametrize("piles", [{}, {"": 3}])
def test_without_a_single_preference_nobody_is_elected_by_lot(piles: dict[str, int]) -> None:
    sheet = count(stv(piles, seats=1, options="AB"))
    assert sheet["outcome"] == {"has_quorum": True, "elected": []}
    assert sheet["rounds"] == sheet["draws"] == []


def test_without_a_quorum_nobody_is_elected_and_nothing_is_transferred() -> None:
    sheet = count(stv({"A": 4}, seats=1, options="AB", size=20, rules={"turnout_quorum": [1, 4]}))
    assert sheet["outcome"] == {"has_quorum": False, "elected": []}
    assert sheet["rounds"] == []
    assert [one["first"] for one in sheet["options"]] == [4, 0]


# --- Ties -------------------------------------------------------------------------------------------------------------


def test_a_tie_for_exclusion_goes_by_the_last_stage_where_they_differed() -> None:
    """Rule 52(2)(a): B and C have three each, but C had two at the stage before."""
    sheet = count(stv({"A": 5, "B": 3, "C": 2, "DC": 1}, seats=1, options="ABCD"))
    assert sheet["rounds"][2]["of"] == "C"
    assert sheet["rounds"][2]["tie"] == {"between": ["B", "C"], "by": "stage", "stage": 1, "chosen": "C"}
    assert sheet["draws"] == []


def test_a_tie_of_three_is_narrowed_stage_by_stage() -> None:
    """Eight each at stage 3. At stage 2 A and B had six, and C eight; of these two A had fewer at stage 1.

    That C had fewest of all at stage 1 does not matter: the most recent stage has already spoken for C.
    """
    piles = {"W": 28, "WC": 10, "WA": 2, "A": 5, "B": 6, "C": 3, "YA": 2, "YB": 2}
    sheet = count(stv(piles, seats=2, options="ABCWY"))
    assert exact(sheet)[:3] == [
        "A=5 B=6 C=3 W=40 Y=4 | 0",
        "A=6 B=6 C=8 W=20 Y=4 | 14",
        "A=8 B=8 C=8 W=20 Y=0 | 14",
    ]
    assert sheet["rounds"][3]["of"] == "A"
    assert sheet["rounds"][3]["tie"] == {"between": ["A", "B", "C"], "by": "stage", "stage": 1, "chosen": "A"}


def test_of_equal_surpluses_the_one_that_was_ahead_before_goes_first() -> None:
    """Rule 50(2): both have 22 at stage 2, of which A had 18 and B 17 at stage 1."""
    piles = {"BC": 17, "AC": 18, "XA": 4, "XB": 5, "C": 16, "D": 16}
    sheet = count(stv(piles, seats=3, options="BACDX"))
    assert sheet["quota"] == 20
    assert sheet["rounds"][2]["of"] == "A"
    assert sheet["rounds"][2]["tie"] == {"between": ["B", "A"], "by": "stage", "stage": 1, "chosen": "A"}


def test_equals_from_the_first_stage_on_are_drawn_and_the_lowest_lot_leaves() -> None:
    """Everybody is second to somebody: no majority, and nothing but the lot to tell them apart."""
    paper = stv({"ABC": 3, "BCA": 3, "CAB": 3}, seats=1, options="ABC")
    sheet = count(paper)
    [draw] = sheet["draws"]
    lots = {name: lot(paper, 2, name) for name in "ABC"}
    loser = min(lots, key=lots.__getitem__)
    assert draw == {
        "stage": 2,
        "purpose": "exclude",
        "between": ["A", "B", "C"],
        "hashes": lots,
        "order": sorted(lots, key=lots.__getitem__),
        "chosen": [loser],
    }
    assert sheet["rounds"][1]["tie"] == {
        "between": ["A", "B", "C"],
        "by": "draw",
        "stage": 2,
        "chosen": loser,
    }
    heir = {"A": "B", "B": "C", "C": "A"}[loser]
    assert sheet["outcome"]["elected"] == [heir]


def test_another_seed_draws_other_lots() -> None:
    piles = {"ABC": 3, "BCA": 3, "CAB": 3}
    drawn = {
        count(stv(piles, seats=1, options="ABC", seed=f"{number:064x}"))["draws"][0]["chosen"][0]
        for number in range(40)
    }
    assert drawn == {"A", "B", "C"}


def test_one_ballot_more_anywhere_makes_other_lots() -> None:
    """So whoever knows the seed does not know the lots until the last ballot is in."""
    piles = {"ABC": 3, "BCA": 3, "CAB": 3}
    first, second = (count(stv(piles | extra, seats=1, options="ABC", size=20)) for extra in ({}, {"": 1}))
    assert first["draws"][0]["hashes"] != second["draws"][0]["hashes"]


# --- Countback --------------------------------------------------------------------------------------------------------

BOARD = {"ABC": 9, "BD": 4, "C": 3, "D": 2, "E": 2}  # elects A, B and C, as above


def test_a_vacancy_is_filled_from_the_same_ballots() -> None:
    """B has left: B's papers go to D, who has the quota. A and C keep their seats."""
    sheet = count(stv(BOARD, seats=3, options="ABCDE", withdrawn=["B"], guarded=["A", "C"]))
    assert exact(sheet) == ["A=9 C=3 D=6 E=2 | 0"]
    assert steps(sheet) == [("first", None, ["A", "D", "C"], ["C"])]
    assert [one["status"] for one in sheet["options"]] == [
        "elected",
        "withdrawn",
        "elected",
        "elected",
        "standing",
    ]


def test_the_seated_are_never_excluded_however_few_votes_they_have() -> None:
    """C would be the first to leave: nobody's first choice. In the end C keeps the seat, and the vacancy is filled."""
    piles = {"A": 12, "D": 6, "E": 7, "F": 4}
    sheet = count(stv(piles, seats=3, options="ABCDEF", withdrawn=["B"], guarded=["A", "C"]))
    assert [one["of"] for one in sheet["rounds"]] == [None, "A", "F", "D"]
    assert sheet["outcome"]["elected"] == ["A", "E", "C"]


def test_when_two_have_the_quota_for_one_vacancy_the_higher_gets_it() -> None:
    """C and D both have it, and the seats of A and B are kept: D has one vote more."""
    sheet = count(stv({"C": 5, "D": 6}, seats=3, options="ABCD", guarded=["A", "B"]))
    assert sheet["quota"] == 3
    assert sheet["outcome"]["elected"] == ["D", "A", "B"]
    assert [one["status"] for one in sheet["options"]] == ["elected", "elected", "standing", "elected"]


def test_when_they_are_equal_the_lot_gives_the_vacancy() -> None:
    paper = stv({"C": 5, "D": 5}, seats=3, options="ABCD", guarded=["A", "B"])
    sheet = count(paper)
    winner = min("CD", key=lambda name: lot(paper, 1, name))
    assert [(one["purpose"], one["chosen"]) for one in sheet["draws"]] == [("elect", [winner])]
    assert sheet["outcome"]["elected"] == [winner, "A", "B"]


def test_when_all_keep_their_seats_nobody_else_gets_one() -> None:
    sheet = count(stv({"C": 9}, seats=2, options="ABC", guarded=["A", "B"]))
    assert sheet["outcome"]["elected"] == ["A", "B"]


def test_a_paper_that_names_only_who_left_is_valid_and_counts_for_nobody() -> None:
    """So the quota stays what it was when they were elected."""
    sheet = count(stv({"B": 5, "A": 4, "C": 2}, seats=1, options="ABC", withdrawn=["B"]))
    assert (sheet["valid"], sheet["quota"]) == (11, 6)
    assert exact(sheet)[0] == "A=4 C=2 | 5"
