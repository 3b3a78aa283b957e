"""Quorums and majorities, each written out as the sum that it is. Whole numbers only."""

from __future__ import annotations

from typing import Any

from neighbourhoods.counting.paper import Part, Rules


def turnout(rules: Rules, *, cast: int, roll: int) -> dict[str, Any]:
    """Whether enough people voted. Blank and invalid ballots are votes cast."""
    needed = _at_least(rules.turnout_quorum, roll)
    return {
        "cast": cast, "roll": roll, "quorum": list(rules.turnout_quorum), "needed": needed,
        "is_reached": cast >= needed,
    }  # fmt: skip


def approval(rules: Rules, *, votes: int, roll: int) -> dict[str, Any]:
    """Whether enough of all on the roll are in favour; one of them in any case."""
    needed = max(1, _at_least(rules.approval_quorum, roll))
    return {
        "votes": votes, "roll": roll, "quorum": list(rules.approval_quorum), "needed": needed,
        "is_reached": votes >= needed,
    }  # fmt: skip


def majority(rules: Rules, *, yes: int, no: int, blank: int) -> dict[str, Any]:
    """Whether enough of those who answered are in favour; one of them in any case."""
    base = yes + no + (blank if rules.blanks_count else 0)
    least = _more_than(rules.majority, base) if rules.is_strict else _at_least(rules.majority, base)
    needed = max(1, least)
    return {
        "votes": yes, "of": base, "majority": list(rules.majority), "is_strict": rules.is_strict, "needed": needed,
        "is_reached": yes >= needed,
    }  # fmt: skip


def _at_least(part: Part, whole: int) -> int:
    """The smallest number that is no less than this part of the whole."""
    return -(-part[0] * whole // part[1])


def _more_than(part: Part, whole: int) -> int:
    """The smallest number that is more than this part of the whole."""
    return part[0] * whole // part[1] + 1
