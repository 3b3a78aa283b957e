"""Charts: drawn from figures that are never trusted to be reasonable."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from content.drawing.chart import BASE, HEAD, MATTER, Bar, bars, meter, top_of

ATTACK = '"><script>alert(1)</script>'
WORDS = {"top_words": "100", "last_words": "Now: 50", "label": "From 0 to 50"}


def heights(drawing: str) -> list[int]:
    rects = ElementTree.fromstring(drawing).iter("rect")
    return [int(rect.attrib["height"]) for rect in rects if "chart__bar" in rect.attrib["class"]]


@pytest.mark.parametrize(
    ("values", "top"),
    [
        ([], 100), ([0], 100), ([1], 100), ([100], 100), ([101], 200), ([201], 250), ([2_51], 500), ([5_01], 1000),
        ([99_999, 3], 100_000), ([100_001], 200_000), ([7_140_00], 1_000_000),
    ],
)  # fmt: skip
def test_the_scale_ends_at_a_round_number_above_all(values: list[int], top: int) -> None:
    assert top_of(values) == top


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=24))
def test_no_bar_leaves_its_chart_and_more_is_never_lower(values: list[int]) -> None:
    drawing = bars([Bar("j", value) for value in values], top=top_of(values), **WORDS)

    drawn = heights(drawing)
    assert all(0 <= height <= MATTER for height in drawn)
    in_order = sorted(zip(values, drawn, strict=True))
    assert [height for _value, height in in_order] == sorted(drawn)
    assert all(height > 0 for value, height in in_order if value)


def test_a_chart_says_its_sentence_and_needs_no_size_of_its_own() -> None:
    drawing = bars([Bar("j", 50), Bar("f", 100)], top=100, **WORDS)

    chart = ElementTree.fromstring(drawing)
    assert (chart.attrib["role"], chart.attrib["aria-label"]) == ("img", "From 0 to 50")
    assert "viewBox" not in chart.attrib
    assert [text.text for text in chart.iter("text")] == ["100", "Now: 50", "j", "f"]
    assert heights(drawing) == [MATTER // 2, MATTER]
    assert f'y1="{HEAD}"' in drawing
    assert f'y1="{BASE}"' in drawing


def test_the_last_bar_alone_is_now() -> None:
    drawing = bars([Bar("j", 50), Bar("f", 100)], top=100, **WORDS)

    assert [("now" in css) for css in re.findall(r'class="(chart__bar[^"]*)"', drawing)] == [False, True]


def test_words_cannot_break_out_of_a_chart() -> None:
    drawing = bars([Bar(ATTACK, 1)], top=100, top_words=ATTACK, last_words=ATTACK, label=ATTACK)

    ElementTree.fromstring(drawing)
    assert "<script>" not in drawing + meter(1, 2, ATTACK)


@pytest.mark.parametrize(
    ("part", "whole", "width"),
    [
        (0, 10, "0%"),
        (1, 3, "33.33%"),
        (10, 10, "100%"),
        (11, 10, "100%"),
        (-1, 10, "0%"),
        (0, 0, "0%"),
        (5, 0, "0%"),
    ],
)
def test_a_meter_shows_no_less_than_nothing_and_no_more_than_all(part: int, whole: int, width: str) -> None:
    *_, shown = ElementTree.fromstring(meter(part, whole, "So much")).iter("rect")

    assert shown.attrib["width"] == width


def test_templates_draw_charts() -> None:
    page = Template('{% load charts %}{% bars rows 100 "100" "Now" "Label" %}{% meter 1 2 "Half" %}')

    drawn = page.render(Context({"rows": [Bar("j", 100)]}))

    assert drawn.count("<svg") == 2
    assert 'width="50%"' in drawn
