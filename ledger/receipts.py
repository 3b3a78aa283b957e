"""Numbers of receipts: nine signs that can be read aloud, made of the number of a transfer and back.

The last sign checks the others (`ledger.address`). The signs look like chance, so that nobody takes two for
neighbours, but they hide nothing: who may see a receipt is asked when it is opened.
"""

from __future__ import annotations

import unicodedata

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from ledger.address import ALPHABET

LENGTH = 8
SPACE = len(ALPHABET) ** LENGTH
FACTOR = 104_395_303_051  # without a factor in common with SPACE (2 and 7): each number has its own signs
BACK = pow(FACTOR, -1, SPACE)


def receipt_number(transfer_id: int) -> str:
    """The number on the receipt of a transfer, as people read it: "7K4Q-2MXD-9"."""
    rest = transfer_id * FACTOR % SPACE
    signs = []
    for _place in range(LENGTH):
        rest, sign = divmod(rest, len(ALPHABET))
        signs.append(ALPHABET[sign])
    body = "".join(reversed(signs))
    return f"{body[:4]}-{body[4:]}-{mod_37_36.calc_check_digit(body, ALPHABET)}"


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
