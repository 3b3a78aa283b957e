"""Addresses of accounts: twelve signs that can be read aloud, the last of which checks the others (`core.spoken`)."""

from __future__ import annotations

from core import spoken

ADDRESS_LENGTH = 12
GROUP = 4


def new_address() -> str:
    """A fresh address, at random: nobody guesses another's from their own."""
    return spoken.new_code(ADDRESS_LENGTH)


def in_groups(address: str) -> str:
    """As people read it: "7KQ4 M2PX 9DTZ"."""
    return spoken.in_groups(address, GROUP)


def parse_address(typed: str) -> str | None:
    """What somebody typed or scanned, as it is stored; None when it cannot be an address."""
    return spoken.parse_code(typed, ADDRESS_LENGTH)
