"""Pointing at a place on the drawing of a neighbourhood."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from marketplace.pointing import EDGE, TALLEST, WIDTH, sheet_of
from tests.marketplace.offer_pages.scene import AREA, SIDE, SOUTH, WEST


def outline(wide: float, high: float) -> dict[str, Any]:
    ring = [[5, 52], [5 + wide, 52], [5 + wide, 52 + high], [5, 52 + high], [5, 52]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_a_dot_on_the_drawing_is_a_place_on_earth_and_back() -> None:
    sheet = sheet_of(AREA)
    assert sheet is not None

    for dot in ((EDGE + 20, EDGE + 20), (WIDTH / 2, sheet.height / 2), (WIDTH - 60, sheet.height - 30)):
        point = sheet.point_at(*dot)
        assert point is not None
        assert sheet.dot_at(point) == pytest.approx(dot, abs=0.1)


def test_north_is_at_the_top_and_west_at_the_left() -> None:
    sheet = sheet_of(AREA)
    assert sheet is not None

    x, y = sheet.dot_at((SOUTH + SIDE, WEST))
    right, below = sheet.dot_at((SOUTH, WEST + SIDE))

    assert x < right
    assert y < below


def test_a_metre_to_the_east_is_as_long_as_a_metre_to_the_north() -> None:
    sheet = sheet_of(AREA)
    assert sheet is not None
    metre_north, metre_east = (
        1 / 111_195,
        1 / (111_195 * 0.60496),
    )  # of latitude; of longitude at 52.77 degrees

    x, y = sheet.dot_at((SOUTH, WEST))
    _x, up = sheet.dot_at((SOUTH + 100 * metre_north, WEST))
    right, _y = sheet.dot_at((SOUTH, WEST + 100 * metre_east))

    assert right - x == pytest.approx(y - up, rel=0.001)


@pytest.mark.parametrize("shape", [(0.1, 0.001), (0.001, 0.1), (0.02, 0.02)], ids=["wide", "high", "square"])
def test_every_shape_fits_on_the_sheet(shape: tuple[float, float]) -> None:
    sheet = sheet_of(outline(*shape))
    assert sheet is not None

    dots = [sheet.dot_at((52 + y, 5 + x)) for x in (0, shape[0]) for y in (0, shape[1])]

    assert 200 <= sheet.height <= TALLEST
    assert all(
        EDGE - 1 <= x <= WIDTH - EDGE + 1 and EDGE - 1 <= y <= sheet.height - EDGE + 1 for x, y in dots
    )


@pytest.mark.parametrize("dot", [(-1, 5), (WIDTH + 1, 5), (5, -1), (5, 10_000), (float("nan"), 5)])
def test_beside_the_sheet_is_no_place(dot: tuple[float, float]) -> None:
    sheet = sheet_of(AREA)
    assert sheet is not None

    assert sheet.point_at(*dot) is None


@pytest.mark.parametrize("empty", [None, {}, outline(0, 0), outline(0.1, 0)])
def test_without_an_outline_there_is_no_sheet(empty: dict[str, Any] | None) -> None:
    assert sheet_of(empty) is None


def test_an_area_of_several_pieces_is_drawn_whole_with_the_place_marked() -> None:
    pieces = {
        "type": "MultiPolygon",
        "coordinates": [outline(0.01, 0.01)["coordinates"], outline(0.02, 0.02)["coordinates"]],
    }
    sheet = sheet_of(pieces)
    assert sheet is not None

    plain, marked = sheet.drawing(), sheet.drawing((52.005, 5.005))

    outlines = [path.get("d", "") for path in ElementTree.fromstring(plain)]
    assert outlines[1].count("M") == 2
    assert len(ElementTree.fromstring(marked)) == len(outlines) + 2
    assert sheet.drawing((0, 0)) == plain  # what lies elsewhere is not marked at the edge
