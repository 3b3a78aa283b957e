"""Words in lines of a width."""

from __future__ import annotations

from collections.abc import Callable

Measure = Callable[[str], float]


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text; a word that no line holds is cut. Empty lines stay."""
    return [line for part in text.split("\n") for line in _of_one(part.split(), width, measure)]


def _of_one(words: list[str], width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line, filled, space = "", 0.0, measure(" ")
    for word in (piece for one in words for piece in _pieces(one, width, measure)):
        wide = measure(word)
        if line and filled + space + wide > width:
            lines.append(line)
            line, filled = "", 0.0
        filled += wide + (space if line else 0)
        line = f"{line} {word}" if line else word
    return [*lines, line]


def _pieces(word: str, width: float, measure: Measure) -> list[str]:
    """A word as it is, or in pieces that each fit."""
    if measure(word) <= width:
        return [word]
    pieces = [""]
    for sign in word:
        if pieces[-1] and measure(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces
