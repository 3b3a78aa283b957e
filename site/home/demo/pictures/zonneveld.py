from __future__ import annotations

from home.demo.pictures.canvas import Canvas
from home.demo.pictures.inks import ZONNEVELD
from home.demo.pictures.things import LOW, coin, drawn, houses, tower, tree

INK = ZONNEVELD
SHADE = "#d9a50a"  # the yellow, one step darker


def tower_scene() -> Canvas:
    """The water tower between trees and low houses, the coin behind it."""
    canvas = Canvas(INK.colour)
    coin(canvas, "Zonnetje", 1010, 330, 245, INK)
    _low_row(canvas, "Zonneveld links", -30, 520)
    _low_row(canvas, "Zonneveld rechts", 930, 1660)
    for x, size in ((560, 3.4), (900, 2.7), (1180, 2.3)):
        tree(canvas, x, 720, size, SHADE, INK.ink)
    tower(canvas, 730, 720, 4.1, INK, (INK.ink, INK.colour))
    canvas.box(0, 720, 1600, 18, INK.ink)
    canvas.box(0, 738, 1600, 162, INK.paper)
    for x in range(60, 1600, 190):
        canvas.box(x, 806, 110, 14, INK.rule)
    return canvas


def _low_row(canvas: Canvas, seed: str, left: float, right: float) -> None:
    houses(
        canvas, seed, left=left, right=right, ground=720, size=2.0, wall=INK.sheet, pane=INK.rule, lit=INK.accent,
        kinds=LOW,
    )  # fmt: skip


LEAVES = "M0 0C-6 -30 -40 -52 -66 -50C-54 -22 -28 -4 0 0ZM0 0C6 -30 40 -52 66 -50C54 -22 28 -4 0 0Z"


def garden() -> Canvas:
    """Rows of vegetables, a fruit tree and a watering can."""
    canvas = Canvas(INK.paper)
    canvas.disc(330, 300, 190, INK.colour)
    canvas.box(0, 560, 1600, 340, INK.ink)
    _fence(canvas)
    tree(canvas, 1320, 580, 6.0, INK.deep, INK.ink)
    for x, y in ((1270, 170), (1360, 230), (1290, 310), (1390, 340), (1330, 110)):
        canvas.disc(x, y, 24, INK.colour)
    for row, (y, size) in enumerate(((640, 0.8), (740, 1.0), (860, 1.25))):
        canvas.box(0, y, 1600, 14, "#3a362f")
        start = 60 if row % 2 else 130
        for x in range(start, 1600, 170):
            drawn(canvas, LEAVES, INK.colour if row != 1 else INK.accent, x=x, y=y, size=size)
            drawn(
                canvas, LEAVES, INK.colour if row != 1 else INK.accent, x=x, y=y - 24 * size, size=size * 0.6
            )
    _watering_can(canvas, 660, 562)
    return canvas


def _fence(canvas: Canvas) -> None:
    for x in range(20, 1600, 92):
        canvas.shape([(x, 560), (x, 440), (x + 22, 414), (x + 44, 440), (x + 44, 560)], INK.sheet)
    for y in (462, 522):
        canvas.box(0, y, 1600, 14, INK.sheet)


def _watering_can(canvas: Canvas, x: float, ground: float) -> None:
    canvas.ring(x + 226, ground - 150, 96, 20, INK.accent)
    canvas.shape(
        [(x, ground - 220), (x + 220, ground - 220), (x + 240, ground), (x - 20, ground)], INK.accent
    )
    canvas.shape(
        [(x, ground - 60), (x, ground - 110), (x - 170, ground - 246), (x - 196, ground - 220)], INK.accent
    )
    canvas.shape(
        [(x - 220, ground - 226), (x - 164, ground - 282), (x - 146, ground - 262), (x - 202, ground - 206)],
        INK.ink,
    )
    canvas.box(x + 2, ground - 150, 216, 22, INK.ink)


def cargo_bike() -> Canvas:
    """A cargo bike with a plant in its box, in front of low houses."""
    canvas = Canvas(INK.accent)
    canvas.disc(1290, 250, 150, INK.colour)
    houses(
        canvas, "Achter de bakfiets", left=-40, right=1660, ground=640, size=2.6, wall=INK.sheet, pane=INK.accent,
        lit=INK.colour, kinds=LOW,
    )  # fmt: skip
    canvas.box(0, 640, 1600, 260, INK.paper)
    canvas.box(0, 640, 1600, 14, INK.ink)
    canvas.box(0, 822, 1600, 78, INK.dim)
    _wheels(canvas)
    _load(canvas)
    return canvas


def _wheels(canvas: Canvas) -> None:
    for x, radius in ((430, 150), (1130, 112)):
        hub = 822 - radius
        canvas.ring(x, hub, radius, 16, INK.ink)
        canvas.disc(x, hub, 14, INK.ink)
        for dx, dy in ((1, 0), (0, 1), (0.7, 0.7), (0.7, -0.7)):
            canvas.line(
                [(x - dx * radius, hub - dy * radius), (x + dx * radius, hub + dy * radius)], 2, INK.ink
            )
    for points in (
        [(430, 672), (600, 700)], [(430, 672), (566, 500)], [(600, 700), (540, 460)], [(600, 700), (724, 520)],
        [(572, 520), (722, 500)], [(600, 700), (800, 740), (1060, 740), (1130, 710)],
        [(700, 440), (742, 560), (800, 740)],
    ):  # fmt: skip
        canvas.line(points, 18, INK.ink)
    canvas.line([(700, 440), (650, 420), (612, 428)], 15, INK.ink)
    canvas.shape([(470, 446), (600, 446), (576, 476), (500, 480)], INK.ink)
    canvas.disc(600, 700, 36, INK.ink)
    canvas.line([(594, 694), (640, 762)], 11, INK.sheet)
    canvas.box(618, 756, 58, 13, INK.ink)


def _load(canvas: Canvas) -> None:
    leaf = "M0 0C-34 -60 -30 -120 6 -170C40 -120 36 -60 0 0Z"
    for x, y, size in ((880, 520, 0.95), (966, 520, 1.4), (1046, 520, 1.05)):
        drawn(canvas, leaf, INK.deep, x=x, y=y, size=size)
    for x, y in ((880, 352), (968, 270), (1050, 338)):
        canvas.disc(x, y, 46, INK.colour)
        canvas.disc(x, y, 20, INK.ink)
    canvas.shape([(770, 500), (1180, 500), (1130, 716), (820, 716)], INK.colour)
    canvas.shape([(762, 488), (1190, 488), (1186, 516), (766, 516)], INK.ink)
    for x in (870, 970, 1070):
        canvas.box(x, 540, 12, 150, SHADE)


def coin_scene() -> Canvas:
    """The coin, as large as it can be, rising over the street."""
    canvas = Canvas(INK.paper)
    coin(canvas, "Zonnetje", 800, 470, 400, INK)
    houses(
        canvas,
        "Onder de munt",
        left=-30,
        right=1660,
        ground=840,
        size=1.7,
        wall=INK.colour,
        pane=SHADE,
        lit=INK.accent,
    )
    canvas.box(0, 836, 1600, 64, INK.colour)
    return canvas
