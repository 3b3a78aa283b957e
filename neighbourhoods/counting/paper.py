"""The paper: everything that a count needs, as it is published. Read once, strictly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from neighbourhoods.counting.canon import canonical, input_hash
from neighbourhoods.counting.choices import LARGEST, BadChoice, check_choice
from neighbourhoods.counting.methods import INVALID, Method

FORMAT: Final = "socialcoin-count/1"
# Exact fractions grow with each surplus: every further seat doubles their digits at worst.
MOST_SEATS: Final = 15
MOST_OPTIONS: Final = 200
LONGEST_KEY: Final = 100

_NAMES = frozenset({
    "format", "method", "options", "seats", "low", "high", "step", "present", "withdrawn", "guarded", "seed", "roll",
    "rules", "ballots",
})  # fmt: skip
_RULES = frozenset({"turnout_quorum", "approval_quorum", "majority", "is_strict", "blanks_count"})
_SEED = re.compile(r"[0-9a-f]{2,128}", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")

Part = tuple[int, int]  # a fraction: numerator, denominator


class BadPaper(ValueError):
    """This paper can't be counted. The sentence says what is wrong with it, and where."""


@dataclass(frozen=True)
class Rules:
    """What is needed to decide. Quorums are parts of the roll, the majority is a part of the votes."""

    turnout_quorum: Part
    approval_quorum: Part
    majority: Part
    is_strict: bool
    blanks_count: bool


@dataclass(frozen=True)
class Paper:
    """A paper that was read and found right. Amounts are in minor units."""

    method: Method
    options: tuple[str, ...]
    seats: int | None
    low: int | None
    high: int | None
    step: int | None
    present: int | None
    withdrawn: frozenset[str]
    guarded: frozenset[str]
    seed: str
    roll_size: int
    channels: dict[str, int]
    rules: Rules
    choices: tuple[Any, ...]  # of all ballots, each in its canonical form or INVALID
    hash: str

    @property
    def places(self) -> int:
        """The seats of a method that has them."""
        return self.seats or 0


def read(paper: Any) -> Paper:
    """This will check a paper.

    :raises BadPaper: at the first thing that is wrong.
    """
    _need(isinstance(paper, dict), "The paper is not an object.")
    _names(paper, _NAMES, "the paper")
    _need(paper["format"] == FORMAT, f"The format is not “{FORMAT}”.")
    try:
        method = Method(paper["method"])
    except (ValueError, TypeError):
        raise BadPaper(f"The method is none of {', '.join(Method)}.") from None
    options = _options(paper["options"], method)
    known = frozenset(options)
    withdrawn, guarded = (_some(paper[name], known, name) for name in ("withdrawn", "guarded"))
    seats = _seats(paper["seats"], method)
    _need(not withdrawn & guarded, "An option is both withdrawn and guarded.")
    _need(len(guarded) <= (seats or 0), "More options are guarded than there are seats.")
    _need(seats is not None or not withdrawn, "Only a vote about seats has withdrawn options.")
    low, high, step, present = _amounts(paper, method)
    seed, (size, channels) = paper["seed"], _roll(paper["roll"])
    _need(isinstance(seed, str) and bool(_SEED.fullmatch(seed)), "The seed is not of hexadecimal digits.")
    choices = _ballots(paper, method, options)
    _need(len(choices) <= size, "There are more ballots than people on the roll.")
    return Paper(
        method=method, options=options, seats=seats, low=low, high=high, step=step, present=present,
        withdrawn=withdrawn, guarded=guarded, seed=seed, roll_size=size, channels=channels,
        rules=_rules(paper["rules"]), choices=choices, hash=_hash(paper),
    )  # fmt: skip


def _hash(paper: dict[str, Any]) -> str:
    try:
        return input_hash(paper)
    except UnicodeEncodeError:
        raise BadPaper("A text in the paper can't be written in UTF-8.") from None


def _need(is_right: bool, sentence: str) -> None:
    if not is_right:
        raise BadPaper(sentence)


def _names(found: dict[Any, Any], wanted: frozenset[str], where: str) -> None:
    missing, odd = wanted - found.keys(), found.keys() - wanted
    _need(not missing, f"In {where} is missing: {', '.join(sorted(missing))}.")
    _need(not odd, f"In {where} is what does not belong there: {', '.join(sorted(map(ascii, odd)))}.")


def _is_int(value: Any, low: int = 0, high: int = LARGEST) -> bool:
    return type(value) is int and low <= value <= high


def _options(found: Any, method: Method) -> tuple[str, ...]:
    _need(
        isinstance(found, list) and len(found) <= MOST_OPTIONS,
        f"The options are no list of {MOST_OPTIONS} at most.",
    )
    _need(bool(found) or method is Method.MEDIAN, "There are no options.")
    for place, key in enumerate(found, 1):
        _need(isinstance(key, str) and _is_key(key), f"The key of option {place} is not usable.")
    _need(len(set(found)) == len(found), "An option stands there twice.")
    return tuple(found)


