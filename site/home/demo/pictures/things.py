"""Things that stand in several pictures: houses, landmarks, the coin, trees, water, cups."""

from __future__ import annotations

from math import pi, sin

from content.drawing.chance import Chance
from content.drawing.coin import ALPHABET, GAP, INNER, OUTER, REACH, places
from content.drawing.street import GABLES, GROUND, PANE_HEIGHT, PANE_WIDTH, SILL, STOREY
from home.demo.pictures.canvas import Canvas, Ink, Point, outlines, sector, turned

ONE = "M52.6 40.5V60h-4.4V46.2l-4 1.6v-4.1l5.2-3.2Z"
LOW = ("point", "flat", "cornice")
ALL = tuple(GABLES)


def coin(canvas: Canvas, name: str, x: float, y: float, radius: float, ink: Ink) -> None:
    """The coin of this name, as it stands everywhere on the site."""
    scale = radius / 50
    canvas.disc(x, y, radius, ink.accent)
    canvas.ring(x, y, 47.3 * scale, 1.5 * scale, ink.rays)
    letters = places(name)
    turn = 2 * pi / len(letters)
    for index, place in enumerate(letters):
        start, end = ((index + part) * turn - pi / 2 for part in (GAP, 1 - GAP))
        far = OUTER + REACH * place / ALPHABET
        canvas.shape(sector(x, y, INNER * scale, far * scale, start, end), ink.rays)
    canvas.disc(x, y, 16 * scale, "#ffffff")
    canvas.path(ONE, ink.rays, at=(x - 50 * scale, y - 50 * scale), size=scale)


def houses(
    canvas: Canvas,
    seed: str,
    *,
    left: float,
    right: float,
    ground: float,
    size: float,
    wall: str,
    pane: str,
    lit: str,
    kinds: tuple[str, ...] = ALL,
) -> None:
    """A row of houses with the gables of the site's own street, from left to right as far as there is room."""
    chance, x, last = Chance(seed), left, ""
    while True:
        last = chance.one([kind for kind in kinds if kind != last])
        flat = last == "flat"
        width = chance.between(96, 132) if flat else chance.between(46, 66)
        height = chance.between(62, 84) if flat else chance.between(84, 142)
        if x + width * size > right:
            return
        house = GABLES[last](0, width, height, chance)
        canvas.path(house.outline, wall, at=(x, ground - GROUND * size), size=size)
        top = ground - (GROUND - house.windows_from - 2) * size
        across = 5 if flat else chance.one((2, 3))
        _panes(canvas, chance, (x, top), width, across, ground - (GROUND - SILL) * size, size, (pane, lit))
        x += (width + chance.one((1.4, 1.4, 1.4, 8))) * size


def _panes(
    canvas: Canvas,
    chance: Chance,
    corner: Point,
    width: float,
    across: int,
    sill: float,
    size: float,
    fills: tuple[str, str],
) -> None:
    gap = (width - across * PANE_WIDTH) / (across + 1)
    y = corner[1]
    while y + (PANE_HEIGHT + 3) * size < sill:
        for index in range(across):
            x = corner[0] + (gap + index * (PANE_WIDTH + gap)) * size
            fill = fills[1] if chance.below(4) == 0 else fills[0]
            canvas.box(x, y, PANE_WIDTH * size, PANE_HEIGHT * size, fill)
        y += STOREY * size


def mill(canvas: Canvas, x: float, ground: float, size: float, ink: Ink, *, turn: float = 20) -> None:
    """A tower mill; x is its middle. Sized so that 1 is as high as a house of the street."""
    wall = ink.colour

    def at(dx: float, dy: float) -> Point:
        return x + dx * size, ground + dy * size

    canvas.shape([at(-26, 0), at(-15, -92), at(15, -92), at(26, 0)], wall)
    canvas.shape([at(-17, -90), at(-15, -102), at(0, -112), at(15, -102), at(17, -90)], wall)
    canvas.shape([at(-40, -38), at(40, -38), at(40, -33), at(-40, -33)], wall)
    for side in (-1, 1):
        canvas.shape([at(side * 36, -33), at(side * 39, -33), at(side * 22, -4), at(side * 19, -4)], wall)
    canvas.shape([at(-5, 0), at(-5, -20), at(5, -20), at(5, 0)], ink.paper)
    for dy in (-58, -78):
        canvas.shape([at(-4, dy), at(4, dy), at(4, dy - 10), at(-4, dy - 10)], ink.accent)
    axis = at(0, -98)
    for quarter in range(4):
        _sail(canvas, axis, size, turn + 90 * quarter, wall, ink.paper)
    canvas.disc(*axis, 5 * size, ink.accent)


def _sail(canvas: Canvas, axis: Point, size: float, degrees: float, wood: str, cloth: str) -> None:
    def beam(left: float, low: float, right: float, high: float, fill: str) -> None:
        corners = [(left, low), (right, low), (right, high), (left, high)]
        moved = [(axis[0] + x * size, axis[1] - y * size) for x, y in corners]
        canvas.shape(turned(moved, axis, degrees), fill)

    beam(-1.8, 0, 1.8, 92, wood)
    beam(1.8, 14, 15, 90, wood)
    for row in range(5):
        beam(4.2, 17 + row * 14.6, 12.6, 28.4 + row * 14.6, cloth)


