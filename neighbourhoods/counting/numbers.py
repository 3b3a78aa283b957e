"""Votes as words: exact, and rounded for the eye."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

# Numbers with more digits than this are nothing to read: the sheet then has thirty decimals and a sign that says so.
_MOST_BITS: Final = 160


def votes(number: Fraction) -> dict[str, str]:
    """A number of votes, zero or more: `exact` ("12 3/7") and `rounded` to two decimals ("12.43")."""
    return {"exact": exact(number), "rounded": decimals(number, 2)}


def exact(number: Fraction) -> str:
    """The number as a whole and a fraction; too long for that, as thirty decimals behind the sign ≈."""
    if number.denominator.bit_length() > _MOST_BITS:
        return f"≈ {decimals(number, 30)}"
    whole, rest = divmod(number.numerator, number.denominator)
    if not rest:
        return str(whole)
    part = f"{rest}/{number.denominator}"
    return f"{whole} {part}" if whole else part


def decimals(number: Fraction, places: int) -> str:
    """The number in decimals, a half rounded up."""
    scale = 10**places
    scaled = (2 * number.numerator * scale + number.denominator) // (2 * number.denominator)
    whole, rest = divmod(scaled, scale)
    return f"{whole}.{rest:0{places}d}"
