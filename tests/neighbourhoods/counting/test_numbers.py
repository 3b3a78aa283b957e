"""Votes as words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from neighbourhoods.counting.numbers import exact, votes


@pytest.mark.parametrize(
    ("number", "exactly", "rounded"),
    [
        (Fraction(0), "0", "0.00"),
        (Fraction(12), "12", "12.00"),
        (Fraction(87, 7), "12 3/7", "12.43"),
        (Fraction(3, 7), "3/7", "0.43"),
        (Fraction(1, 200), "1/200", "0.01"),
        (Fraction(1999, 1000), "1 999/1000", "2.00"),
    ],
)
def test_a_number_of_votes(number: Fraction, exactly: str, rounded: str) -> None:
    assert votes(number) == {"exact": exactly, "rounded": rounded}


def test_a_fraction_too_long_to_read_has_thirty_decimals_and_says_so() -> None:
    """However long: Python itself refuses to write a number of more than 4,300 digits."""
    assert exact(Fraction(1, 3**30_000) + 12) == "≈ 12.000000000000000000000000000000"
    assert exact(12 + Fraction(1, 3) + Fraction(1, 7**100)) == "≈ 12.333333333333333333333333333333"
