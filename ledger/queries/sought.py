"""What somebody looks for in a statement."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.utils.translation import get_language

from core.amounts import MINUS, NotAnAmount, parse_amount
from ledger.address import ALPHABET, GROUP


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """One text, read in each way that it can be read: words of a note, an amount, (part of) an address."""

    words: tuple[str, ...]
    amount: int | None
    address: str | None

    @classmethod
    def read(cls, text: str) -> Sought:
        return cls(words=tuple(_plain(text).split()), amount=_amount(text), address=_address(text))

    def fits(self, *, amount: int, address: str, note: str) -> bool:
        """Whether a booking is meant: the same amount, this in its address, or all these words in its note."""
        if amount == self.amount or (self.address is not None and self.address in address):
            return True
        return bool(note) and _has_all(_plain(note), self.words)


def _has_all(note: str, words: tuple[str, ...]) -> bool:
    return all(word in note for word in words)


def _plain(text: str) -> str:
    """Without the difference between capitals and small letters. SQLite knows it for A to Z alone, so we do this."""
    return unicodedata.normalize("NFKC", text).casefold()


def _amount(text: str) -> int | None:
    """An amount as it is typed or copied from the statement: which way it went does not matter."""
    try:
        return parse_amount(text.strip().lstrip(f"+-{MINUS}"), get_language() or "nl")
    except NotAnAmount:
        return None


def _address(text: str) -> str | None:
    """At least one group of an address, written in any way."""
    signs = "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())
    return signs if len(signs) >= GROUP and set(signs) <= set(ALPHABET) else None
