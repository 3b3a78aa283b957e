"""Every amount that was named, on a line from low to high: a dot for each, or bars where there are too many for dots.

Drawn as the charts are: per cent across and pixels up. A dot is as large as fits on the narrowest screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.drawing.svg import number, spoken

NARROWEST = 288  # pixels: a phone of 320 without its margins
TALLEST = 240  # pixels at most, for the highest pile
LARGEST, SMALLEST = 9.0, 3.0  # the radius of a dot; smaller than that nobody counts them
MOST_DOTS = 150
HEAD, FOOT = 48, 34  # pixels: the words for the middle, the words under the line
EDGE = 18  # per cent: nearer to the edge than this, words that are centred would leave the screen


class Column(NamedTuple):
    """How often what stands at one place of the line was named, and the word under it, if any."""

    votes: int
    tick: str = ""


class Middle(NamedTuple):
    """The one in the middle: its column, which dot of that column from below, and words for it."""

    column: int
    dot: int
    words: str


@dataclass(frozen=True)
class Line:
    """What was named, from low to high. `added` is the column with one dot more that nobody named: the amount of now,
    with an even number of votes. `top_words` say how often the highest was named, for bars; dots can be counted."""

    columns: Sequence[Column]
    label: str
    middle: Middle | None = None
    added: int | None = None
    top_words: str = ""

    def draw(self) -> SafeString:
        """This will draw it."""
        parts = [*(self._dots() if self.has_dots else self._bars()), *self._ticks(), *self._words()]
        return format_html(
            '<svg class="chart" height="{}" {}>{}<line class="chart__axis" x1="0" x2="100%" y1="{}" y2="{}"/></svg>',
            self.base + FOOT, spoken(self.label), format_html_join("", "{}", ((part,) for part in parts)),
            self.base, self.base,
        )  # fmt: skip

    # --- Sizes --------------------------------------------------------------------------------------------------------

    @cached_property
    def piles(self) -> list[int]:
        return [one.votes + (place == self.added) for place, one in enumerate(self.columns)]

    @property
    def highest(self) -> int:
        return max([*self.piles, 1])

    @property
    def has_dots(self) -> bool:
        return self.radius >= SMALLEST and sum(self.piles) <= MOST_DOTS

    @cached_property
    def radius(self) -> float:
        """The largest dots that fit beside and above each other."""
        row = TALLEST / self.highest
        beside = NARROWEST / max(len(self.columns), 1) / 2 - 0.5
        return min(LARGEST, beside, (row - _gap(row / 2)) / 2)

    @property
    def row(self) -> float:
        return 2 * self.radius + _gap(self.radius)

    @property
    def base(self) -> int:
        """How far down the line lies."""
        return HEAD + (round(self.highest * self.row) if self.has_dots else TALLEST)

    def _top(self, column: int) -> int:
        """Where the pile of a column ends."""
        if self.has_dots:
            return round(self.base - self.piles[column] * self.row)
        return self.base - max(round(TALLEST * self.piles[column] / self.highest), 1)

    def _x(self, column: float) -> str:
        """How far across something in a column lies: 0.5 more is its middle."""
        return f"{100 * column / len(self.columns):.2f}".rstrip("0").rstrip(".") + "%"

    # --- Drawings -----------------------------------------------------------------------------------------------------

    def _dots(self) -> Iterator[SafeString]:
        for place, column in enumerate(self.columns):
            for dot in range(self.piles[place]):
                kind, radius = "dot", self.radius
                if dot == column.votes:
                    kind, radius = "ring", self.radius - 1  # half of its line lies outside
                if self.middle and (place, dot) == (self.middle.column, self.middle.dot):
                    kind, radius = "dot chart__dot--mid", self.radius
                yield format_html(
                    '<circle class="chart__{}" cx="{}" cy="{}" r="{}"/>',
                    kind, self._x(place + 0.5), number(self.base - (dot + 0.5) * self.row - 1), number(radius),
                )  # fmt: skip

    def _bars(self) -> Iterator[SafeString]:
        is_left = self.middle is not None and self.middle.column < len(self.columns) / 2
        yield format_html(
            '<text class="soft" x="{}" y="{}" text-anchor="{}">{}</text>'
            '<line class="chart__grid" x1="0" x2="100%" y1="{}" y2="{}"/>',
            "100%" if is_left else "0", HEAD - 8, "end" if is_left else "start", self.top_words, HEAD, HEAD,
        )  # fmt: skip
        for place, column in enumerate(self.columns):
            if column.votes:
                top = self._top(place)
                yield format_html(
                    '<rect class="chart__bar{}" x="{}" y="{}" width="{}" height="{}"/>',
                    " chart__bar--now" if self.middle and place == self.middle.column else "",
                    self._x(place + 0.1), top, self._x(0.8), self.base - top,
                )  # fmt: skip

    def _ticks(self) -> Iterator[SafeString]:
        for place, column in enumerate(self.columns):
            x = self._x(place + 0.5)
            end = self.base + (8 if column.tick else 4)
            yield format_html(
                '<line class="chart__axis" x1="{}" x2="{}" y1="{}" y2="{}"/>', x, x, self.base, end
            )
            if column.tick:
                yield format_html(
                    '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
                    "now" if self.middle and place == self.middle.column else "soft", x, self.base + 24, column.tick,
                )  # fmt: skip

    def _words(self) -> Iterator[SafeString]:
        """What the middle is, above everything, with a line down to its pile."""
        if self.middle is None:
            return
        x, share = self._x(self.middle.column + 0.5), 100 * (self.middle.column + 0.5) / len(self.columns)
        at, anchor = x, "middle"
        if share < EDGE:
            at, anchor = "0", "start"
        elif share > 100 - EDGE:
            at, anchor = "100%", "end"
        yield format_html(
            '<line class="chart__line" x1="{}" x2="{}" y1="24" y2="{}"/>'
            '<text class="strong" x="{}" y="18" text-anchor="{}">{}</text>',
            x, x, max(self._top(self.middle.column) - 5, 30), at, anchor, self.middle.words,
        )  # fmt: skip


def _gap(radius: float) -> float:
    """The room between two dots of a pile, in pixels."""
    return 3 if radius > 5 else 1
