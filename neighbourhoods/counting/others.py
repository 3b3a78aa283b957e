"""Yes or no, approval, and the median: the methods that need no rounds."""

from __future__ import annotations

from collections import Counter
from typing import Any

from neighbourhoods.counting import quorums
from neighbourhoods.counting.draws import Draws
from neighbourhoods.counting.paper import Paper

Figures = list[dict[str, Any]]


def yes_no(paper: Paper, choices: list[Any], *, has_quorum: bool) -> tuple[Figures, Figures, dict[str, Any]]:
    """Each option by itself: figures, sums and outcome. `choices` are all ballots that are not INVALID."""
    figures: Figures = []
    sums: Figures = []
    for option in paper.options:
        counted = Counter(choice[option] for choice in choices)
        yes, no, blank = (counted[answer] for answer in ("yes", "no", "blank"))
        approval = quorums.approval(paper.rules, votes=yes, roll=paper.roll_size)
        majority = quorums.majority(paper.rules, yes=yes, no=no, blank=blank)
        is_adopted = has_quorum and approval["is_reached"] and majority["is_reached"]
        figures.append({"option": option, "yes": yes, "no": no, "blank": blank, "is_adopted": is_adopted})
        sums.append({"option": option, "approval": approval, "majority": majority})
    adopted = [one["option"] for one in figures if one["is_adopted"]]
    return figures, sums, {"has_quorum": has_quorum, "adopted": adopted}


def approval(
    paper: Paper, choices: list[Any], draws: Draws, *, has_quorum: bool
) -> tuple[Figures, Figures, dict[str, Any]]:
    """The options with most approvals, as many as there are seats. Nobody gets a seat without any approval."""
    counted = Counter(option for choice in choices for option in choice)
    sums: Figures = [
        {
            "option": option,
            "approval": quorums.approval(paper.rules, votes=counted[option], roll=paper.roll_size),
        }
        for option in paper.options
    ]
    elected: list[str] = []
    if has_quorum:
        reached = [one["option"] for one in sums if one["approval"]["is_reached"]]
        elected = _most_approved(paper, counted, reached, draws)
    figures = [
        {"option": option, "approvals": counted[option], "is_withdrawn": option in paper.withdrawn,
         "is_guarded": option in paper.guarded, "is_elected": option in elected}
        for option in paper.options
    ]  # fmt: skip
    return figures, sums, {"has_quorum": has_quorum, "elected": elected}


def _most_approved(paper: Paper, counted: Counter[str], reached: list[str], draws: Draws) -> list[str]:
    """The guarded keep their seats; the others get what is left, and a draw decides who of equals does not."""
    free = paper.places - len(paper.guarded)
    others = [option for option in reached if option not in paper.withdrawn | paper.guarded]
    others.sort(key=lambda option: -counted[option])
    if len(others) > free:
        last = counted[others[free - 1]] if free else 0
        sure = [option for option in others if counted[option] > last] if free else []
        tied = [option for option in others if counted[option] == last] if free else []
        if len(sure) + len(tied) > free:
            tied = draws.pick(tied, stage=1, purpose="elect", count=free - len(sure))
        others = sure + tied
    kept = [option for option in paper.options if option in paper.guarded]
    return sorted(kept + others, key=lambda option: -counted[option])


def median(
    paper: Paper, choices: list[Any], *, has_quorum: bool
) -> tuple[Figures, dict[str, Any], dict[str, Any]]:
    """The middle amount, and how it was found. `choices` are the valid ones.

    With an even number of amounts, none included, the present amount is counted once more: so there always is a middle
    one, and nobody gains by not saying what they think (H. Moulin, On strategy-proofness and single peakedness, Public
    Choice 35, 1980). Without a present amount the one that is added is below all others.
    """
    amounts = sorted(choices)
    adds_present = len(amounts) % 2 == 0
    middle = _middle(amounts, paper.present) if adds_present else amounts[len(amounts) // 2]
    figures = [{"amount": amount, "votes": votes} for amount, votes in sorted(Counter(amounts).items())]
    outcome = {"has_quorum": has_quorum, "amount": middle if has_quorum else paper.present}
    return figures, {"present": paper.present, "adds_present": adds_present, "middle": middle}, outcome


def _middle(amounts: list[int], present: int | None) -> int | None:
    """The middle one of an even number of amounts and the present one."""
    if not amounts:
        return present
    if present is None:
        return amounts[len(amounts) // 2 - 1]
    return sorted([*amounts, present])[len(amounts) // 2]
