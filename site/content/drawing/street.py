"""The street: gables that follow from a name, with one landmark. Its lit windows are data.

Drawn in units of which 160 are its height. A phone shows the first part, a laptop the first 1240, and the
rest is there for very wide screens: so the windows that count stand in front.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from content.drawing.chance import Chance
from content.drawing.svg import classes, number, spoken

WIDTH, GROUND = 2560, 160
MOST_LIT = 40
PHONE, LAPTOP = 590, 1240  # how much of the street each of them shows
LANDMARK_FROM = 250  # late enough for the first houses, early enough for a phone
PANE_WIDTH, PANE_HEIGHT, STOREY, SILL = 9, 13, 23, 136

Pane = tuple[float, float]


@dataclass(frozen=True)
class House:
    """An outline, and the height from which there is room for windows."""

    outline: str
    windows_from: float


@dataclass
class Street:
    """What stands in the street, from left to right."""

    walls: list[SafeString] = field(default_factory=list)
    panes: list[Pane] = field(default_factory=list)


def _path(*parts: str | float) -> str:
    """Write a path; numbers after each other are parted by a space."""
    return " ".join(part if isinstance(part, str) else number(part) for part in parts)


def _step(x: float, width: float, height: float, chance: Chance) -> House:
    steps = chance.one((3, 4))
    top = GROUND - height
    wide, high = width / 2 / (steps + 0.7), 34 / steps
    up = f"h{number(wide)}v{number(-high)}" * steps
    down = f"v{number(high)}h{number(wide)}" * steps
    return House(
        _path("M", x, GROUND, "V", top + 34, up, "H", x + width - steps * wide, down, "V", GROUND, "Z"),
        top + 40,
    )


def _point(x: float, width: float, height: float, chance: Chance) -> House:
    top = GROUND - height
    roof = _path("L", x + width / 2, top, "L", x + width, top + 30)
    return House(_path("M", x, GROUND, "V", top + 30, roof, "V", GROUND, "Z"), top + 40)


def _spout(x: float, width: float, height: float, chance: Chance) -> House:
    top, middle = GROUND - height, x + width / 2
    left = _path("M", x, GROUND, "V", top + 36, "L", middle - 6, top + 8, "V", top)
    right = _path("H", middle + 6, "V", top + 8, "L", x + width, top + 36, "V", GROUND, "Z")
    return House(left + right, top + 44)


def _neck(x: float, width: float, height: float, chance: Chance) -> House:
    top, end, in_ = GROUND - height, x + width, width * 0.24
    left = _path(
        "M", x, GROUND, "V", top + 36, "H", x + 3, "C", x + in_, top + 34, x + in_, top + 26, x + in_, top + 8
    )
    head = _path(
        "H", x + in_ - 3, "V", top + 4, "L", x + width / 2, top - 6, "L", end - in_ + 3, top + 4, "V", top + 8
    )
    right = _path("H", end - in_, "C", end - in_, top + 26, end - in_, top + 34, end - 3, top + 36, "H", end)
    return House(left + head + right + _path("V", GROUND, "Z"), top + 42)


def _bell(x: float, width: float, height: float, chance: Chance) -> House:
    top = GROUND - height

    def at(part: float) -> float:
        return x + width * part

    left = _path("C", at(0.22), top + 36, at(0.16), top + 6, at(0.36), top + 6)
    head = _path(
        "C", at(0.42), top + 6, at(0.42), top, at(0.5), top, "S", at(0.58), top + 6, at(0.64), top + 6
    )
    right = _path("C", at(0.84), top + 6, at(0.78), top + 36, at(1), top + 36)
    return House(
        _path("M", x, GROUND, "V", top + 36) + left + head + right + _path("V", GROUND, "Z"), top + 42
    )


def _cornice(x: float, width: float, height: float, chance: Chance) -> House:
    top = GROUND - height
    return House(
        _path("M", x, GROUND, "V", top + 14, "h-3v-8H", x + width + 3, "v8h-3V", GROUND, "Z"), top + 24
    )


def _flat(x: float, width: float, height: float, chance: Chance) -> House:
    top = GROUND - height
    return House(_path("M", x, GROUND, "V", top, "H", x + width, "V", GROUND, "Z"), top + 10)


GABLES: dict[str, Callable[[float, float, float, Chance], House]] = {
    "step": _step,
    "point": _point,
    "neck": _neck,
    "bell": _bell,
    "cornice": _cornice,
    "spout": _spout,
    "flat": _flat,
}


def _wall(outline: str) -> SafeString:
    return format_html('<path class="gables__wall" d="{}"/>', outline)


def _mill(x: int) -> SafeString:
    axis = x + 42
    body = (
        f"M{x + 22} 160L{x + 30} 74Q{axis} 58 {x + 54} 74L{x + 62} 160ZM{x + 12} 122H{x + 72}V127H{x + 12}Z"
    )
    sail = f"M{axis - 1.5} 72V6h3V72ZM{axis + 3} 62V8h11V62Z"
    sails = format_html_join(
        "",
        '<path class="gables__wall" transform="rotate({} {} 72)" d="{}"/>',
        ((turn, axis, sail) for turn in (20, 110, 200, 290)),
    )
    return format_html('{}{}<circle class="gables__lit" cx="{}" cy="72" r="4"/>', _wall(body), sails, axis)


def _bridge(x: int) -> SafeString:
    deck = f"M{x} 160V140H{x + 150}V160ZM{x + 36} 140V56h7V140ZM{x + 58} 140V56h7V140Z"
    beam = (
        f"M{x + 8} 50L{x + 112} 26l1.5 7L{x + 9.5} 57ZM{x + 4} 44h18v20H{x + 4}ZM{x + 106} 31h2.5V140h-2.5Z"
    )
    return _wall(deck + beam)


def _tower(x: int) -> SafeString:
    return _wall(f"M{x} 160V60H{x + 44}V160ZM{x - 6} 60L{x - 6} 30Q{x + 22} 8 {x + 50} 30V60Z")


LANDMARKS: dict[str, tuple[Callable[[int], SafeString], int]] = {
    "mill": (_mill, 84),
    "bridge": (_bridge, 150),
    "tower": (_tower, 50),
}


def build(name: str, landmark: str) -> Street:
    """Put up the houses that follow from this name, with the landmark once it has neighbours."""
    chance, street, x, last = Chance(name), Street(), 0, ""
    marked = landmark not in LANDMARKS
    while x < WIDTH:
        if not marked and x > LANDMARK_FROM:
            draw, width = LANDMARKS[landmark]
            street.walls.append(draw(x + 6))
            x, marked = x + width + 12, True
            continue
        last = chance.one([kind for kind in GABLES if kind != last])
        x += _add_house(street, last, x, chance) + chance.one((0, 0, 0, 3, 10))
    return street


def _add_house(street: Street, kind: str, x: int, chance: Chance) -> int:
    """Add one house with its windows and return its width."""
    flat = kind == "flat"
    width = chance.between(96, 132) if flat else chance.between(46, 66)
    height = chance.between(62, 84) if flat else chance.between(84, 142)
    house = GABLES[kind](x, width, height, chance)
    street.walls.append(_wall(house.outline))
    across = 5 if flat else chance.one((2, 3))
    gap = (width - across * PANE_WIDTH) / (across + 1)
    y = house.windows_from + 2
    while y + PANE_HEIGHT + 3 < SILL:
        street.panes += [(x + gap + i * (PANE_WIDTH + gap), y) for i in range(across)]
        y += STOREY
    return width


def light(panes: list[Pane], lit: int, chance: Chance) -> set[Pane]:
    """Choose the windows that burn: a fair part of them where a phone shows them, all where a laptop does."""
    lit = max(0, min(lit, MOST_LIT))
    near = [pane for pane in panes if pane[0] < PHONE]
    far = [pane for pane in panes if PHONE <= pane[0] < LAPTOP - PANE_WIDTH]
    on = chance.some(near, lit * 9 // 23)
    on += chance.some(far, lit - len(on))
    return {*on, *chance.some([pane for pane in near if pane not in on], lit - len(on))}


def _windows(css: str, panes: list[Pane]) -> SafeString:
    """All windows of one kind in one path: a street has some three hundred of them."""
    if not panes:
        return mark_safe("")
    outline = "".join(f"M{number(x)} {number(y)}h{PANE_WIDTH}v{PANE_HEIGHT}h-{PANE_WIDTH}z" for x, y in panes)
    return format_html('<path class="{}" d="{}"/>', css, outline)


def street(name: str, landmark: str = "", lit: int = 0, label: str = "", css: str = "") -> SafeString:
    """Draw the street of a neighbourhood.

    :param landmark: "mill", "bridge", "tower", or anything else for none.
    :param lit: how many windows burn, at most 40; the label says the true number.
    """
    built = build(name, landmark)
    on = light(built.panes, lit, Chance(f"{name} at night"))
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" preserveAspectRatio="xMinYMax slice" {}>{}'
        '<path class="gables__ground" d="M0 148H{}V161H0Z"/>{}{}</svg>',
        classes("gables", css),
        WIDTH,
        GROUND,
        spoken(label),
        format_html_join("", "{}", ((wall,) for wall in built.walls)),
        WIDTH,
        _windows("gables__pane", [pane for pane in built.panes if pane not in on]),
        _windows("gables__lit", [pane for pane in built.panes if pane in on]),
    )
