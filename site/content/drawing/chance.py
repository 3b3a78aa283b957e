"""Chance that can be repeated: the same seed gives the same throws in every process and every Python.

The standard generator promises that only for its bare random(), not for choice() or sample(), and hash()
differs per process. A street must not be rebuilt because a server was upgraded.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

Thing = TypeVar("Thing")


class Chance:
    """A row of throws that follows from a seed."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.throws = 0

    def below(self, limit: int) -> int:
        """Throw a number from 0 up to, but not including, the limit."""
        self.throws += 1
        digest = sha256(f"{self.seed}\n{self.throws}".encode("utf-8", "replace")).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, low: int, high: int) -> int:
        """Throw a number from low up to and including high."""
        return low + self.below(high - low + 1)

    def one(self, things: Sequence[Thing]) -> Thing:
        """Pick one thing."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """Pick several different things, or all of them when there are too few."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]
