"""The sheet: all that a count comes to."""

from __future__ import annotations

from typing import Any, Final

from neighbourhoods.counting import others, quorums
from neighbourhoods.counting.choices import is_blank
from neighbourhoods.counting.draws import Draws
from neighbourhoods.counting.methods import INVALID, Method
from neighbourhoods.counting.numbers import votes
from neighbourhoods.counting.paper import Paper, read
from neighbourhoods.counting.stv import Stv

RESULT: Final = "socialcoin-result/1"
# Raised whenever the same paper could come to another sheet.
VERSION: Final = "1"


def count(paper: Any) -> dict[str, Any]:
    """This will count a paper. The same paper gives the same sheet, bit for bit, on every machine.

    :raises BadPaper: when it is malformed.
    """
    checked = read(paper)
    not_invalid = [choice for choice in checked.choices if choice != INVALID]
    valid = [choice for choice in not_invalid if not is_blank(checked.method, choice)]
    turnout = quorums.turnout(checked.rules, cast=len(checked.choices), roll=checked.roll_size)
    draws = Draws(checked.seed, checked.hash, checked.options)
    sheet = {
        "format": RESULT,
        "version": VERSION,
        "method": str(checked.method),
        "input_hash": checked.hash,
        "roll_size": checked.roll_size,
        "channels": checked.channels,
        "marked": sum(checked.channels.values()),
        "cast": len(checked.choices),
        "valid": len(valid),
        "blank": len(not_invalid) - len(valid),
        "invalid": len(checked.choices) - len(not_invalid),
        "seats": checked.seats,
        "rounds": [],
        "quota": None,
        "median": None,
        "quorums": {"turnout": turnout, "options": []},
    }
    _count_by_method(sheet, checked, not_invalid, valid, draws)
    return sheet | {"draws": draws.records}


def _count_by_method(
    sheet: dict[str, Any], paper: Paper, not_invalid: list[Any], valid: list[Any], draws: Draws
) -> None:
    sums = sheet["quorums"]
    has_quorum: bool = sums["turnout"]["is_reached"]
    match paper.method:
        case Method.YES_NO:
            found = others.yes_no(paper, not_invalid, has_quorum=has_quorum)
            sheet["options"], sums["options"], sheet["outcome"] = found
        case Method.APPROVAL:
            found = others.approval(paper, valid, draws, has_quorum=has_quorum)
            sheet["options"], sums["options"], sheet["outcome"] = found
        case Method.MEDIAN:
            sheet["options"], sheet["median"], sheet["outcome"] = others.median(
                paper, valid, has_quorum=has_quorum
            )
        case Method.STV:
            _count_stv(sheet, paper, valid, draws, has_quorum=has_quorum)


def _count_stv(
    sheet: dict[str, Any], paper: Paper, valid: list[Any], draws: Draws, *, has_quorum: bool
) -> None:
    """Without a quorum, or without any valid ballot, nothing is transferred and nobody is elected."""
    stv = Stv(paper, draws, valid)
    sheet["quota"] = stv.quota
    first = {option: int(found) for option, found in stv.piles.votes.items()}
    if has_quorum and valid:
        stv.run()
    sheet["options"] = [_figures(stv, option, first.get(option, 0)) for option in paper.options]
    sheet["rounds"] = stv.rounds
    sheet["outcome"] = {"has_quorum": has_quorum, "elected": stv.elected}


def _figures(stv: Stv, option: str, first: int) -> dict[str, Any]:
    """How an option began and ended, and the stage at which it was elected or excluded."""
    elected_at = next((one["stage"] for one in stv.rounds if option in one["elected"]), None)
    return {
        "option": option,
        "first": first,
        "is_guarded": option in stv.paper.guarded,
        "is_elected": elected_at is not None,
        "status": _status(stv, option, is_elected=elected_at is not None),
        "stage": elected_at or stv.left_at.get(option),
        "votes": votes(stv.piles.votes[option]) if option in stv.piles.votes else None,
    }


def _status(stv: Stv, option: str, *, is_elected: bool) -> str:
    if is_elected:
        return "elected"
    if option in stv.paper.withdrawn:
        return "withdrawn"
    return "excluded" if option in stv.left_at else "standing"
