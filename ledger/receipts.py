"""Numbers of receipts: nine signs that can be read aloud, made of the number of a transfer and back.

The last sign checks the others (`ledger.address`). The signs look like chance, so that nobody takes two for
neighbours, but they hide nothing: who may see a receipt is asked when it is opened.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from core.spoken import ALPHABET

LENGTH = 8
SIGNS = len(ALPHABET)
PAIR, HALF, SPACE = SIGNS**2, SIGNS**4, SIGNS**LENGTH
FACTOR = 104_395_303_051  # without a factor in common with SPACE (2 and 7): each number has its own signs
BACK = pow(FACTOR, -1, SPACE)


def receipt_number(transfer_id: int) -> str:
    """The number on the receipt of a transfer, as people read it: "7K4Q-2MXD-9"."""
    first, last = divmod(transfer_id * FACTOR % SPACE, HALF)
    pairs, checks = _pairs(), _checks()
    a, b = divmod(first, PAIR)
    c, d = divmod(last, PAIR)
    check = checks[checks[checks[checks[SIGNS // 2][a]][b]][c]][d]
    return f"{pairs[a]}{pairs[b]}-{pairs[c]}{pairs[d]}-{ALPHABET[(1 - (check or SIGNS) * 2 % (SIGNS + 1)) % SIGNS]}"


@cache
def _pairs() -> list[str]:
    """Two signs for each number below PAIR. By pairs it is quick: millions of receipts are sealed and verified."""
    return [one + other for one in ALPHABET for other in ALPHABET]


@cache
def _checks() -> list[list[int]]:
    """What the running check of ISO/IEC 7064 becomes behind each pair of signs, from each check before it."""

    def after(check: int, sign: int) -> int:
        return ((check or SIGNS) * 2 % (SIGNS + 1) + sign) % SIGNS

    return [
        [after(after(check, one), other) for one in range(SIGNS) for other in range(SIGNS)]
        for check in range(SIGNS)
    ]


def parse_receipt_number(typed: str) -> int | None:
    """The transfer that somebody means; None when this cannot be the number of a receipt."""
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())
    if len(kept) != LENGTH + 1:
        return None
    try:
        mod_37_36.validate(kept, ALPHABET)
    except ValidationError:
        return None
    number = 0
    for sign in kept[:LENGTH]:
        number = number * len(ALPHABET) + ALPHABET.index(sign)
    transfer_id: int = number * BACK % SPACE
    return transfer_id
