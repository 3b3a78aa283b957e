"""Other people's programs that count STV, and where their rules are not ours.

Each has a function that counts and one that names why an election can't be compared: the name of a class, found from
the election itself and never from the outcome. What is in no class must come out the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any
from unittest import mock

import pyrankvote
from pyrankvote.helpers import ElectionManager
from stvpoll.scottish_stv import calculate_scottish_stv
from stvpoll.tiebreak_strategies import TiebreakHistory
from stvpoll.types import SelectionMethod
from votelib.evaluate.core import Plurality
from votelib.evaluate.sequential import TransferableVoteSelector

from tests.neighbourhoods.counting.by_hand import Table

Paper = dict[str, Any]
Sheet = dict[str, Any]

AT_ONCE = "two surpluses at once: it passes them on together"
TOGETHER = "two elected together, one with a surplus: it passes that on to the other"
TIE = "a tie: it has no rule of ours for it"
UNNAMED = "a candidate that no ballot names: it does not know of them"
MIXED = "papers of different value move together: it gives each the average"
SEVERAL = "it excludes several at once"
CLOSE = "closer than it reckons"


def rankings(paper: Paper) -> Counter[tuple[str, ...]]:
    return Counter(tuple(choice) for choice, _receipt in paper["ballots"])


# --- votelib: exact fractions, no rule for ties -----------------------------------------------------------------------


def votelib(paper: Paper, sheet: Sheet) -> set[str]:
    """Its own way of finding the lowest counts the spent papers as a candidate, so it is told to use another of its."""
    selector = TransferableVoteSelector(quota_function="droop", retainer=Plurality())
    return set(selector.evaluate(dict(rankings(paper)), paper["seats"]))


def not_by_votelib(paper: Paper, sheet: Sheet, table: Table) -> str:
    if set(paper["options"]) - {name for ranking in rankings(paper) for name in ranking}:
        return UNNAMED
    if any(one["tie"] for one in sheet["rounds"]):
        return TIE
    return AT_ONCE if surpluses_at_once(sheet, table) else ""


# --- stvpoll: the Scottish rules, five decimals -----------------------------------------------------------------------


class OurLots:
    """A way to break ties for stvpoll: who was drawn from among the same candidates. Else it has none."""

    method = SelectionMethod.TiebreakRandom

    def __init__(self, sheet: Sheet) -> None:
        self.lots = {frozenset(draw["between"]): draw["chosen"][0] for draw in sheet["draws"]}

    def resolve(self, candidates: tuple[str, ...], history: object, lowest: bool = False) -> str:
        return str(self.lots[frozenset(candidates)])

    def get_result_dict(self) -> dict[str, str]:
        return {}


def stvpoll(paper: Paper, sheet: Sheet) -> set[str]:
    """It looks back at the stages before as we do; only the lots are ours."""
    result = calculate_scottish_stv(
        tuple(paper["options"]),
        list(rankings(paper).items()),
        paper["seats"],
        tiebreak_strategies=(TiebreakHistory(), OurLots(sheet)),
    )
    return set(result.elected_as_tuple())


def not_by_stvpoll(paper: Paper, sheet: Sheet, table: Table) -> str:
    if elected_together(sheet, table):
        return TOGETHER
    return CLOSE if is_close(sheet, table, Fraction(1, 100)) else ""


# --- pyrankvote: floating numbers, each paper an equal part of a surplus ----------------------------------------------


def pyrankvote_(paper: Paper, sheet: Sheet) -> set[str]:
    """Its quota is a vote by so many parts, not a whole number: it is told ours, less what it takes off for safety."""
    people = {name: pyrankvote.Candidate(name) for name in paper["options"]}
    ballots = [
        pyrankvote.Ballot([people[name] for name in ranking])
        for ranking, times in rankings(paper).items()
        for _ in range(times)
    ]
    told = (sheet["quota"] - 0.00001) * (paper["seats"] + 1)
    with mock.patch.object(ElectionManager, "get_number_of_non_exhausted_ballots", return_value=told):
        result = pyrankvote.single_transferable_vote(list(people.values()), ballots, paper["seats"])
    return {winner.name for winner in result.get_winners()}


def not_by_pyrankvote(paper: Paper, sheet: Sheet, table: Table) -> str:
    if any(one["tie"] for one in sheet["rounds"]):
        return TIE
    if surpluses_at_once(sheet, table):
        return AT_ONCE
    if table.was_mixed:
        return MIXED
    if excludes_several(sheet, table):
        return SEVERAL
    return CLOSE if is_close(sheet, table, Fraction(1, 100)) else ""


# --- What happened ----------------------------------------------------------------------------------------------------


def _exclusions(sheet: Sheet, table: Table) -> Iterator[tuple[dict[str, Fraction], int, bool]]:
    """Before each: the votes of those who continued, the seats left, and whether any surplus had been passed on."""
    out: set[str] = set()
    seats = sheet["seats"]
    fractions = False
    for totals, done, following in zip(table.stages, sheet["rounds"], sheet["rounds"][1:], strict=False):
        fractions |= done["action"] == "surplus"
        out |= {done["of"], *done["elected"]}
        seats -= len(done["elected"])
        if following["action"] == "exclusion":
            yield {name: total for name, total in totals.items() if name not in out}, seats, fractions


def surpluses_at_once(sheet: Sheet, table: Table) -> bool:
    """Whether two waited at the same time, and it was not over yet."""
    waiting: set[str] = set()
    for totals, done in zip(table.stages[:-1], sheet["rounds"], strict=False):
        waiting -= {done["of"]}
        waiting |= {name for name in done["elected"] if totals[name] > sheet["quota"]}
        if len(waiting) > 1:
            return True
    return False


def elected_together(sheet: Sheet, table: Table) -> bool:
    """Whether two were elected at one stage, not the last, and one of them had more than the quota."""
    return any(
        len(done["elected"]) > 1 and max(totals[name] for name in done["elected"]) > sheet["quota"]
        for totals, done in zip(table.stages[:-1], sheet["rounds"], strict=False)
    )


def excludes_several(sheet: Sheet, table: Table) -> bool:
    """Whether somebody who is not the last had, with all below them, no more votes than the one above."""
    for standing, seats, _fractions in _exclusions(sheet, table):
        votes = sorted(standing.values(), reverse=True)
        if any(sum(votes[place:]) <= votes[place - 1] for place in range(max(seats, 1), len(votes) - 1)):
            return True
    return False


def is_close(sheet: Sheet, table: Table, margin: Fraction) -> bool:
    """Whether fractions of votes had to decide by less than this who leaves, or who has the quota."""
    for standing, _seats, has_fractions in _exclusions(sheet, table):
        lowest, second, *_others = sorted(standing.values())
        if has_fractions and second - lowest < margin:
            return True
    return any(
        total.denominator > 1 and abs(total - sheet["quota"]) < margin
        for totals in table.stages
        for total in totals.values()
    )
