"""The picture of all amounts: drawn from figures that are never trusted to be reasonable."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.drawing.dots import HEAD, MOST_DOTS, NARROWEST, TALLEST, Column, Line, Middle

ATTACK = '"><script>alert(1)</script>'


def drawn(line: Line) -> ElementTree.Element:
    return ElementTree.fromstring(line.draw())


def circles(line: Line, kind: str = "") -> list[ElementTree.Element]:
    return [one for one in drawn(line).iter("circle") if not kind or kind in one.attrib["class"].split()]


def test_every_vote_is_a_dot_and_the_middle_one_has_an_edge() -> None:
    line = Line(
        [Column(2, "6"), Column(3), Column(1, "7")], label="six amounts", middle=Middle(1, 1, "middle: 6.50")
    )

    assert len(circles(line)) == 6
    [middle] = circles(line, "chart__dot--mid")
    assert middle.attrib["cx"] == "50%"
    assert [text.text for text in drawn(line).iter("text")] == ["6", "7", "middle: 6.50"]
    assert drawn(line).attrib["aria-label"] == "six amounts"


def test_the_one_that_nobody_named_is_an_open_dot_on_top() -> None:
    line = Line([Column(1), Column(1)], label="two", added=1)

    [ring] = circles(line, "chart__ring")
    below = [one for one in circles(line, "chart__dot") if one.attrib["cx"] == ring.attrib["cx"]]
    assert len(circles(line)) == 3
    assert float(ring.attrib["cy"]) < float(below[0].attrib["cy"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 200), min_size=1, max_size=40), st.data())
def test_nothing_leaves_the_picture_and_no_dot_lies_on_another(votes: list[int], data: st.DataObject) -> None:
    middle = Middle(data.draw(st.integers(0, len(votes) - 1)), 0, "the middle")
    line = Line([Column(number) for number in votes], label="all", middle=middle, top_words="often")

    height = int(drawn(line).attrib["height"])
    assert HEAD < height <= HEAD + TALLEST + 60
    found: dict[str, list[tuple[float, float]]] = {}
    for dot in circles(line):
        found.setdefault(dot.attrib["cx"], []).append((float(dot.attrib["cy"]), float(dot.attrib["r"])))
    for pile in found.values():
        assert all(y - radius >= HEAD - 2 and y + radius <= height for y, radius in pile)
        heights = sorted(y for y, _radius in pile)
        assert all(upper - lower >= 2 * pile[0][1] - 0.2 for lower, upper in pairwise(heights))
        assert 2 * pile[0][1] <= NARROWEST / len(votes) + 0.1


@pytest.mark.parametrize(("each", "is_dots"), [(MOST_DOTS // 10, True), (MOST_DOTS // 10 + 1, False)])
def test_more_than_can_be_counted_become_bars_that_keep_their_order(each: int, is_dots: bool) -> None:
    line = Line(
        [Column(each) for _column in range(10)],
        label="many",
        middle=Middle(3, 0, "middle"),
        top_words="16 votes",
    )

    bars = [one for one in drawn(line).iter("rect") if "chart__bar" in one.attrib["class"]]
    assert (len(circles(line)), len(bars)) == ((10 * each, 0) if is_dots else (0, 10))
    assert ("16 votes" in line.draw()) is not is_dots
    assert len([one for one in bars if "chart__bar--now" in one.attrib["class"]]) == (0 if is_dots else 1)


@pytest.mark.parametrize(("column", "anchor"), [(0, "start"), (10, "middle"), (19, "end")])
def test_words_near_an_edge_stay_on_the_screen(column: int, anchor: str) -> None:
    line = Line([Column(1)] * 20, label="all", middle=Middle(column, 0, "middle: 9.00"))

    [words] = [text for text in drawn(line).iter("text") if text.text == "middle: 9.00"]
    assert words.attrib["text-anchor"] == anchor


def test_words_are_words_whatever_they_are() -> None:
    line = Line([Column(1, ATTACK)], label=ATTACK, middle=Middle(0, 0, ATTACK), top_words=ATTACK)

    assert "<script>" not in line.draw()
    assert "style=" not in line.draw()
