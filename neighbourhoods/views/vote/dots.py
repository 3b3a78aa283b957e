"""The amounts of a vote as a picture: which columns there are, what stands under them, which dot lies in the middle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from math import gcd
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from content.drawing.dots import Column, Line, Middle
from core.amounts import format_amount

MOST_COLUMNS = 40  # as many as can stand beside each other on a phone and still be dots
MOST_TICKS = 7

Json = dict[str, Any]


@dataclass(frozen=True)
class Dots:
    """The amounts of one counted vote, of which at least one was named. All in minor units of a coin."""

    sheet: Json
    low: int | None
    high: int | None
    step: int | None
    decimals: int

    @cached_property
    def votes(self) -> dict[int, int]:
        """How often each amount was named."""
        return {one["amount"]: one["votes"] for one in self.sheet["options"]}

    @cached_property
    def added(self) -> int | None:
        """The amount of now where it was counted once more, as with an even number of votes."""
        found = self.sheet["median"]
        return found["present"] if found["adds_present"] else None

    @cached_property
    def line(self) -> Line:
        """What is drawn."""
        named = sum(self.votes.values())
        most = max(self._piles.values())
        return Line(
            columns=[Column(self._piles[start], self._tick(start)) for start in self.starts],
            middle=self._middle,
            added=None if self.added is None else self._column(self.added),
            top_words=ngettext("%(number)d vote", "%(number)d votes", most) % {"number": most},
            label=ngettext(
                "%(number)d amount: %(lowest)s. That is the middle amount.",
                "%(number)d amounts from %(lowest)s to %(highest)s. The middle amount is %(middle)s.",
                named,
            ) % {
                "number": named, "lowest": self._written(min(self.votes)), "highest": self._written(max(self.votes)),
                "middle": self._written(self.sheet["median"]["middle"]),
            },
        )  # fmt: skip

    @property
    def together(self) -> str:
        """How wide a column is, in words of the reader; empty when each holds one amount."""
        return self._written(self.width) if self.width > self.least else ""

    # --- Columns ------------------------------------------------------------------------------------------------------

    @cached_property
    def least(self) -> int:
        """From one amount that can be named to the next; where any can, what all that were named have in common."""
        return self.step or gcd(*(amount - min(self.votes) for amount in self.votes)) or 1

    @cached_property
    def ends(self) -> tuple[int, int]:
        """The first and the last amount of the line: what was named, with one step of air where there is any."""
        here = [*self.votes, *([] if self.added is None else [self.added])]
        first, last = min(here) - self.least, max(here) + self.least
        low = self.least if self.low is None else self.low
        return (
            first if first >= low else min(here),
            last if self.high is None or last <= self.high else max(here),
        )

    @cached_property
    def width(self) -> int:
        """What each column holds: one amount, or as many as are needed for all to fit on a phone."""
        first, last = self.ends
        return next(
            self.least * wide for wide in _round() if (last - first) // (self.least * wide) < MOST_COLUMNS
        )

    @cached_property
    def starts(self) -> list[int]:
        """Where each column begins, in minor units."""
        first, last = self.ends
        if self.width > self.least:
            first -= first % self.width
        return list(range(first, last + 1, self.width))

    @cached_property
    def _piles(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for amount, votes in self.votes.items():
            found[self.starts[self._column(amount)]] += votes
        return found

    def _column(self, amount: int) -> int:
        return (amount - self.starts[0]) // self.width

    # --- The middle ---------------------------------------------------------------------------------------------------

    @cached_property
    def _middle(self) -> Middle:
        """The one in the middle, and how many of its column lie under it. The one that was added lies on top."""
        row = [(amount, False) for amount, votes in sorted(self.votes.items()) for _vote in range(votes)]
        if self.added is not None:
            row = sorted([*row, (self.added, True)])
        # With an even number and no amount of now, one is added below all others: then the lower of two is the middle.
        amount, is_added = row[(len(row) - 1) // 2]
        column = self._column(amount)
        here = [place for place, (one, added) in enumerate(row) if self._column(one) == column and not added]
        dot = len(here) if is_added else here.index((len(row) - 1) // 2)
        return Middle(column, dot, _("middle: %(amount)s") % {"amount": self._written(amount)})

    # --- Words --------------------------------------------------------------------------------------------------------

    @cached_property
    def _ticked(self) -> frozenset[int]:
        """The columns with an amount under them: round ones where there are two or more of those."""
        reach = self.starts[-1] - self.starts[0]
        for unit in _round():
            if unit >= self.width and reach // unit < MOST_TICKS:
                found = [start for start in self.starts if start % unit == 0]
                if len(found) > 1:
                    return frozenset(found)
                break
        return frozenset(self.starts[:: -(-len(self.starts) // MOST_TICKS)])

    def _tick(self, start: int) -> str:
        if start not in self._ticked:
            return ""
        whole, part = divmod(start, 10**self.decimals)
        return self._written(start) if part else format_amount(whole, _language(), 0)

    def _written(self, minor: int) -> str:
        return format_amount(minor, _language(), self.decimals)


def _round() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50, 100 and so on: what people count in."""
    return (digit * 10**zeros for zeros in count() for digit in (1, 2, 5))


def _language() -> str:
    return get_language() or "nl"
