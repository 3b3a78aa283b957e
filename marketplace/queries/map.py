"""The map of the market: the outline of neighbourhoods, with a numbered square where each offer is.

Everything lies in a box of 4 by 3, so that a stylesheet can give it any width: places are parts of a hundred across and
down, and the squares keep their size. Nothing is asked of another server.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from marketplace.models import Offer
from marketplace.queries.distance import Point, Ring, outer_rings
from neighbourhoods.models import Neighbourhood

WIDTH, HEIGHT, MARGIN = 400, 300, 24
BESIDE: Final = 0.25  # of the size of what is drawn: an offer farther outside it stands on no map
MOST_NUMBERS: Final = 3
CLOSE_X, CLOSE_Y = 9.0, 12.0  # per cent: closer than that two squares would cover each other on a phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A neighbourhood on the map: `path` is SVG, `x` and `y` are where its name stands, in per cent."""

    name: str
    path: str
    x: float
    y: float


@dataclass(slots=True, kw_only=True)
class Mark:
    """A square with the numbers of what is there, in per cent across and down."""

    x: float
    y: float
    numbers: list[int]

    @property
    def words(self) -> str:
        """As many as a square can be wide on a phone."""
        if len(self.numbers) <= MOST_NUMBERS:
            return " ".join(str(number) for number in self.numbers)
        return f"{self.numbers[0]} +{len(self.numbers) - 1}"

    @property
    def half(self) -> int:
        """Half its width in pixels."""
        return max(14, 6 + 5 * len(self.words))

    @property
    def width(self) -> int:
        return 2 * self.half


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """`numbers` gives each offer that is on it its number."""

    outlines: list[Outline]
    marks: list[Mark]
    numbers: dict[int, int]


# A name stands where no square covers it: tried in the middle first (parts of the height of its outline).
HEIGHTS: Final = (0.5, 0.3, 0.7, 0.15, 0.85)
NAME_X, NAME_Y = 18.0, 9.0  # per cent around the middle of a name, with half a square


class Box(NamedTuple):
    """Edges in degrees."""

    west: float
    south: float
    east: float
    north: float

    def wider(self, part: float) -> Box:
        along, up = (self.east - self.west) * part, (self.north - self.south) * part
        return Box(self.west - along, self.south - up, self.east + along, self.north + up)

    def holds(self, point: Point) -> bool:
        return self.west <= point.longitude <= self.east and self.south <= point.latitude <= self.north


def map_of(
    offers: Sequence[Offer], place: Neighbourhood | None, drawn: Iterable[Neighbourhood]
) -> Map | None:
    """The map of a neighbourhood and of those where these offers are; none when none of them is drawn. No query:
    `drawn` come with their outlines."""
    wanted = {offer.neighbourhood_id for offer in offers} | ({place.pk} if place else set())
    rings = [(one.name, outer_rings(one.area.outline)) for one in drawn if one.pk in wanted and one.area]
    corners = [Point(at[1], at[0]) for _name, of in rings for ring in of for at in ring]
    if not corners:
        return None
    whole = _around(corners)
    placed = [(offer, at) for offer in offers if (at := _point(offer)) and whole.wider(BESIDE).holds(at)]
    view = View(_around([*corners, *(at for _offer, at in placed)]))
    numbers = {offer.pk: number for number, (offer, _at) in enumerate(placed, start=1)}
    marks = _together([view.percent(at) for _offer, at in placed])
    return Map(
        outlines=[view.outline(name, of, marks) for name, of in rings if of],
        marks=marks,
        numbers=numbers,
    )


class View:
    """From degrees to the box: the same scale both ways, and everything in the middle."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.narrowing = math.cos(math.radians((box.south + box.north) / 2))
        wide = max((box.east - box.west) * self.narrowing, 1e-6)
        high = max(box.north - box.south, 1e-6)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        self.left = (WIDTH - wide * self.scale) / 2
        self.top = (HEIGHT - high * self.scale) / 2

    def at(self, point: Point) -> tuple[float, float]:
        x = self.left + (point.longitude - self.box.west) * self.narrowing * self.scale
        return x, self.top + (self.box.north - point.latitude) * self.scale

    def percent(self, point: Point) -> tuple[float, float]:
        x, y = self.at(point)
        return round(x / WIDTH * 100, 2), round(y / HEIGHT * 100, 2)

    def outline(self, name: str, rings: Iterable[Ring], marks: Sequence[Mark] = ()) -> Outline:
        drawn = [[self.at(Point(at[1], at[0])) for at in ring] for ring in rings]
        path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z" for ring in drawn)
        xs, ys = zip(*(at for ring in drawn for at in ring), strict=True)
        x = (min(xs) + max(xs)) / 2 / WIDTH * 100
        tries = [(min(ys) + part * (max(ys) - min(ys))) / HEIGHT * 100 for part in HEIGHTS]
        y = next((y for y in tries if _is_free(x, y, marks)), tries[0])
        return Outline(name=name, path=path, x=round(x, 2), y=round(y, 2))


def _is_free(x: float, y: float, marks: Sequence[Mark]) -> bool:
    return not any(abs(one.x - x) < NAME_X and abs(one.y - y) < NAME_Y for one in marks)


def _together(places: Sequence[tuple[float, float]]) -> list[Mark]:
    """Squares that would cover each other become one with all their numbers."""
    marks: list[Mark] = []
    for number, (x, y) in enumerate(places, start=1):
        near = next((one for one in marks if abs(one.x - x) < CLOSE_X and abs(one.y - y) < CLOSE_Y), None)
        if near:
            near.numbers.append(number)
        else:
            marks.append(Mark(x=x, y=y, numbers=[number]))
    return marks


def _point(offer: Offer) -> Point | None:
    if offer.latitude is None or offer.longitude is None:
        return None
    return Point(offer.latitude, offer.longitude)


def _around(points: Sequence[Point]) -> Box:
    ups, alongs = [at.latitude for at in points], [at.longitude for at in points]
    return Box(min(alongs), min(ups), max(alongs), max(ups))
