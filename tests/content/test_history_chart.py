"""How an amount went over time, drawn from whatever days and amounts there are."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.drawing.chart import BASE, MATTER
from content.drawing.history import AMOUNT, DAY, Held, history

FIRST = date(2026, 1, 1)
ATTACK = '"><script>alert(1)</script>'


def held(day: int, value: int | None) -> Held:
    return Held(since=FIRST + timedelta(days=day), value=value, words=str(value), tick=f"day {day}")


def draw(
    *rows: tuple[int, int | None], today: int, coming: tuple[int, int | None] | None = None
) -> ElementTree.Element:
    drawing = history(
        [held(*row) for row in rows], today=FIRST + timedelta(days=today),
        coming=held(*coming) if coming else None, label="How it went",
    )  # fmt: skip
    return ElementTree.fromstring(drawing)


def number(of: ElementTree.Element, name: str) -> float:
    return float(of.attrib[name].removesuffix("%"))


def blocks(drawing: ElementTree.Element) -> list[tuple[float, float, float]]:
    """From where to where, and how high."""
    return [
        (number(one, "x"), number(one, "x") + number(one, "width"), number(one, "height"))
        for one in drawing.iter("rect")
    ]


def test_blocks_are_as_long_as_each_held_and_as_high_as_it_was() -> None:
    assert blocks(draw((0, 400), (25, 800), (75, 600), today=100)) == [
        (0, 25, MATTER / 2), (25, 75, MATTER), (75, 100, MATTER * 3 / 4),
    ]  # fmt: skip


def test_what_was_worth_nothing_is_a_gap() -> None:
    assert blocks(draw((0, 400), (50, None), (75, 400), today=100)) == [(0, 50, MATTER), (75, 100, MATTER)]


def test_the_last_one_holds_now_and_what_is_to_come_is_drawn_apart() -> None:
    drawing = draw((0, 400), (50, 600), today=100, coming=(120, 800))

    kinds = [one.attrib["class"].split("--")[-1] for one in drawing.iter("rect")]
    assert kinds == ["chart__bar chart__held", "now", "soon"]
    (_one, two, three) = blocks(drawing)
    assert two[1] == pytest.approx(three[0], abs=0.02)
    assert three[1] == pytest.approx(100, abs=0.02)


def test_a_value_of_today_has_a_block_too() -> None:
    ((left, right, height),) = blocks(draw((0, 400), today=0))

    assert (left, right, height) == (0, 100, MATTER)


def test_words_are_words() -> None:
    row = Held(since=FIRST, value=1, words=ATTACK, tick=ATTACK)
    coming = Held(since=FIRST + timedelta(days=9), value=2, words=ATTACK, tick=ATTACK)

    drawing = ElementTree.fromstring(history([row], today=FIRST, coming=coming, label=ATTACK))

    assert drawing.attrib["aria-label"] == ATTACK
    assert {one.text for one in drawing.iter("text")} == {ATTACK}


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(0, 4000), min_size=1, max_size=30, unique=True).map(sorted),
    st.lists(st.none() | st.integers(1, 10**9), min_size=30, max_size=30),
    st.integers(0, 400),
    st.none() | st.integers(-50, 400),
)
def test_nothing_leaves_the_chart_and_no_two_words_lie_over_each_other(
    days: list[int], amounts: list[int | None], later: int, coming: int | None
) -> None:
    today = days[-1] + later
    drawing = draw(
        *zip(days, amounts, strict=False), today=today,
        coming=None if coming is None else (today + coming, 700),
    )  # fmt: skip

    for left, right, height in blocks(drawing):
        assert -0.01 <= left <= right <= 100.02
        assert 1 <= height <= MATTER
    for room, is_amount in ((AMOUNT, True), (DAY, False)):
        words = [one for one in drawing.iter("text") if (number(one, "y") < BASE) == is_amount]
        spots = sorted(_left_of(one, room) for one in words)
        assert words or is_amount
        assert all(after - before >= room - 0.02 for before, after in pairwise(spots))
        assert all(-0.01 <= spot <= 100 - room + 0.01 for spot in spots)


def _left_of(text: ElementTree.Element, room: float) -> float:
    """Where these words begin, if they take all the room that is kept for them."""
    begins = {"start": 0.0, "middle": room / 2, "end": room}[text.attrib["text-anchor"]]
    return number(text, "x") - begins