def _is_key(key: str) -> bool:
    return bool(key) and key == key.strip() and len(key) <= LONGEST_KEY and not _CONTROLS.search(key)


def _some(found: Any, known: frozenset[str], name: str) -> frozenset[str]:
    _need(
        isinstance(found, list) and all(isinstance(key, str) for key in found),
        f"“{name}” is not a list of keys.",
    )
    _need(set(found) <= known, f"“{name}” names an unknown option.")
    _need(len(set(found)) == len(found), f"“{name}” names an option twice.")
    return frozenset(found)


def _seats(found: Any, method: Method) -> int | None:
    if method in (Method.YES_NO, Method.MEDIAN):
        _need(found is None, f"A vote by {method} has no seats.")
        return None
    _need(_is_int(found, 1, MOST_SEATS), f"The seats are not a number from 1 to {MOST_SEATS}.")
    return int(found)


def _amounts(paper: dict[str, Any], method: Method) -> tuple[int | None, int | None, int | None, int | None]:
    found = [paper[name] for name in ("low", "high", "step", "present")]
    low, high, step, present = found
    if method is not Method.MEDIAN:
        _need(found == [None] * 4, f"A vote by {method} has no amounts.")
        return None, None, None, None
    for name, value in zip(("low", "high", "present"), (low, high, present), strict=True):
        _need(value is None or _is_int(value, -LARGEST), f"“{name}” is not a whole amount.")
    _need(step is None or _is_int(step, 1), "“step” is not a whole amount of one or more.")
    _need(low is None or high is None or low <= high, "The lower bound is above the upper one.")
    return low, high, step, present


def _roll(found: Any) -> tuple[int, dict[str, int]]:
    _need(isinstance(found, dict), "The roll is not an object.")
    _names(found, frozenset({"size", "channels"}), "the roll")
    size, channels = found["size"], found["channels"]
    _need(_is_int(size), "The size of the roll is not a whole number.")
    _need(
        isinstance(channels, dict) and all(isinstance(name, str) and _is_key(name) for name in channels),
        "The channels of the roll are not an object.",
    )
    _need(all(_is_int(count) for count in channels.values()), "A channel of the roll is not a whole number.")
    _need(sum(channels.values()) <= size, "More people are marked on the roll than it has.")
    return size, {name: channels[name] for name in sorted(channels)}


def _rules(found: Any) -> Rules:
    _need(isinstance(found, dict), "The rules are not an object.")
    _names(found, _RULES, "the rules")
    turnout, approval, majority = (
        _part(found[name], name) for name in ("turnout_quorum", "approval_quorum", "majority")
    )
    for name in ("is_strict", "blanks_count"):
        _need(type(found[name]) is bool, f"“{name}” is neither true nor false.")
    return Rules(turnout, approval, majority, found["is_strict"], found["blanks_count"])


def _part(found: Any, name: str) -> Part:
    is_pair = isinstance(found, list) and len(found) == 2 and _is_int(found[0]) and _is_int(found[1], 1)
    _need(is_pair and found[0] <= found[1], f"“{name}” is not a fraction from 0 to 1.")
    return found[0], found[1]


def _ballots(paper: dict[str, Any], method: Method, options: tuple[str, ...]) -> tuple[Any, ...]:
    found = paper["ballots"]
    _need(isinstance(found, list), "The ballots are not a list.")
    low, high, step = paper["low"], paper["high"], paper["step"]

    def check(choice: Any) -> Any:
        return check_choice(method, choice, options=options, low=low, high=high, step=step)

    choices = tuple(_ballot(ballot, place, check) for place, ballot in enumerate(found, 1))
    _in_order(found)
    receipts = [receipt for _choice, receipt in found if receipt is not None]
    _need(len(set(receipts)) == len(receipts), "A receipt code stands there twice.")
    return choices


def _ballot(ballot: Any, place: int, check: Callable[[Any], Any]) -> Any:
    _need(isinstance(ballot, list) and len(ballot) == 2, f"Ballot {place} is not a choice and a receipt.")
    choice, receipt = ballot
    _need(
        receipt is None or (isinstance(receipt, str) and _is_key(receipt)),
        f"Ballot {place} has no usable receipt.",
    )
    if choice == INVALID:
        return INVALID
    try:
        checked = check(choice)
    except BadChoice as error:
        raise BadPaper(f"Ballot {place} can't be counted: {error.code}.") from None
    _need(checked == choice, f"Ballot {place} is not in its canonical form.")
    return checked


def _in_order(ballots: Iterable[Any]) -> None:
    before = ""
    for place, ballot in enumerate(ballots, 1):
        text = canonical(ballot)
        _need(before <= text, f"The ballots are not sorted: ballot {place} comes too late.")
        before = text
