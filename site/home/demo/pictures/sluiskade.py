from __future__ import annotations

from home.demo.pictures.canvas import Canvas, turned
from home.demo.pictures.inks import SLUISKADE
from home.demo.pictures.things import bridge, coin, houses, tree, water

INK = SLUISKADE
MIDDLE = "#5d9484"  # halfway between the green and the paper


def bridge_scene() -> Canvas:
    """The drawbridge opens for a boat; the coin comes up behind the houses."""
    canvas = Canvas(INK.paper)
    coin(canvas, "Sluisduit", 1210, 330, 230, INK)
    houses(
        canvas, "Sluiskade op de kade", left=930, right=1640, ground=640, size=2.1, wall=INK.colour, pane=MIDDLE,
        lit=INK.accent,
    )  # fmt: skip
    canvas.box(880, 640, 760, 70, INK.colour)
    water(canvas, 690, 900, INK.tint, INK.colour, "sluis")
    canvas.box(0, 640, 330, 260, INK.colour)
    canvas.box(0, 640, 330, 16, INK.ink)
    canvas.box(880, 640, 760, 16, INK.ink)
    bridge(canvas, 150, 640, 4.0, INK, opened=52)
    _boat(canvas, 560, 790)
    return canvas


def _boat(canvas: Canvas, x: float, waterline: float) -> None:
    canvas.shape(
        [
            (x - 40, waterline - 70),
            (x + 420, waterline - 70),
            (x + 470, waterline - 96),
            (x + 420, waterline),
            (x, waterline),
        ],
        INK.ink,
    )
    canvas.shape(
        [
            (x - 34, waterline - 62),
            (x + 424, waterline - 62),
            (x + 442, waterline - 44),
            (x - 26, waterline - 44),
        ],
        INK.accent,
    )
    canvas.box(x + 60, waterline - 160, 190, 90, INK.sheet)
    canvas.box(x + 46, waterline - 176, 218, 18, INK.colour)
    for window in range(3):
        canvas.box(x + 80 + window * 56, waterline - 140, 38, 38, INK.colour)
    canvas.box(x + 330, waterline - 210, 8, 140, INK.ink)
    canvas.shape(
        [(x + 338, waterline - 210), (x + 404, waterline - 188), (x + 338, waterline - 166)], INK.accent
    )


def workshop() -> Canvas:
    """A workbench with a radio and a lamp, tools on the wall behind it."""
    canvas = Canvas(INK.colour)
    canvas.box(110, 70, 900, 330, INK.tint)
    _tools(canvas)
    canvas.box(0, 660, 1600, 44, INK.paper)
    canvas.box(0, 704, 1600, 196, INK.dim)
    for x in (140, 620, 1100):
        canvas.box(x, 740, 400, 124, INK.paper)
        canvas.box(x + 150, 786, 100, 16, INK.ink)
    _radio(canvas, 190, 660)
    _lamp(canvas, 1190, 660)
    canvas.box(770, 628, 230, 32, INK.accent)
    canvas.box(1000, 636, 110, 16, INK.sheet)
    canvas.box(860, 570, 90, 58, INK.ink)
    canvas.box(874, 584, 62, 14, INK.accent)
    return canvas


def _tools(canvas: Canvas) -> None:
    """A saw, a hammer, a spanner and a screwdriver, hung on a board."""
    canvas.shape([(190, 190), (440, 160), (440, 270), (190, 220)], INK.colour)
    for tooth in range(12):
        left = 200 + tooth * 20
        low = 221 + tooth * 4.1
        canvas.shape([(left, low), (left + 20, low + 4.1), (left + 10, low + 20)], INK.colour)
    canvas.box(430, 140, 80, 150, INK.accent)
    canvas.box(452, 180, 36, 64, INK.tint)
    canvas.box(610, 130, 24, 230, INK.accent)
    canvas.shape([(560, 110), (690, 110), (690, 160), (585, 160)], INK.colour)
    canvas.ring(800, 152, 46, 26, INK.colour)
    canvas.box(786, 84, 28, 68, INK.tint)
    canvas.box(784, 190, 32, 170, INK.colour)
    canvas.box(910, 110, 40, 110, INK.accent)
    canvas.box(924, 220, 12, 140, INK.colour)


