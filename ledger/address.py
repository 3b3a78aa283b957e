"""Addresses of accounts: twelve signs that can be read aloud, the last of which checks the others.

No vowels, so that no word comes about; none of the signs that are taken for one another (0 and O, 1, I and L). The
check is ISO/IEC 7064, hybrid system MOD 29,28: every single wrong sign and nearly every exchange of two is found.
"""

from __future__ import annotations

import secrets
import unicodedata

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
ADDRESS_LENGTH = 12
GROUP = 4


def new_address() -> str:
    """A fresh address, at random: nobody guesses another's from their own."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(ADDRESS_LENGTH - 1))
    return body + mod_37_36.calc_check_digit(body, ALPHABET)


def in_groups(address: str) -> str:
    """As people read it: "7KQ4 M2PX 9DTZ"."""
    return " ".join(address[start : start + GROUP] for start in range(0, len(address), GROUP))


def parse_address(typed: str) -> str | None:
    """What somebody typed or scanned, as it is stored; None when it cannot be an address.

    Small letters, spaces and dashes are let pass.
    """
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFKC", typed).upper()
        if not sign.isspace() and sign not in "-‐‑–"
    )
    if len(kept) != ADDRESS_LENGTH:
        return None
    try:
        mod_37_36.validate(kept, ALPHABET)
    except ValidationError:
        return None
    return kept
