from __future__ import annotations

from home.demo.pictures.canvas import Canvas
from home.demo.pictures.inks import MOLENWIJK
from home.demo.pictures.things import coin, cup, drawn, houses, mill, steam, water

INK = MOLENWIJK


def mill_scene() -> Canvas:
    """A mill beside houses on the canal, and the coin coming up behind the roofs."""
    canvas = Canvas(INK.paper)
    coin(canvas, "Molenmunt", 560, 360, 235, INK)
    houses(
        canvas, "Molenwijk aan de singel", left=-20, right=1010, ground=690, size=2.5, wall=INK.colour, pane="#6f90e2",
        lit=INK.accent,
    )  # fmt: skip
    mill(canvas, 1270, 690, 4.2, INK, turn=24)
    canvas.box(0, 690, 1600, 18, INK.ink)
    water(canvas, 708, 900, INK.tint, INK.colour, "singel")
    return canvas


def kitchen_table() -> Canvas:
    """A table with soup and coffee, before a window that looks out on the mill."""
    canvas = Canvas(INK.colour)
    canvas.box(940, 90, 500, 400, INK.paper)
    canvas.box(960, 110, 460, 360, INK.tint)
    houses(
        canvas, "Uit het raam", left=968, right=1180, ground=470, size=1.0, wall=INK.colour, pane="#6f90e2",
        lit=INK.accent,
    )  # fmt: skip
    mill(canvas, 1296, 470, 1.3, INK, turn=30)
    canvas.box(1182, 90, 16, 400, INK.paper)
    canvas.box(940, 490, 500, 22, INK.sheet)
    _pan(canvas)
    _jug(canvas)
    cup(canvas, 850, 690, 1.35, INK.sheet, INK.ink)
    cup(canvas, 1060, 690, 1.35, INK.sheet, INK.ink)
    steam(canvas, 850, 560, 110, INK.sheet, 10)
    steam(canvas, 1060, 560, 110, INK.sheet, 10)
    canvas.box(0, 690, 1600, 34, INK.paper)
    canvas.box(0, 724, 1600, 176, INK.dim)
    for x in range(-40, 1600, 160):
        canvas.box(x, 724, 80, 176, INK.paper)
    return canvas


def _pan(canvas: Canvas) -> None:
    canvas.box(190, 590, 60, 22, INK.ink)
    canvas.box(560, 590, 60, 22, INK.ink)
    canvas.shape([(240, 540), (570, 540), (556, 690), (254, 690)], INK.accent)
    canvas.box(226, 522, 358, 26, INK.sheet)
    canvas.shape([(540, 430), (566, 444), (470, 560), (444, 546)], INK.ink)
    for x, height in ((310, 190), (390, 240), (470, 170)):
        steam(canvas, x, 505, height, INK.sheet, 14)


def _jug(canvas: Canvas) -> None:
    canvas.ring(1335, 590, 62, 22, INK.accent)
    canvas.shape([(1200, 470), (1330, 470), (1350, 690), (1180, 690)], INK.accent)
    canvas.shape([(1150, 486), (1202, 470), (1202, 540)], INK.accent)
    canvas.box(1188, 580, 154, 26, INK.sheet)


def books() -> Canvas:
    """A pile of books with an open one on top, before a sun."""
    canvas = Canvas(INK.paper)
    canvas.disc(800, 430, 330, INK.accent)
    pile = (
        (470, 680, INK.colour, INK.sheet), (430, 690, INK.ink, INK.accent), (500, 620, INK.sheet, INK.colour),
        (450, 640, INK.colour, INK.tint),
    )  # fmt: skip
    y = 770
    for left, width, cover, band in pile:
        y -= 74
        canvas.box(left, y, width, 74, INK.paper)
        canvas.box(left, y, width, 70, cover)
        canvas.box(left + 60, y, 22, 70, band)
        canvas.box(left + width - 110, y, 22, 70, band)
    _open_book(canvas, 790, y)
    canvas.box(0, 770, 1600, 130, INK.colour)
    for x, height, fill in (
        (150, 210, INK.colour),
        (190, 250, INK.ink),
        (1290, 190, INK.colour),
        (1330, 230, INK.accent),
        (1370, 170, INK.ink),
    ):
        canvas.box(x, 770 - height, 34, height, fill)
        canvas.box(x, 770 - height + 30, 34, 12, INK.paper)
    return canvas


