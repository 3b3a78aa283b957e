"""A sheet to draw on: flat shapes without outlines or gradients, drawn three times too large and then made smaller."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT, FINER = 1600, 900, 3
CURVE = 16  # straight pieces in one curve
TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a picture: the fixed ones of the site, and those of the neighbourhood."""

    colour: str
    accent: str
    tint: str  # the neighbourhood's colour, very light
    deep: str  # the same, dark enough to read
    rays: str  # on the coin
    on_colour: str = "#fffdf8"
    paper: str = "#f6f1e6"
    dim: str = "#ebe4d5"
    rule: str = "#cdc3af"
    sheet: str = "#fffdf8"
    ink: str = "#1b1a17"


class Canvas:
    """1600 by 900 units, whatever it measures in pixels while it is being drawn."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), ground)
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, points: Iterable[Point], fill: str) -> None:
        self.pen.polygon([(x * FINER, y * FINER) for x, y in points], fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self.oval(x, y, radius, radius, fill)

    def oval(self, x: float, y: float, across: float, down: float, fill: str) -> None:
        corners = [(x - across) * FINER, (y - down) * FINER, (x + across) * FINER, (y + down) * FINER]
        self.pen.ellipse(corners, fill=fill)

    def ring(self, x: float, y: float, radius: float, width: float, fill: str) -> None:
        corners = [(x - radius) * FINER, (y - radius) * FINER, (x + radius) * FINER, (y + radius) * FINER]
        self.pen.ellipse(corners, outline=fill, width=round(width * FINER))

    def line(self, points: Iterable[Point], width: float, fill: str) -> None:
        """A line with straight corners and blunt ends."""
        corners = [(x * FINER, y * FINER) for x, y in points]
        self.pen.line(corners, fill=fill, width=round(width * FINER), joint="curve")

    def path(self, outline: str, fill: str, *, at: Point = (0, 0), size: float = 1) -> None:
        """An outline written as in SVG, moved and enlarged."""
        for points in outlines(outline):
            self.shape([(at[0] + x * size, at[1] + y * size) for x, y in points], fill)

    def png(self) -> bytes:
        """The finished picture. The same drawing gives the same bytes."""
        small = self.image.reduce(FINER)
        file = BytesIO()
        small.save(file, "PNG")
        return file.getvalue()


def sector(x: float, y: float, near: float, far: float, start: float, end: float) -> list[Point]:
    """A piece of a ring, in radians from the right, clockwise."""
    angles = [start + (end - start) * step / CURVE for step in range(CURVE + 1)]
    outer = [(x + far * cos(a), y + far * sin(a)) for a in angles]
    inner = [(x + near * cos(a), y + near * sin(a)) for a in reversed(angles)]
    return outer + inner


def turned(points: Iterable[Point], around: Point, degrees: float) -> list[Point]:
    """The points, turned clockwise around one of them or any other."""
    angle = degrees * pi / 180
    return [
        (
            around[0] + (x - around[0]) * cos(angle) - (y - around[1]) * sin(angle),
            around[1] + (x - around[0]) * sin(angle) + (y - around[1]) * cos(angle),
        )
        for x, y in points
    ]


def outlines(path: str) -> Iterator[list[Point]]:
    """The closed shapes of an SVG path, curves as short straight pieces. It knows M L l H h V v C S and Z."""
    points: list[Point] = []
    last_handle: Point | None = None
    for command, numbers in _commands(path):
        here = points[-1] if points else (0.0, 0.0)
        if command == "M" and points:
            yield points
            points = []
        handle = None
        if command in "CS":
            handle, pieces = _curve(command, numbers, here, last_handle)
            points += pieces
        elif command != "Z":
            points.append(_straight(command, numbers, here))
        last_handle = handle
    if points:
        yield points


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; one with numbers for several is several."""
    command, numbers = "", []
    wants = {"M": 2, "L": 2, "l": 2, "H": 1, "h": 1, "V": 1, "v": 1, "C": 6, "S": 4}
    for token in TOKEN.findall(path):
        if token.isalpha():
            command = token
            if command in "Zz":
                yield "Z", []
            continue
        numbers.append(float(token))
        if len(numbers) == wants[command]:
            yield command, numbers
            numbers = []


def _straight(command: str, numbers: list[float], here: Point) -> Point:
    ends = {
        "H": lambda: (numbers[0], here[1]),
        "h": lambda: (here[0] + numbers[0], here[1]),
        "V": lambda: (here[0], numbers[0]),
        "v": lambda: (here[0], here[1] + numbers[0]),
        "l": lambda: (here[0] + numbers[0], here[1] + numbers[-1]),
    }
    return ends.get(command, lambda: (numbers[0], numbers[1]))()


def _curve(
    command: str, numbers: list[float], here: Point, handle: Point | None
) -> tuple[Point, list[Point]]:
    if command == "S":
        mirrored = here if handle is None else (2 * here[0] - handle[0], 2 * here[1] - handle[1])
        numbers = [*mirrored, *numbers]
    a, b, end = (numbers[0], numbers[1]), (numbers[2], numbers[3]), (numbers[4], numbers[5])
    pieces = []
    for step in range(1, CURVE + 1):
        t = step / CURVE
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (sum(w * p[axis] for w, p in zip(weights, (here, a, b, end), strict=True)) for axis in (0, 1))
        pieces.append((x, y))
    return b, pieces
