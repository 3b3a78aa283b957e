"""A vote far larger than any neighbourhood's: as many ballots as a town, no two of them alike."""

from __future__ import annotations

import tracemalloc

import pytest

from neighbourhoods.counting import count
from tests.bench.tally import SEATS, pyrankvote, vote

pytestmark = pytest.mark.once


def test_twenty_thousand_different_ballots_are_counted_within_a_few_megabytes() -> None:
    """Beyond those of the paper itself; docs/performance.md has the time that it takes."""
    paper = vote()
    tracemalloc.start()
    try:
        sheet = count(paper)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 16_000_000
    assert len(sheet["outcome"]["elected"]) == SEATS
    assert set(sheet["outcome"]["elected"]) == set(pyrankvote(paper))


def test_many_surpluses_in_a_row_lose_nothing() -> None:
    """Each surplus makes the fractions longer, here too long to read; nothing of any vote is lost by that."""
    paper = vote(4_000) | {"seats": 14}
    sheet = count(paper)
    assert sum(one["action"] == "surplus" for one in sheet["rounds"]) >= 9
    last = sheet["rounds"][-1]
    assert max(len(number["exact"]) for number in last["votes"].values()) > 30
    assert abs(sum(float(number["rounded"]) for number in last["votes"].values()) - 4_000) < 0.2
