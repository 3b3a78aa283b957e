"""Papers for tests: whole and right, with what a test is about in place of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from neighbourhoods.counting import FORMAT, canonical

SEED = "5eed" * 16
OPEN = {  # rules that stop nothing
    "turnout_quorum": [0, 1],
    "approval_quorum": [0, 1],
    "majority": [1, 2],
    "is_strict": True,
    "blanks_count": False,
}


def paper(method: str, choices: Iterable[Any], **others: Any) -> dict[str, Any]:
    """A paper with these choices, all of them cast online by as many people as the roll has."""
    ballots = sorted(([choice, None] for choice in choices), key=canonical)
    rules = OPEN | others.pop("rules", {})
    size = others.pop("size", len(ballots))
    return {
        "format": FORMAT,
        "method": method,
        "options": ["A", "B", "C"],
        "seats": None,
        "low": None,
        "high": None,
        "step": None,
        "present": None,
        "withdrawn": [],
        "guarded": [],
        "seed": SEED,
        "roll": {"size": size, "channels": {"ONLINE": len(ballots)}},
        "rules": rules,
        "ballots": ballots,
        **others,
    }


def stv(
    piles: dict[str, int] | Sequence[str], *, seats: int, options: str | list[str], **others: Any
) -> dict[str, Any]:
    """`piles` are rankings, a letter for each candidate: how many cast each, or a list of them."""
    rankings = (
        [ranking for ranking, times in piles.items() for _ in range(times)]
        if isinstance(piles, dict)
        else piles
    )
    return paper("STV", [list(one) for one in rankings], seats=seats, options=list(options), **others)


def approval(choices: Sequence[str], *, seats: int, options: str = "ABC", **others: Any) -> dict[str, Any]:
    return paper("APPROVAL", [sorted(one) for one in choices], seats=seats, options=list(options), **others)


def yes_no(*, yes: int = 0, no: int = 0, blank: int = 0, **others: Any) -> dict[str, Any]:
    """One question."""
    answers = ["yes"] * yes + ["no"] * no + ["blank"] * blank
    return paper("YES_NO", [{"A": answer} for answer in answers], options=["A"], **others)


def median(amounts: Sequence[int | None], **others: Any) -> dict[str, Any]:
    return paper("MEDIAN", amounts, **{"options": [], "low": 0, "high": 1000, "step": 1, **others})
