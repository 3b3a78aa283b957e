"""Codes that can be read aloud: signs that nobody takes for one another, the last of which checks the others.

No vowels, so that no word comes about; none of the signs that look alike (0 and O, 1, I and L). The check is ISO/IEC
7064, hybrid system MOD 29,28: every single wrong sign and nearly every exchange of two is found.
"""

from __future__ import annotations

import secrets
import unicodedata

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_code(length: int) -> str:
    """A fresh one, at random: nobody guesses another's from their own."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + mod_37_36.calc_check_digit(body, ALPHABET)


def in_groups(code: str, size: int) -> str:
    """As people read it, in groups of so many signs."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def parse_code(typed: str, length: int) -> str | None:
    """What somebody typed or scanned, as it is stored; None when it cannot be such a code.

    Small letters, spaces and dashes are let pass.
    """
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFKC", typed).upper()
        if not sign.isspace() and sign not in "-‐‑–"
    )
    if len(kept) != length:
        return None
    try:
        mod_37_36.validate(kept, ALPHABET)
    except ValidationError:
        return None
    return kept
