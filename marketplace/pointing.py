"""Pointing at a place on the drawn outline of an area: where a dot on the picture lies on earth, and the other way.

Plain arithmetic. An area is a few kilometres wide, so that a flat sheet, narrowed for how far north it lies, is right
to within a metre or so.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

WIDTH = (
    288  # dots: fits between the margins of the narrowest telephone, and so is shown at this size everywhere
)
SHORTEST, TALLEST = 200, 400
EDGE = 12  # dots of sheet around the area
FEWEST_CORNERS = 6  # an outline with fewer is a mere box, on which nobody knows where they are
FINEST = 6  # decimals of a degree: a decimetre

Point = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Sheet:
    """An area on a sheet. `scale` is dots per degree of latitude; `narrow` how much shorter one of longitude is."""

    rings: tuple[tuple[Point, ...], ...]
    north: float
    west: float
    scale: float
    narrow: float
    left: float
    top: float
    height: int

    def dot_at(self, point: Point) -> tuple[float, float]:
        latitude, longitude = point
        x = self.left + (longitude - self.west) * self.narrow * self.scale
        return x, self.top + (self.north - latitude) * self.scale

    def point_at(self, x: float, y: float) -> Point | None:
        """Where a dot of the sheet lies on earth. None for one beside the sheet."""
        if not (0 <= x <= WIDTH and 0 <= y <= self.height):
            return None
        latitude = self.north - (y - self.top) / self.scale
        longitude = self.west + (x - self.left) / (self.narrow * self.scale)
        return round(latitude, FINEST), round(longitude, FINEST)

    def shows(self, point: Point) -> bool:
        x, y = self.dot_at(point)
        return 0 <= x <= WIDTH and 0 <= y <= self.height

    @property
    def is_bare(self) -> bool:
        """Whether its outline says nothing of the place. A ring ends on the corner that it begins with."""
        return sum(len(ring) - 1 for ring in self.rings) < FEWEST_CORNERS

    def drawing(self, marked: Point | None = None) -> str:
        """The sheet as an SVG of its own. It is a thing, like paper: the same by day and by night."""
        path = "".join(
            "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(self.dot_at, ring)) + "Z" for ring in self.rings
        )
        mark = self._mark(marked) if marked and self.shows(marked) else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" '
            f'viewBox="0 0 {WIDTH} {self.height}"><path fill="#ebe4d5" d="M0 0h{WIDTH}v{self.height}H0z"/>'
            f'<path fill="#fffdf8" stroke="#1b1a17" stroke-width="2" fill-rule="evenodd" d="{path}"/>{mark}</svg>'
        )

    def address(self, marked: Point | None = None) -> str:
        """The drawing as an address that stands in the page itself."""
        return f"data:image/svg+xml;base64,{b64encode(self.drawing(marked).encode()).decode()}"

    def _mark(self, point: Point) -> str:
        """A square, for only the coin is round."""
        x, y = self.dot_at(point)
        return (
            f'<path fill="#1b1a17" stroke="#fffdf8" stroke-width="2" d="M{x - 9:.1f} {y - 9:.1f}h18v18h-18z"/>'
            f'<path fill="#fffdf8" d="M{x - 3:.1f} {y - 3:.1f}h6v6h-6z"/>'
        )


def sheet_of(outline: dict[str, Any] | None) -> Sheet | None:
    """The sheet on which an outline (GeoJSON, RFC 7946) fits. None without an outline, or with one that has no size."""
    rings = tuple(_rings(outline or {}))
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    north, south = max(lat for lat, _lon in points), min(lat for lat, _lon in points)
    west, east = min(lon for _lat, lon in points), max(lon for _lat, lon in points)
    narrow = cos(radians((north + south) / 2))
    wide, high = (east - west) * narrow, north - south
    if wide <= 0 or high <= 0 or narrow <= 0:
        return None
    scale = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / high)
    height = max(SHORTEST, round(high * scale) + 2 * EDGE)
    left, top = (WIDTH - wide * scale) / 2, (height - high * scale) / 2
    return Sheet(rings, north, west, scale, narrow, left, top, height)


def _rings(outline: dict[str, Any]) -> Iterator[tuple[Point, ...]]:
    surfaces: Sequence[Any] = outline.get("coordinates") or []
    polygons = [surfaces] if outline.get("type") == "Polygon" else surfaces
    for polygon in polygons:
        for ring in polygon:
            yield tuple((float(point[1]), float(point[0])) for point in ring)
