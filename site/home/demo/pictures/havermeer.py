from __future__ import annotations

from home.demo.pictures.canvas import Canvas, Ink
from home.demo.pictures.inks import MOLENWIJK, SLUISKADE, ZONNEVELD
from home.demo.pictures.things import bridge, coin, houses, mill, tower

SHORE = 640


def town() -> Canvas:
    """Three neighbourhoods side by side on the water, each with its coin behind it."""
    canvas = Canvas(MOLENWIJK.paper)
    coin(canvas, "Molenmunt", 195, 310, 180, MOLENWIJK)
    coin(canvas, "Sluisduit", 735, 275, 180, SLUISKADE)
    coin(canvas, "Zonnetje", 1265, 310, 180, ZONNEVELD)
    _row(canvas, "Molenwijk in de verte", -30, 330, MOLENWIJK)
    mill(canvas, 420, SHORE, 2.0, MOLENWIJK, turn=38)
    _row(canvas, "Sluiskade in de verte", 600, 830, SLUISKADE)
    bridge(canvas, 862, SHORE, 1.5, SLUISKADE, opened=16)
    _row(canvas, "Zonneveld in de verte", 1105, 1345, ZONNEVELD)
    tower(canvas, 1420, SHORE, 2.4, ZONNEVELD, (ZONNEVELD.colour, ZONNEVELD.ink))
    _row(canvas, "Achter de toren", 1500, 1660, ZONNEVELD)
    _lake(canvas)
    return canvas


def _row(canvas: Canvas, seed: str, left: float, right: float, ink: Ink) -> None:
    pane = {MOLENWIJK: "#6f90e2", SLUISKADE: "#5d9484", ZONNEVELD: "#c99a08"}[ink]
    houses(
        canvas,
        seed,
        left=left,
        right=right,
        ground=SHORE,
        size=1.9,
        wall=ink.colour,
        pane=pane,
        lit=ink.accent,
    )


def _lake(canvas: Canvas) -> None:
    """The quay, and the water in which each colour comes back as level bars."""
    canvas.box(0, SHORE, 1600, 16, MOLENWIJK.ink)
    canvas.box(0, SHORE + 16, 1600, 300, MOLENWIJK.dim)
    bars = (
        (MOLENWIJK.colour, 30, 470), (SLUISKADE.colour, 550, 500), (ZONNEVELD.colour, 1105, 465),
    )  # fmt: skip
    for fill, left, width in bars:
        for index, (inset, part) in enumerate(
            ((0, 1.0), (0.08, 0.8), (0.3, 0.55), (0.18, 0.36), (0.42, 0.2))
        ):
            canvas.box(left + inset * width, SHORE + 48 + index * 40, part * width, 10, fill)
