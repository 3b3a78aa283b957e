"""Codes of vouchers: ten signs that can be read aloud, the last of which checks the others (`core.spoken`).

Two signs shorter than an address, so that nobody types one for the other.
"""

from __future__ import annotations

from core import spoken

CODE_LENGTH = 10
GROUP = 5


def new_code() -> str:
    """A fresh code, at random: nobody guesses another's from their own."""
    return spoken.new_code(CODE_LENGTH)


def in_groups(code: str) -> str:
    """As people read it: "7KQ4M 2PX9D"."""
    return spoken.in_groups(code, GROUP)


def first_signs(code: str) -> str:
    """Enough to find it on a list, and not enough to take it; room to write the rest: "7KQ4M _____"."""
    return f"{code[:GROUP]} {'_' * (CODE_LENGTH - GROUP)}"


def parse_code(typed: str) -> str | None:
    """What somebody typed or scanned, as it is stored; None when it cannot be a code."""
    return spoken.parse_code(typed, CODE_LENGTH)
