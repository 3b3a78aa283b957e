"""How an amount went over time: a block for as long as each amount held, per cent across and pixels up.

The blocks stand on nothing, so that twice as much is twice as high. Amounts and days are written where there is room
for them; a table beneath has them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.drawing.chart import BASE, FOOT, MATTER
from content.drawing.svg import percent, spoken

SHORTEST = 28  # days that are drawn, at least
AMOUNT, DAY = 18.0, 26.0  # how much of the narrowest screen the words take, in per cent
TO_COME = 0.15  # of the days so far: how long what is still to come is drawn


class Held(NamedTuple):
    """From which day something held, how much (nothing when it was worth nothing), and both in words."""

    since: date
    value: int | None
    words: str
    tick: str


class Block(NamedTuple):
    """From where to where, in per cent, and what is drawn there."""

    left: float
    right: float
    held: Held
    kind: str


def history(rows: Sequence[Held], *, today: date, coming: Held | None = None, label: str) -> SafeString:
    """Draw what held when, the oldest first: the last one holds now, and `coming` is still to come."""
    blocks = _blocks(rows, today, coming)
    top = max([1, *(block.held.value or 0 for block in blocks)])
    return format_html(
        '<svg class="chart" height="{}" {}>{}{}{}<line class="chart__axis" x1="0" x2="100%" y1="{}" y2="{}"/></svg>',
        BASE + FOOT, spoken(label),
        _drawn(_block(block, top) for block in blocks if block.held.value),
        _drawn(_amount(block, top) for block in _with_room(blocks, AMOUNT) if block.held.value),
        _drawn(_tick(block) for block in _with_room(blocks, DAY)), BASE, BASE,
    )  # fmt: skip


def _drawn(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _blocks(rows: Sequence[Held], today: date, coming: Held | None) -> list[Block]:
    first = rows[0].since
    so_far = max((today - first).days, SHORTEST)
    till_then = max((coming.since - first).days, so_far) if coming else so_far
    days = till_then * (1 + TO_COME) if coming else so_far

    def place(day: date) -> float:
        return min(max((day - first).days, 0) / days, 1) * 100

    ends = [row.since for row in rows[1:]]
    until = 100 * till_then / days
    found = [Block(place(row.since), place(end), row, "") for row, end in zip(rows[:-1], ends, strict=True)]
    found.append(Block(place(rows[-1].since), until, rows[-1], "now"))
    return [*found, Block(until, 100, coming, "soon")] if coming else found


def _block(block: Block, top: int) -> SafeString:
    height = _height(block, top)
    return format_html(
        '<rect class="chart__bar chart__held{}" x="{}" y="{}" width="{}" height="{}"/>',
        f" chart__bar--{block.kind}" if block.kind else "", percent(block.left), BASE - height,
        percent(block.right - block.left), height,
    )  # fmt: skip


def _height(block: Block, top: int) -> int:
    return max(round(MATTER * (block.held.value or 0) / top), 1)


def _amount(block: Block, top: int) -> SafeString:
    where, anchor = _anchor(block, AMOUNT)
    css = "now" if block.kind == "now" else "soft"
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        css, percent(where), BASE - _height(block, top) - 10, anchor, block.held.words,
    )  # fmt: skip


def _tick(block: Block) -> SafeString:
    where, anchor = (100, "end") if block.left > 100 - DAY else (block.left, "start")
    return format_html(
        '<line class="chart__axis" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text class="soft chart__day" x="{3}" y="{4}" text-anchor="{5}">{6}</text>',
        percent(block.left), BASE, BASE + 6, percent(where), BASE + 24, anchor, block.held.tick,
    )  # fmt: skip


def _anchor(block: Block, room: float) -> tuple[float, str]:
    """In the middle of its block; one that is narrower than its words hangs from the edge of the chart."""
    middle = (block.left + block.right) / 2
    if middle > 100 - room / 2:
        return 100, "end"
    return (0, "start") if middle < room / 2 else (middle, "middle")


def _with_room(blocks: Sequence[Block], room: float) -> list[Block]:
    """Those whose words fit beside each other: first the last ones, then the oldest, then as many as go in between."""
    order = [*reversed(blocks[-2:]), blocks[0], *reversed(blocks[1:-2])]
    taken: list[tuple[float, Block]] = []
    for block in order:
        spot = _spot(block, room)
        if block not in (one for _at, one in taken) and all(abs(spot - at) >= room for at, _one in taken):
            taken.append((spot, block))
    return [block for _at, block in taken]


def _spot(block: Block, room: float) -> float:
    """The middle of where the words would stand."""
    if room == DAY:
        return 100 - room / 2 if block.left > 100 - room else block.left + room / 2
    where, anchor = _anchor(block, room)
    return {"end": where - room / 2, "start": where + room / 2, "middle": where}[anchor]