def _open_book(canvas: Canvas, x: float, ground: float) -> None:
    """Two pages that fall open, on a blue cover."""
    for side in (-1, 1):
        cover = [
            (x, ground),
            (x + side * 330, ground - 40),
            (x + side * 330, ground - 250),
            (x, ground - 206),
        ]
        page = [
            (x, ground - 14),
            (x + side * 310, ground - 54),
            (x + side * 310, ground - 262),
            (x, ground - 220),
        ]
        canvas.shape(cover, INK.colour)
        canvas.shape(page, INK.sheet)
        for row in range(5):
            low = ground - 186 + row * 34
            near, far = x + side * 40, x + side * (270 if row != 4 else 170)
            rise = 42 / 310
            line = [(near, low - abs(near - x) * rise), (far, low - abs(far - x) * rise)]
            canvas.shape(
                [*line, (far, line[1][1] + 10), (near, line[0][1] + 10)], INK.colour if row == 0 else INK.rule
            )
    canvas.box(x - 4, ground - 222, 8, 222, INK.colour)


LEAF = "M0 0C-30 -30 -34 -80 0 -120C34 -80 30 -30 0 0Z"


def bicycle() -> Canvas:
    """A bicycle before a house front with window boxes."""
    canvas = Canvas(INK.colour)
    for y in range(60, 700, 60):
        for x in range(0 if y % 120 else -70, 1600, 140):
            canvas.box(x, y, 132, 3, "#2f5dd2")
    for x in (150, 640, 1130):
        canvas.box(x, 60, 320, 290, INK.paper)
        canvas.box(x + 18, 78, 284, 254, INK.tint)
        canvas.box(x + 152, 78, 16, 254, INK.paper)
        canvas.box(x + 18, 170, 284, 14, INK.paper)
        for index, dx in enumerate((40, 100, 160, 220, 280)):
            drawn(canvas, LEAF, INK.ink, x=x + dx, y=366, size=0.62)
            canvas.disc(x + dx, 300 + 14 * (index % 2), 19, INK.accent)
        canvas.box(x - 14, 352, 348, 50, INK.accent)
    canvas.box(0, 740, 1600, 160, INK.paper)
    canvas.box(0, 740, 1600, 14, INK.ink)
    _bike(canvas, 560, 800)
    return canvas


def _bike(canvas: Canvas, x: float, ground: float) -> None:
    """A Dutch bicycle seen from the side; x is the hub of the back wheel."""
    radius, front = 150, x + 430
    hub = ground - radius
    for wheel in (x, front):
        canvas.ring(wheel, hub, radius, 14, INK.ink)
        canvas.disc(wheel, hub, 14, INK.ink)
        for turn in ((1, 0), (0, 1), (0.7, 0.7), (0.7, -0.7)):
            dx, dy = turn[0] * radius, turn[1] * radius
            canvas.line([(wheel - dx, hub - dy), (wheel + dx, hub + dy)], 2, INK.ink)
    pedal, saddle, head = (x + 190, hub + 14), (x + 130, hub - 210), (x + 372, hub - 230)
    for points in (
        [(x, hub), pedal],
        [(x, hub), (x + 142, hub - 168)],
        [pedal, saddle],
        [pedal, (x + 386, hub - 170)],
    ):
        canvas.line(points, 17, INK.paper)
    canvas.line([(x + 148, hub - 150), (x + 380, hub - 196)], 17, INK.paper)
    canvas.line([head, (front, hub)], 17, INK.paper)
    canvas.line([head, (x + 360, hub - 272), (x + 300, hub - 282)], 15, INK.ink)
    canvas.shape(
        [(x + 66, hub - 226), (x + 176, hub - 226), (x + 160, hub - 200), (x + 96, hub - 196)], INK.ink
    )
    canvas.disc(*pedal, 34, INK.ink)
    canvas.line([(pedal[0] - 8, pedal[1] - 8), (pedal[0] + 46, pedal[1] + 60)], 11, INK.accent)
    canvas.box(pedal[0] + 22, pedal[1] + 56, 56, 13, INK.ink)
    canvas.box(x - 96, hub - 176, 190, 13, INK.ink)