def bridge(canvas: Canvas, x: float, deck: float, size: float, ink: Ink, *, opened: float = 0) -> None:
    """A Dutch drawbridge: two posts, a balance beam above, and a leaf that goes up by `opened` degrees."""
    wall = ink.colour

    def box(left: float, top: float, width: float, height: float) -> list[Point]:
        return [
            (x + dx * size, deck + dy * size)
            for dx, dy in (
                (left, top),
                (left + width, top),
                (left + width, top + height),
                (left, top + height),
            )
        ]

    foot = (x + 70 * size, deck)
    leaf = [(foot[0] + dx * size, foot[1] + dy * size) for dx, dy in ((0, -4), (84, -4), (84, 4), (0, 4))]
    canvas.shape(turned(leaf, foot, -opened), wall)
    axis = (x + 50 * size, deck - 96 * size)
    tilt = -opened * 0.55
    beam = [
        (axis[0] + dx * size, axis[1] + dy * size) for dx, dy in ((-62, -4), (88, -2.5), (88, 2.5), (-62, 4))
    ]
    weight = [
        (axis[0] + dx * size, axis[1] + dy * size) for dx, dy in ((-70, -9), (-44, -9), (-44, 13), (-70, 13))
    ]
    canvas.shape(turned(beam, axis, tilt), wall)
    canvas.shape(turned(weight, axis, tilt), ink.accent)
    tip = turned([(axis[0] + 86 * size, axis[1])], axis, tilt)[0]
    end = turned([(foot[0] + 80 * size, foot[1])], foot, -opened)[0]
    canvas.line([tip, end], 1.6 * size, wall)
    for left in (28, 62):
        canvas.shape(box(left, -104, 9, 104), wall)
    canvas.shape(box(24, -108, 51, 7), wall)
    canvas.shape(box(-40, -4, 114, 8), wall)


def tower(canvas: Canvas, x: float, ground: float, size: float, ink: Ink, fills: tuple[str, str]) -> None:
    """A water tower; x is its middle, fills are its wall and its lines."""
    wall, line = fills

    def at(dx: float, dy: float) -> Point:
        return x + dx * size, ground + dy * size

    canvas.shape([at(-22, 0), at(-17, -96), at(17, -96), at(22, 0)], wall)
    canvas.shape([at(-34, -92), at(-34, -132), at(34, -132), at(34, -92), at(20, -82), at(-20, -82)], wall)
    canvas.shape([at(-38, -130), at(0, -156), at(38, -130)], wall)
    canvas.shape([at(-2, -152), at(-2, -168), at(2, -168), at(2, -152)], wall)
    canvas.shape([at(-34, -124), at(34, -124), at(34, -121), at(-34, -121)], line)
    for dx in (-24, -8, 8, 24):
        canvas.shape([at(dx - 4, -100), at(dx - 4, -114), at(dx + 4, -114), at(dx + 4, -100)], line)
    for dy in (-30, -54, -76):
        canvas.shape([at(-3.5, dy), at(-3.5, dy - 11), at(3.5, dy - 11), at(3.5, dy)], line)
    canvas.shape([at(-6, 0), at(-6, -16), at(6, -16), at(6, 0)], line)


def tree(canvas: Canvas, x: float, ground: float, size: float, crown: str, trunk: str) -> None:
    """A tall crown on a straight trunk."""
    canvas.box(x - 2.5 * size, ground - 40 * size, 5 * size, 40 * size, trunk)
    canvas.shape(
        [
            (x + dx * size, ground + dy * size)
            for dx, dy in ((-17, -26), (-20, -52), (-13, -78), (0, -90), (13, -78), (20, -52), (17, -26))
        ],
        crown,
    )


def water(canvas: Canvas, top: float, bottom: float, ground: str, ripple: str, seed: str) -> None:
    """A band of water with short level ripples, the same each time."""
    canvas.box(0, top, 1600, bottom - top, ground)
    chance = Chance(seed)
    y = top + 26
    while y < bottom - 12:
        x = chance.between(-80, 60)
        while x < 1600:
            length = chance.between(50, 190)
            canvas.box(x, y, length, 5, ripple)
            x += length + chance.between(90, 330)
        y += chance.between(26, 38)


def cup(canvas: Canvas, x: float, table: float, size: float, body: str, drink: str) -> None:
    """A cup on a saucer; x is its middle, table the height it stands at."""
    canvas.ring(x + 46 * size, table - 48 * size, 24 * size, 9 * size, body)
    outline = [(-46, -84), (46, -84), (38, -26), (24, -10), (-24, -10), (-38, -26)]
    canvas.shape([(x + dx * size, table + dy * size) for dx, dy in outline], body)
    canvas.shape(
        [(x + dx * size, table + dy * size) for dx, dy in ((-46, -84), (46, -84), (45, -76), (-45, -76))],
        drink,
    )
    canvas.shape(
        [(x + dx * size, table + dy * size) for dx, dy in ((-66, -10), (66, -10), (50, 0), (-50, 0))], body
    )


def steam(canvas: Canvas, x: float, bottom: float, height: float, fill: str, width: float = 12) -> None:
    """A wavering band that rises."""
    steps = 40
    middle = [(x + 13 * sin(2.2 * pi * i / steps), bottom - height * i / steps) for i in range(steps + 1)]
    left = [(px - width / 2, py) for px, py in middle]
    right = [(px + width / 2, py) for px, py in reversed(middle)]
    canvas.shape(left + right, fill)


def drawn(canvas: Canvas, path: str, fill: str, *, x: float, y: float, size: float) -> None:
    """A path with its origin at a point."""
    for points in outlines(path):
        canvas.shape([(x + px * size, y + py * size) for px, py in points], fill)