def _radio(canvas: Canvas, x: float, table: float) -> None:
    canvas.line([(x + 320, table - 220), (x + 420, table - 320)], 8, INK.paper)
    canvas.box(x, table - 230, 380, 230, INK.accent)
    canvas.box(x + 24, table - 206, 170, 182, INK.ink)
    for row in range(7):
        canvas.box(x + 38, table - 192 + row * 24, 142, 10, INK.accent)
    canvas.box(x + 216, table - 206, 140, 56, INK.sheet)
    canvas.box(x + 300, table - 206, 5, 56, INK.ink)
    for knob in (252, 320):
        canvas.disc(x + knob, table - 82, 27, INK.ink)
        canvas.box(x + knob - 3, table - 109, 6, 26, INK.accent)


def _lamp(canvas: Canvas, x: float, table: float) -> None:
    canvas.shape([(x - 80, table), (x + 80, table), (x + 56, table - 26), (x - 56, table - 26)], INK.ink)
    canvas.line([(x, table - 20), (x + 130, table - 230), (x - 30, table - 420)], 16, INK.ink)
    canvas.disc(x + 130, table - 230, 18, INK.accent)
    shade = [(x - 190, table - 330), (x - 70, table - 480), (x + 10, table - 450), (x + 10, table - 330)]
    canvas.shape(turned(shade, (x - 30, table - 420), -8), INK.accent)


def long_table() -> Canvas:
    """One long table from above: plates, glasses, bread, and chairs all round."""
    canvas = Canvas(INK.paper)
    for y in range(0, 900, 90):
        canvas.box(0, y, 1600, 3, INK.dim)
    for x in range(190, 1400, 250):
        for y, back in ((96, 84), (664, 790)):
            canvas.box(x, y, 170, 140, INK.colour)
            canvas.box(x, back, 170, 24, INK.ink)
    canvas.box(110, 200, 1380, 500, INK.sheet)
    canvas.box(110, 200, 1380, 12, INK.dim)
    canvas.box(110, 405, 1380, 90, INK.accent)
    for index, x in enumerate(range(190, 1400, 250)):
        _plate(canvas, x + 85, 302, index)
        _plate(canvas, x + 85, 598, index + 2)
    for x in (330, 830, 1310):
        _bowl(canvas, x, 450)
    for x in (500, 1010):
        _bread(canvas, x, 424)
    return canvas


def _bowl(canvas: Canvas, x: float, y: float) -> None:
    canvas.disc(x, y, 66, INK.colour)
    canvas.disc(x, y, 52, INK.paper)
    for dx, dy in ((-18, -14), (16, -18), (0, 14), (24, 12), (-26, 14)):
        canvas.disc(x + dx, y + dy, 13, INK.colour if dx % 4 else INK.accent)


def _bread(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x, y, 190, 52, INK.dim)
    for cut in range(5):
        canvas.box(x + 22 + cut * 34, y, 8, 52, INK.rule)


def _plate(canvas: Canvas, x: float, y: float, index: int) -> None:
    canvas.disc(x, y, 72, INK.tint)
    canvas.disc(x, y, 54, INK.sheet)
    food = (INK.colour, INK.accent, INK.ink)
    canvas.shape([(x - 34, y + 8), (x - 8, y - 36), (x + 10, y + 6)], food[index % 3])
    canvas.disc(x + 20, y + 16, 18, food[(index + 1) % 3])
    canvas.box(x - 20, y + 18, 26, 12, food[(index + 2) % 3])
    canvas.box(x - 98, y - 50, 8, 100, INK.ink)
    canvas.box(x + 90, y - 50, 8, 100, INK.ink)


def bench() -> Canvas:
    """A bench by the water, under a tree, with the sun low over the other bank."""
    canvas = Canvas(INK.paper)
    canvas.disc(520, 470, 200, INK.accent)
    houses(
        canvas, "De overkant", left=-30, right=1650, ground=540, size=1.15, wall=INK.colour, pane=MIDDLE,
        lit=INK.accent,
    )  # fmt: skip
    water(canvas, 540, 720, INK.tint, INK.colour, "bij de bank")
    for index, width in enumerate((330, 250, 290, 160)):
        canvas.box(520 - width / 2, 566 + index * 36, width, 12, INK.accent)
    canvas.box(0, 720, 1600, 180, INK.dim)
    canvas.box(0, 720, 1600, 18, INK.ink)
    tree(canvas, 1390, 800, 7.2, INK.colour, INK.ink)
    for x in (790, 1150):
        canvas.box(x, 610, 22, 220, INK.ink)
        canvas.box(x - 56, 716, 22, 114, INK.ink)
    for y in (606, 652):
        canvas.box(730, y, 500, 32, INK.accent)
    canvas.box(690, 706, 540, 30, INK.colour)
    for x in (150, 340):
        canvas.box(x, 660, 60, 78, INK.ink)
        canvas.box(x - 10, 648, 80, 18, INK.ink)
    return canvas
