from __future__ import annotations

from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.amounts import (
    LARGEST_AMOUNT,
    MINUS,
    NEGATIVE,
    NO_AMOUNT,
    TOO_LARGE,
    TOO_PRECISE,
    UNCLEAR,
    WHOLE_ONLY,
    NotAnAmount,
    format_amount,
    parse_amount,
    round_share,
    share_out,
)
from core.templatetags.amounts import coins


class Coin:
    def __init__(self, decimals: int) -> None:
        self.decimals = decimals


@pytest.mark.parametrize(
    ("minor", "language", "written"),
    [
        (123450, "nl", "1.234,50"),
        (123450, "en", "1,234.50"),
        (123450, "en-gb", "1,234.50"),
        (123450, "pl", "1.234,50"),
        (5, "nl", "0,05"),
        (0, "en", "0.00"),
        (-1250, "nl", f"{MINUS}12,50"),
        (100000000, "nl", "1.000.000,00"),
    ],
)
def test_an_amount_is_written_as_its_reader_writes_it(minor: int, language: str, written: str) -> None:
    assert format_amount(minor, language) == written


@pytest.mark.parametrize(("decimals", "written"), [(0, "1.250"), (1, "125,0"), (3, "1,250")])
def test_a_coin_has_its_own_decimals(decimals: int, written: str) -> None:
    assert format_amount(1250, "nl", decimals) == written


@pytest.mark.parametrize(
    ("text", "language", "minor"),
    [
        ("12,50", "nl", 1250),
        ("12.50", "nl", 1250),
        ("12,50", "en", 1250),
        ("12.5", "en", 1250),
        ("12", "nl", 1200),
        ("12,-", "nl", 1200),
        ("€ 1.234,50", "nl", 123450),
        ("€1,234.50", "en", 123450),
        ("1.234,50", "en", 123450),
        ("EUR 12", "nl", 1200),
        ("12,50 €", "nl", 1250),
        ("1 234,50", "nl", 123450),
        ("1.234", "nl", 123400),
        ("1,234", "en", 123400),
        ("1.234.567", "nl", 123456700),
        (" 0,05 ", "nl", 5),
        ("007", "nl", 700),
    ],
)
def test_people_may_type_what_their_keyboard_gives_them(text: str, language: str, minor: int) -> None:
    assert parse_amount(text, language) == minor


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("", "nl", NO_AMOUNT),
        ("four", "nl", NO_AMOUNT),
        ("12 50", "nl", NO_AMOUNT),
        ("1e5", "nl", NO_AMOUNT),
        (",50", "nl", NO_AMOUNT),
        ("٤", "nl", NO_AMOUNT),
        ("-12,50", "nl", NEGATIVE),
        (f"{MINUS}1", "nl", NEGATIVE),
        ("€ -4", "nl", NEGATIVE),
        ("12,5050", "nl", TOO_PRECISE),
        ("1.234,505", "nl", TOO_PRECISE),
        ("1,234", "nl", UNCLEAR),
        ("1.234", "en", UNCLEAR),
        ("1.234.50", "nl", UNCLEAR),
        ("1.23,50", "nl", UNCLEAR),
        ("12,", "nl", UNCLEAR),
        ("12..5", "nl", UNCLEAR),
        ("10000001", "nl", TOO_LARGE),
        ("9" * 400, "nl", TOO_LARGE),
    ],
)
def test_what_cannot_be_one_amount_is_refused_with_a_sentence(
    text: str, language: str, sentence: object
) -> None:
    with translation.override("en"), pytest.raises(NotAnAmount) as refusal:
        parse_amount(text, language)

    assert str(refusal.value) == str(sentence)


def test_a_coin_without_decimals_takes_whole_coins_only() -> None:
    assert parse_amount("1.250", "nl", 0) == 1250
    with pytest.raises(NotAnAmount, match=str(WHOLE_ONLY)):
        parse_amount("12,5", "nl", 0)


@settings(deadline=None)
@given(st.integers(0, LARGEST_AMOUNT * 100), st.sampled_from(["nl", "en"]))
def test_what_we_write_we_can_read(minor: int, language: str) -> None:
    assert parse_amount(format_amount(minor, language), language) == minor


@pytest.mark.parametrize(
    ("amount", "share", "rounded"),
    [
        (1, Fraction(1, 2), 1),
        (-1, Fraction(1, 2), -1),
        (5, Fraction(1, 3), 2),
        (4, Fraction(1, 3), 1),
        (7, 1, 7),
    ],
)
def test_a_half_goes_up_and_a_reversal_gives_back_the_same(
    amount: int, share: Fraction, rounded: int
) -> None:
    assert round_share(amount, share) == rounded


def test_the_largest_remainder_gets_what_is_left() -> None:
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]
    assert share_out(10, [1, 5, 0]) == [2, 8, 0]


@pytest.mark.parametrize(("total", "weights"), [(1, []), (1, [0, 0]), (-1, [1]), (1, [2, -1])])
def test_there_must_be_something_to_share_and_somebody_to_get_it(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Sharing out"):
        share_out(total, weights)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10**12),
    st.lists(st.fractions(min_value=0, max_value=1000, max_denominator=1000), min_size=1).filter(any),
)
def test_the_parts_add_up_and_each_is_within_one_of_its_due(total: int, weights: list[Fraction]) -> None:
    parts = share_out(total, weights)

    assert sum(parts) == total
    assert all(abs(part - total * w / sum(weights)) < 1 for part, w in zip(parts, weights, strict=True))


@pytest.mark.parametrize(("language", "written"), [("nl", "12,50"), ("en", "12.50")])
def test_the_filter_writes_in_the_language_of_the_page(language: str, written: str) -> None:
    with translation.override(language):
        assert coins(1250, None) == written


def test_the_filter_uses_the_decimals_of_the_coin_and_shows_nothing_for_nothing() -> None:
    with translation.override("nl"):
        assert coins(1250, Coin(0)) == "1.250"
        assert coins(None, Coin(2)) == ""
