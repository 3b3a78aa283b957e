"""Addresses: read aloud, typed or scanned, and no slip of one sign pays a stranger."""

from __future__ import annotations

import pytest

from core.spoken import ALPHABET
from ledger.address import ADDRESS_LENGTH, in_groups, new_address, parse_address

# Fixed, so that what is proven here is proven each time: the last sign of each checks the eleven before it.
ADDRESSES = ("7KQ4M2PX9DT9", "22222222222P", "ZZZZZZZZZZZV", "B3C4D5F6G7HV")


def wrong_in_one_sign(address: str) -> list[str]:
    return [
        address[:place] + other + address[place + 1 :]
        for place, sign in enumerate(address)
        for other in ALPHABET
        if other != sign
    ]


def exchanged(address: str, place: int) -> str:
    """With the sign in this place and the one after it the other way round."""
    return address[:place] + address[place + 1] + address[place] + address[place + 2 :]


def checked(body: str) -> str:
    """These eleven signs with the one that checks them."""
    return next(address for sign in ALPHABET if (address := parse_address(body + sign)))


class TestSigns:
    def test_there_are_no_vowels_so_that_no_word_comes_about(self) -> None:
        assert set(ALPHABET) & set("AEIOU") == set()

    def test_no_two_signs_are_taken_for_one_another(self) -> None:
        assert set(ALPHABET) & set("0O1IL") == set()

    def test_each_sign_is_there_once(self) -> None:
        assert len(set(ALPHABET)) == len(ALPHABET) == 28


class TestNew:
    def test_a_new_address_has_twelve_signs_and_is_one(self) -> None:
        new = [new_address() for _ in range(200)]

        assert [parse_address(address) for address in new] == new
        assert {len(address) for address in new} == {ADDRESS_LENGTH}

    def test_no_two_are_the_same(self) -> None:
        assert len({new_address() for _ in range(200)}) == 200

    def test_every_sign_may_come_up_in_every_place_before_the_last(self) -> None:
        new = [new_address() for _ in range(2_000)]

        assert [len({address[place] for address in new}) for place in range(ADDRESS_LENGTH - 1)] == [28] * 11


class TestSlips:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_the_addresses_of_these_tests_are_addresses(self, address: str) -> None:
        assert parse_address(address) == address

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_every_single_wrong_sign_is_found(self, address: str) -> None:
        slips = wrong_in_one_sign(address)

        assert len(slips) == 12 * 27
        assert [slip for slip in slips if parse_address(slip)] == []

    def test_nearly_every_exchange_of_two_neighbours_is_found(self) -> None:
        """Of all pairs of signs at the front, in the middle and at the end, fewer than five in a thousand pass."""
        slips = [
            exchanged(checked("7" * place + first + second + "K" * (9 - place)), place)
            for place in (0, 4, 9)
            for first in ALPHABET
            for second in ALPHABET
            if first != second
        ]

        passed = [slip for slip in slips if parse_address(slip)]

        assert len(slips) == 3 * 28 * 27
        assert len(passed) * 1_000 < len(slips) * 5

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_a_sign_too_few_or_too_many_is_found(self, address: str) -> None:
        others = [address[:-1], address[1:], address + "2", "2" + address, address + address]

        assert [other for other in others if parse_address(other)] == []


class TestTyping:
    @pytest.mark.parametrize(
        "typed",
        [
            "7KQ4M2PX9DT9",
            "7KQ4 M2PX 9DT9",
            "7kq4 m2px 9dt9",
            "  7KQ4-M2PX-9DT9 ",
            "7KQ4‑M2PX–9DT9",
            "7KQ4\N{NO-BREAK SPACE}M2PX\t9DT9\n",
            "７ＫＱ４Ｍ２ＰＸ９ＤＴ９",
        ],
    )
    def test_small_letters_spaces_and_dashes_are_let_pass(self, typed: str) -> None:
        assert parse_address(typed) == "7KQ4M2PX9DT9"

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            " ",
            "-" * 12,
            "7KQ4",
            "AEIOUAEIOUAE",
            "7KQ4M2PX9DT0",
            "7KQ4M2PX9DT\0",
            "7KQ4.M2PX.9DT9",
            "ß" * 6,
            "https://example.org/7KQ4M2PX9DT9",
            "7" * 1_000,
        ],
    )
    def test_what_cannot_be_an_address_is_none(self, typed: str) -> None:
        assert parse_address(typed) is None


class TestReading:
    def test_it_is_read_in_groups_of_four(self) -> None:
        assert in_groups("7KQ4M2PX9DT9") == "7KQ4 M2PX 9DT9"

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_what_is_read_aloud_can_be_typed(self, address: str) -> None:
        assert parse_address(in_groups(address)) == address
