"""Charts: per cent across and pixels up, without a viewBox, so that type keeps its size on every screen.

A chart says one thing. Its label says the same in a sentence, and a table with the figures stands beneath it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.drawing.svg import percent, spoken

HEAD, MATTER, FOOT = 32, 140, 30  # pixels: the figures above the bars, the bars, the words under them
BASE = HEAD + MATTER
METER = 24
SMALLEST_TOP = 100
STEPS = (10, 20, 25, 50, 100)


class Bar(NamedTuple):
    """How much, and a word of a letter or three for under it."""

    tick: str
    value: int


def top_of(values: Iterable[int]) -> int:
    """A round number that none of these rises above: the scale of their chart."""
    highest = max([SMALLEST_TOP, *values])
    unit = 10 ** (len(str(highest)) - 2)
    return next(step * unit for step in STEPS if step * unit >= highest)


def bars(rows: Sequence[Bar], *, top: int, top_words: str, last_words: str, label: str) -> SafeString:
    """Draw one bar for each row; the last one is now.

    :param top: what a bar of the full height stands for (`top_of`); `top_words` says it at the line up there.
    :param last_words: what the last bar stands for, written at the other end of that line.
    """
    return format_html(
        '<svg class="chart" height="{}" {}>'
        '<text class="soft" x="0" y="{}">{}</text>'
        '<text class="strong" x="100%" y="{}" text-anchor="end">{}</text>'
        '<line class="chart__grid" x1="0" x2="100%" y1="{}" y2="{}"/>{}'
        '<line class="chart__axis" x1="0" x2="100%" y1="{}" y2="{}"/></svg>',
        BASE + FOOT, spoken(label), HEAD - 10, top_words, HEAD - 10, last_words, HEAD, HEAD,
        format_html_join("", "{}", ((_bar(row, place, len(rows), top),) for place, row in enumerate(rows))),
        BASE, BASE,
    )  # fmt: skip


def _bar(row: Bar, place: int, count: int, top: int) -> SafeString:
    share = 100 / count
    height = max(round(MATTER * row.value / top), 1 if row.value > 0 else 0)
    is_last = place == count - 1
    return format_html(
        '<rect class="chart__bar{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        " chart__bar--now" if is_last else "", percent((place + 0.12) * share), BASE - height,
        percent(0.76 * share), height,
        "now" if is_last else "soft", percent((place + 0.5) * share), BASE + 20, row.tick,
    )  # fmt: skip


def meter(part: int, whole: int, label: str) -> SafeString:
    """Draw which part of a whole there is: never less than nothing, never more than all of it."""
    share = 100 * min(max(part, 0), whole) / whole if whole > 0 else 0
    return format_html(
        '<svg class="chart meterbar" height="{}" {}><rect class="meterbar__all" width="100%" height="{}"/>'
        '<rect class="meterbar__part" width="{}" height="{}"/></svg>',
        METER, spoken(label), METER, percent(share), METER,
    )  # fmt: skip
