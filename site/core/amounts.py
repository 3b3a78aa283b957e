"""Amounts of coins: whole numbers of minor units inside, written out only at the edge.

Everything that turns an amount into words, words into an amount, or one amount into several stands here,
because two places that round give two answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import floor

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DECIMALS = 2
LARGEST_AMOUNT = 10_000_000  # whole coins: no neighbourhood has more, so a larger number is a slip

MINUS = "\N{MINUS SIGN}"
COMMA_MARKS = (",", ".")
POINT_MARKS = (".", ",")
POINT_LANGUAGES = {"en"}  # the rest of the languages spoken here write a comma

CURRENCY = re.compile(r"^(?:€|EUR\b)\s*|\s*(?:€|\bEUR)$", re.IGNORECASE)
WHOLE_EUROS = re.compile(r",[-\N{EN DASH}\N{EM DASH}]+$")  # "12,-" is how many Dutch people write twelve
SPACES = re.compile(r"(?<=[0-9])[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}](?=[0-9]{3}(?![0-9]))")


class NotAnAmount(ValueError):
    """The text cannot be read as one amount; its words are a sentence for the person who typed it."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)


NO_AMOUNT = _("Enter an amount, for example 4.00.")
NEGATIVE = _("Enter an amount without a minus sign, for example 4.00.")
TOO_PRECISE = _("Enter an amount with no more than two figures for the cents, for example 4.00.")
WHOLE_ONLY = _("Enter whole coins, for example 4.")
UNCLEAR = _("We are not sure which amount you mean. Write it like 1234.50.")
TOO_LARGE = _("This amount is too large. Check how many zeros you typed.")


def marks(language: str) -> tuple[str, str]:
    """The decimal mark and the mark between thousands in a language such as "nl" or "en-gb"."""
    return POINT_MARKS if language.split("-", maxsplit=1)[0].lower() in POINT_LANGUAGES else COMMA_MARKS


def format_amount(minor: int, language: str, decimals: int = DECIMALS) -> str:
    """Write minor units as people read them: 123450 is "1.234,50" in Dutch and "1,234.50" in English."""
    decimal_mark, thousands_mark = marks(language)
    whole, part = divmod(abs(minor), 10**decimals)
    written = f"{whole:,}".replace(",", thousands_mark)
    if decimals:
        written += f"{decimal_mark}{part:0{decimals}d}"
    return f"{MINUS}{written}" if minor < 0 else written


def plain_amount(minor: int | None, decimals: int = DECIMALS) -> str | None:
    """Write minor units as computers read them, in every language: 900 is "9.00". Nothing of nothing."""
    if minor is None:
        return None
    whole, part = divmod(abs(minor), 10**decimals)
    written = f"{whole}.{part:0{decimals}d}" if decimals else str(whole)
    return f"-{written}" if minor < 0 else written


def parse_amount(text: str, language: str, decimals: int = DECIMALS) -> int:
    """Read what a person typed and return minor units.

    Comma and point are both taken as the decimal mark, because people type what their keyboard gives them.
    Where that leaves two readings, the language decides or the text is refused: a guess here is real money.

    :raises NotAnAmount: for nothing, a negative, too many decimals, two possible readings, or an absurd size.
    """
    typed = SPACES.sub("", CURRENCY.sub("", text.strip()))
    if typed.startswith(("-", MINUS)):
        raise NotAnAmount(NEGATIVE)
    typed = WHOLE_EUROS.sub("", typed)
    if not re.fullmatch(r"[0-9][0-9.,]*", typed):
        raise NotAnAmount(NO_AMOUNT)
    whole, part = _split(typed, language, decimals)
    if int(whole) > LARGEST_AMOUNT:
        raise NotAnAmount(TOO_LARGE)
    return int(whole + part.ljust(decimals, "0"))


def _split(typed: str, language: str, decimals: int) -> tuple[str, str]:
    """Cut digits and marks into the whole coins and the cents."""
    if len(typed) > 30:
        raise NotAnAmount(TOO_LARGE)
    used = [mark for mark in ".," if mark in typed]
    if not used:
        return typed, ""
    last = max(used, key=typed.rfind)
    whole, _mark, part = typed.rpartition(last)
    is_grouping = last in whole or (len(part) == 3 and len(used) == 1 and last == marks(language)[1])
    if is_grouping:
        return _ungroup(typed), ""
    if len(part) > decimals:
        raise NotAnAmount(_too_precise(part, used, decimals))
    if not part:
        raise NotAnAmount(UNCLEAR)
    return _ungroup(whole), part


def _too_precise(part: str, used: list[str], decimals: int) -> Promise:
    """Three figures behind a single mark may well have been meant as thousands: then we ask, not scold."""
    if decimals and len(part) == 3 and len(used) == 1:
        return UNCLEAR
    return TOO_PRECISE if decimals else WHOLE_ONLY


def _ungroup(whole: str) -> str:
    """Take the marks out of "1.234.567"; refuse what is not grouped by three with one kind of mark."""
    if whole.isdigit():
        return whole
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+", whole):
        return re.sub("[.,]", "", whole)
    raise NotAnAmount(UNCLEAR)


def round_share(amount: int, share: Fraction | int) -> int:
    """Take a share of an amount in minor units; a half goes up.

    A negative amount mirrors the positive one, so that undoing a booking gives back exactly what was booked.
    """
    exact = Fraction(amount) * Fraction(share)
    rounded = floor(abs(exact) + Fraction(1, 2))
    return -rounded if exact < 0 else rounded


def share_out(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Divide an amount over weights by largest remainder, so that the parts add up to the whole.

    Equal remainders go to the earlier weight: the same question always has the same answer.

    :raises ValueError: when the total or a weight is negative, or when there is nothing to divide by.
    """
    whole = sum(Fraction(weight) for weight in weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError(
            "Sharing out needs a total of nought or more, and weights of which one is above nought."
        )
    exact = [total * Fraction(weight) / whole for weight in weights]
    parts = [floor(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: parts[index] - exact[index])
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
