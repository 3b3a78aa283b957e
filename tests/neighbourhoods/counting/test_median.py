"""The median: what it is, that nobody gains by saying something else than they think, and none loses by joining."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterable
from functools import cache
from itertools import combinations_with_replacement

import pytest

from neighbourhoods.counting import count
from tests.neighbourhoods.counting.papers import median

AMOUNTS = range(7)
PRESENT = (None, *AMOUNTS)


@pytest.mark.parametrize(
    ("amounts", "present", "outcome"),
    [
        pytest.param([10, 30, 20], 500, 20, id="an odd number: the middle one"),
        pytest.param([10, 20, 30, 40], 500, 30, id="an even number, the present above"),
        pytest.param([10, 20, 30, 40], 25, 25, id="an even number, the present between the middle two"),
        pytest.param([10, 20, 30, 40], 0, 20, id="an even number, the present below"),
        pytest.param([10, 20, 30, 40], None, 20, id="no present amount: the lower of the two"),
        pytest.param([], 25, 25, id="nobody chose: it stays as it is"),
        pytest.param([], None, None, id="nobody chose and there was none"),
        pytest.param([None, None], 25, 25, id="only blanks: it stays as it is"),
        pytest.param([None, 10], 25, 10, id="a blank is no amount"),
        pytest.param([7, 7, 7, 1000], 0, 7, id="who shouts is one voice"),
    ],
)
def test_the_median(amounts: list[int | None], present: int | None, outcome: int | None) -> None:
    sheet = count(median(amounts, present=present))
    assert sheet["outcome"] == {"has_quorum": True, "amount": outcome}


def test_how_it_was_found_is_told() -> None:
    sheet = count(median([10, 20, 20, None, 30], present=15))
    assert sheet["median"] == {"present": 15, "adds_present": True, "middle": 20}
    assert sheet["options"] == [
        {"amount": 10, "votes": 1},
        {"amount": 20, "votes": 2},
        {"amount": 30, "votes": 1},
    ]


def test_without_a_quorum_the_present_amount_stays() -> None:
    sheet = count(median([10], present=25, size=10, rules={"turnout_quorum": [1, 5]}))
    assert sheet["outcome"] == {"has_quorum": False, "amount": 25}


def test_a_thousand_medians_are_what_the_standard_library_says() -> None:
    chance = random.Random(80)
    for _ in range(1_000):
        amounts = [int(chance.random() * 50) for _ in range(int(chance.random() * 12))]
        present = None if chance.random() < 0.3 else int(chance.random() * 50)
        phantom = [] if len(amounts) % 2 else [-1 if present is None else present]
        middle = statistics.median_low(amounts + phantom)
        assert count(median(amounts, present=present))["outcome"]["amount"] == (
            None if middle == -1 else middle
        )


# --- Moulin's theorem, case by case -----------------------------------------------------------------------------------


@cache
def outcome(amounts: tuple[int, ...], present: int | None) -> float:
    """No amount at all is below every amount."""
    found = count(median(amounts, present=present))["outcome"]["amount"]
    return -1 if found is None else found


def is_no_worse(honest: float, other: float, peak: int) -> bool:
    """For everybody who likes an amount less the further it is from their peak, on either side."""
    return min(peak, other) <= honest <= max(peak, other)


def electorates() -> Iterable[tuple[int, ...]]:
    """What up to five others chose."""
    return (others for size in range(6) for others in combinations_with_replacement(AMOUNTS, size))


@pytest.mark.once
@pytest.mark.parametrize("present", PRESENT)
def test_no_other_answer_and_no_silence_ever_helps(present: int | None) -> None:
    """All of them: every electorate of up to six, every peak, every misreport, and staying away."""
    tried = 0
    for others in electorates():
        silent = outcome(others, present)
        for peak in AMOUNTS:
            honest = outcome(tuple(sorted((*others, peak))), present)
            assert is_no_worse(honest, silent, peak), (others, peak, "staying away")
            for said in AMOUNTS:
                assert is_no_worse(honest, outcome(tuple(sorted((*others, said))), present), peak), (
                    others,
                    peak,
                    said,
                )
                tried += 1
    assert tried == 792 * 7 * 7


def test_the_mean_would_not_pass_this_test() -> None:
    """So the test can fail: with the mean, whoever wants 3 beside 0 and 0 gains by saying 4."""
    assert not is_no_worse(honest=1, other=4 / 3, peak=3)


EXTREMES = (0, 1_000)


def is_within_neighbours(before: float, after: float, named: Iterable[int]) -> bool:
    """Whether a result moved no further than to the next amount, up or down, that somebody named."""
    lower = max((one for one in named if one < before), default=before)
    higher = min((one for one in named if one > before), default=before)
    return lower <= after <= higher


@pytest.mark.once
@pytest.mark.parametrize("present", PRESENT)
def test_one_extreme_ballot_never_moves_the_result_past_its_neighbour(present: int | None) -> None:
    """Whoever shouts moves it by one place at the most among what the others named and, where it counts, the present
    amount: when they join, and when they had said something else. Who votes alone has no neighbour."""
    holds = -1 if present is None else present
    for others in filter(None, electorates()):
        counted = others if len(others) % 2 == 0 else (*others, holds)
        for extreme in EXTREMES:
            after = outcome(tuple(sorted((*others, extreme))), present)
            assert is_within_neighbours(outcome(others, present), after, (*others, holds)), (others, extreme)
            for said in AMOUNTS:
                before = outcome(tuple(sorted((*others, said))), present)
                assert is_within_neighbours(before, after, counted), (others, said, extreme)


def test_the_mean_would_be_moved_past_its_neighbour() -> None:
    """So this can fail too."""
    assert not is_within_neighbours(before=2, after=(1 + 2 + 3 + 1_000) / 4, named=(1, 2, 3))
