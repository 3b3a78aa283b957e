"""What may stand on a ballot, method by method."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from neighbourhoods.counting.methods import Method

ANSWERS: Final = ("yes", "no", "blank")
# The largest whole number that every program which reads JSON keeps as it is.
LARGEST: Final = 2**53 - 1


class BadChoice(ValueError):
    """This choice can't be cast. `code` says what is wrong with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_choice(
    method: Method | str,
    choice: Any,
    *,
    options: Sequence[str],
    low: int | None = None,
    high: int | None = None,
    step: int | None = None,
) -> Any:
    """This will return the choice in its canonical form.

    The mark INVALID of a paper ballot is no choice: nobody casts it, whoever enters paper writes it down.

    :raises BadChoice: `shape` (it is not of the kind that the method asks for), `unknown_option`, `twice`,
        `missing` (an option without an answer), `unknown_answer`, `out_of_bounds`, `off_step`.
    """
    match Method(method):
        case Method.STV:
            return _keys(choice, options)
        case Method.APPROVAL:
            return sorted(_keys(choice, options))
        case Method.YES_NO:
            return _answers(choice, options)
        case Method.MEDIAN:
            return _amount(choice, low, high, step)


def is_blank(method: Method, choice: Any) -> bool:
    """Whether nothing was chosen. `choice` is in its canonical form and not INVALID."""
    if method is Method.MEDIAN:
        return choice is None
    if method is Method.YES_NO:
        return all(answer == "blank" for answer in choice.values())
    return not choice


def _keys(choice: Any, options: Collection[str]) -> list[str]:
    if not isinstance(choice, list | tuple) or not {str}.issuperset(map(type, choice)):
        raise BadChoice("shape")
    chosen = set(choice)
    if not chosen <= set(options):
        raise BadChoice("unknown_option")
    if len(chosen) != len(choice):
        raise BadChoice("twice")
    return list(choice)


def _answers(choice: Any, options: Sequence[str]) -> dict[str, str]:
    if not isinstance(choice, dict):
        raise BadChoice("shape")
    if not choice.keys() <= set(options):
        raise BadChoice("unknown_option")
    if len(choice) != len(options):
        raise BadChoice("missing")
    if not all(isinstance(answer, str) and answer in ANSWERS for answer in choice.values()):
        raise BadChoice("unknown_answer")
    return {option: choice[option] for option in options}


def _amount(choice: Any, low: int | None, high: int | None, step: int | None) -> int | None:
    """The steps begin at the lower bound, or at zero when there is none, as in a number field of a page."""
    if choice is None:
        return None
    if type(choice) is not int:  # True is an int to Python, and no amount to anybody
        raise BadChoice("shape")
    if not (-LARGEST if low is None else low) <= choice <= (LARGEST if high is None else high):
        raise BadChoice("out_of_bounds")
    if step is not None and (choice - (low or 0)) % step:
        raise BadChoice("off_step")
    return choice
