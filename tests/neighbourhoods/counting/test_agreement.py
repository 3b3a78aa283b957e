"""Our counting beside four others: one by hand, and three programs of other people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from neighbourhoods.counting import count
from tests.neighbourhoods.counting import oracles
from tests.neighbourhoods.counting.by_hand import Table, count_by_hand
from tests.neighbourhoods.counting.elections import countbacks, elections

pytestmark = pytest.mark.once

HOW_MANY = 3_000
Election = tuple[dict[str, Any], dict[str, Any], Table]


@pytest.fixture(scope="module")
def counted() -> list[Election]:
    """All elections, each counted by us and by hand."""
    return [(paper, count(paper), count_by_hand(paper)) for paper in elections(2011, HOW_MANY)]


def test_every_stage_is_the_same_by_hand(counted: list[Election]) -> None:
    """Exactly: the fractions as texts, who was elected when, what was lost, and each lot."""
    for _paper, sheet, table in counted:
        assert sheet["outcome"]["elected"] == table.elected
        assert [_exact(one["votes"]) for one in sheet["rounds"]] == [
            _texts(totals) for totals in table.stages
        ]
        assert [one["non_transferable"]["exact"] for one in sheet["rounds"]] == [
            _text(gone) for gone in table.gone
        ]
        assert [(one["stage"], one["purpose"], one["chosen"][0]) for one in sheet["draws"]] == table.lots


def test_these_elections_show_all_that_can_happen(counted: list[Election]) -> None:
    """Else it would say little that others agree."""
    seen: Counter[str] = Counter()
    for _paper, sheet, table in counted:
        seen["mixed values"] += table.was_mixed
        seen["last seats without a quota"] += bool(sheet["rounds"][-1]["without_quota"])
        for one in sheet["rounds"]:
            seen[one["action"]] += 1
            if one["tie"]:
                seen[f"tie at {one['action']} settled by {one['tie']['by']}"] += 1
    assert seen == {
        "first": 3_000,
        "surplus": 1_818,
        "exclusion": 6_197,
        "mixed values": 825,
        "last seats without a quota": 587,
        "tie at exclusion settled by stage": 345,
        "tie at exclusion settled by draw": 1_399,
        "tie at surplus settled by draw": 39,
    }


def test_countbacks_are_the_same_by_hand() -> None:
    """Some have left, some keep their seats. Those always do, nobody who left is elected, and every seat is filled."""
    seen: Counter[str] = Counter()
    for paper in countbacks(1926, 1_000):
        sheet, table = count(paper), count_by_hand(paper)
        assert sheet["outcome"]["elected"] == table.elected
        assert [_exact(one["votes"]) for one in sheet["rounds"]] == [
            _texts(totals) for totals in table.stages
        ]
        assert [(one["stage"], one["purpose"], one["chosen"][0]) for one in sheet["draws"]] == table.lots
        elected, left = set(table.elected), len(paper["options"]) - len(paper["withdrawn"])
        assert set(paper["guarded"]) <= elected
        assert elected.isdisjoint(paper["withdrawn"])
        assert len(elected) == min(paper["seats"], left)
        seen["guarded without any vote at the end"] += any(
            one["votes"]["exact"] == "0" for one in sheet["options"] if one["is_guarded"]
        )
        seen["a draw for the last free seat"] += any(one["purpose"] == "elect" for one in sheet["draws"])
    assert seen == {"guarded without any vote at the end": 146, "a draw for the last free seat": 4}


def _texts(totals: dict[str, Any]) -> dict[str, str]:
    return {name: _text(total) for name, total in totals.items()}


def _text(number: Any) -> str:
    """Written in another way than ours."""
    whole = int(number)
    return " ".join(str(part) for part in (whole, number - whole) if part) or "0"


def _exact(votes: dict[str, dict[str, str]]) -> dict[str, str]:
    return {name: number["exact"] for name, number in votes.items()}


@pytest.mark.parametrize(
    ("oracle", "excuse", "compared", "excused"),
    [
        pytest.param(
            oracles.votelib,
            oracles.not_by_votelib,
            1_745,
            {oracles.UNNAMED: 110, oracles.TIE: 907, oracles.AT_ONCE: 238},
            id="votelib",
        ),
        pytest.param(
            oracles.stvpoll,
            oracles.not_by_stvpoll,
            2_377,
            {oracles.TOGETHER: 473, oracles.CLOSE: 150},
            id="stvpoll",
        ),
        pytest.param(
            oracles.pyrankvote_,
            oracles.not_by_pyrankvote,
            1_193,
            {oracles.TIE: 982, oracles.AT_ONCE: 239, oracles.MIXED: 430, oracles.SEVERAL: 156},
            id="pyrankvote",
        ),
    ],
)
def test_another_program_elects_the_same(
    counted: list[Election],
    oracle: Callable[..., set[str]],
    excuse: Callable[..., str],
    compared: int,
    excused: dict[str, int],
) -> None:
    """Each class that can't be compared is named, with how many there are; all the others agree."""
    reasons: Counter[str] = Counter()
    different = []
    for paper, sheet, table in counted:
        reason = excuse(paper, sheet, table)
        reasons[reason] += 1
        if not reason and oracle(paper, sheet) != set(sheet["outcome"]["elected"]):
            different.append(paper)
    assert different == []
    assert (reasons.pop(""), reasons) == (compared, excused)
