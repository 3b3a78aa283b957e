"""Words that people type, made fit to be shown on one line anywhere: on a page, in a file, in a feed."""

from __future__ import annotations

from typing import Final

JOINERS: Final = (
    "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # Persian words and some drawn signs fall apart without
)


def one_line(text: str) -> str:
    """The same words on one line, with a space for each sign that cannot be seen. Signs that steer how text runs are
    left out too: they could show another amount than is meant. Empty when nothing is left to see."""
    kept = "".join(sign if sign.isprintable() or sign in JOINERS else " " for sign in text)
    return " ".join(kept.split()) if kept.strip(f"{JOINERS} ") else ""
