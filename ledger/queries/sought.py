"""What somebody looks for in a statement."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from core.amounts import MINUS, NotAnAmount, parse_amount
from core.spoken import ALPHABET
from ledger.address import GROUP


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """One text, read in each way that it can be read: words, an amount, (part of) an address."""

    words: tuple[str, ...]
    amount: int | None
    address: str | None

    @classmethod
    def read(cls, text: str) -> Sought:
        return cls(words=tuple(_plain(text).split()), amount=_amount(text), address=_address(text))

    def fits(self, *, amount: int, address: str, texts: Iterable[str]) -> bool:
        """Whether a booking is meant: the same amount, this in its address, or all these words in its texts."""
        if amount == self.amount or (self.address is not None and self.address in address):
            return True
        plain = _plain("\n".join(texts))
        return all(word in plain for word in self.words)


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
