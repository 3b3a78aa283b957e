"""What a line of the bank says of itself: payment references of money in, numbers of payouts and of their files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from core.spoken import ALPHABET
from ledger.address import ADDRESS_LENGTH

REFERENCE_LENGTH = 9
# What people and banks put between the signs of a reference: spaces, ends of lines, dashes and points.
GAP = r"[\s.\-]*"
OURS = re.compile(rf"(?<!\w)SC(?:P|[0-9]{{8}})[{ALPHABET}]{{{ADDRESS_LENGTH}}}(?!\w)")


def references_in(texts: Iterable[str], codes: Collection[str]) -> set[str]:
    """Every payment reference of a coin with one of these codes that stands in one of the texts as a word of its own.

    Capitals, spaces and dashes do not matter. Its last sign must check the others, and it is never a part of a longer
    word: "XSCMOLEN…" holds none.
    """
    found = set()
    for text in texts:
        written = unicodedata.normalize("NFKC", text).upper()
        for code in codes:
            found |= {
                f"SC{code}{body}" for body in map(_body, _pattern(code).findall(written)) if _checks(body)
            }
    return found


def own_numbers_in(texts: Collection[str], codes: Collection[str] = ()) -> set[str]:
    """The numbers of payouts or of files with payouts, each as a word of its own, of which the last sign is right.

    What is a payment reference of one of these coins is none: that of a coin named PRNT begins as a payout does.
    """
    words = {found for text in texts for found in OURS.findall(text.upper())}
    return {word for word in words if _checks(word[-ADDRESS_LENGTH:])} - references_in(texts, codes)


@lru_cache(maxsize=1000)
def _pattern(code: str) -> re.Pattern[str]:
    head = GAP.join(map(re.escape, f"SC{code}"))
    return re.compile(rf"(?<!\w){head}((?:{GAP}[{ALPHABET}]){{{REFERENCE_LENGTH}}})(?!\w)")


def _body(found: str) -> str:
    return "".join(sign for sign in found if sign in ALPHABET)


def _checks(body: str) -> bool:
    try:
        mod_37_36.validate(body, ALPHABET)
    except ValidationError:
        return False
    return True
