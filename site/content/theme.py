"""A neighbourhood picks two colours, any two. Everything else is computed, so that every page can be read.

Colours are moved in OKLCH (Björn Ottosson, 2020), where a step in lightness looks the same in every
hue. Contrast is that of WCAG 2.2. The goals lie a little above the norm,
because browsers round too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from math import hypot

INK, WHITE = "#1b1a17", "#ffffff"
TEXT, DRAWING, SEEN = 4.6, 3.1, 2  # goals; the norm asks 4.5 for text and 3 for what is drawn
STEP = 0.01

STYLESHEET = """\
/* {title}. Made from two chosen colours: {colour} and {accent}. Everything else is computed. */
@layer theme {{
  :root {{
{day}
  }}
  @media (prefers-color-scheme: dark) {{
    :root {{
{night}
    }}
  }}
}}
"""

Lab = tuple[float, float, float]


class NotAColour(ValueError):
    """The text is not a colour written as #rrggbb."""


@dataclass(frozen=True)
class Scheme:
    """The fixed colours of day or night, the same as in tokens.css (a test compares them)."""

    paper: str
    sheet: str
    dim: str
    ink: str
    ink_2: str
    control: str
    tint_lightness: float
    tint_chroma: float
    away: float  # the direction in which a colour gains contrast with the grounds

    @property
    def grounds(self) -> tuple[str, str, str]:
        return self.paper, self.sheet, self.dim


DAY = Scheme("#f6f1e6", "#fffdf8", "#ebe4d5", "#1b1a17", "#575146", "#766e60", 0.915, 0.038, -STEP)
NIGHT = Scheme("#171613", "#211f1b", "#2b2823", "#f4eee1", "#bcb4a4", "#958c7c", 0.285, 0.055, STEP)


@dataclass(frozen=True)
class Palette:
    """The tokens of one neighbourhood by day or by night, named as in tokens.css."""

    nb: str
    on_nb: str
    on_nb_2: str
    nb_edge: str
    nb_text: str
    nb_tint: str
    accent: str
    on_accent: str
    lit_edge: str
    coin: str
    coin_mark: str
    coin_hub: str

    def declarations(self, indent: str) -> str:
        """Write the palette as the inside of a rule."""
        rows = ((field.name.replace("_", "-"), getattr(self, field.name)) for field in fields(self))
        return "\n".join(f"{indent}--{name}: {value};" for name, value in rows)


@dataclass(frozen=True)
class Theme:
    """All colours that follow from the two that were chosen."""

    day: Palette
    night: Palette


def is_colour(text: str) -> bool:
    """Tell whether the text is a colour written as #rrggbb."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def derive(colour: str, accent: str) -> Theme:
    """Compute a theme from a colour and an accent, whatever they are.

    :raises NotAColour: when one of them is not written as #rrggbb.
    """
    for choice in (colour, accent):
        if not is_colour(choice):
            raise NotAColour(choice)
    colour, accent = colour.lower(), _carrying_text(accent.lower())
    day_colour = _moved(colour, -STEP, lambda c: contrast(_on(c), c) >= TEXT)
    mark = day_colour if contrast(day_colour, accent) >= DRAWING else _on(accent)
    coin = (accent, mark, _on(mark))  # a coin is a thing: the same by day and by night
    return Theme(_palette(day_colour, accent, coin, DAY), _palette(_lifted(colour), accent, coin, NIGHT))


def stylesheet(name: str, colour: str, accent: str) -> str:
    """Write the stylesheet that fills the layer "theme" for a neighbourhood.

    :raises NotAColour: when one of the two is not written as #rrggbb.
    """
    theme = derive(colour, accent)
    title = re.sub(r"[^\w .,'-]", "", name)  # it ends up in a comment, which it must not be able to close
    return STYLESHEET.format(
        title=title,
        colour=colour,
        accent=accent,
        day=theme.day.declarations("    "),
        night=theme.night.declarations("      "),
    )


def _palette(nb: str, accent: str, coin: tuple[str, str, str], scheme: Scheme) -> Palette:
    tint = _tint(nb, scheme)
    grounds = (*scheme.grounds, tint)
    on_nb = _on(nb)
    return Palette(
        nb=nb,
        on_nb=on_nb,
        on_nb_2=_softened(on_nb, nb),
        nb_edge=_moved(nb, scheme.away, lambda c: all(contrast(c, ground) >= DRAWING for ground in grounds)),
        nb_text=_moved(nb, scheme.away, lambda c: all(contrast(c, ground) >= TEXT for ground in grounds)),
        nb_tint=tint,
        accent=accent,
        on_accent=_on(accent),
        lit_edge=accent if contrast(accent, nb) >= SEEN else on_nb,  # a lit window that needs a frame
        coin=coin[0],
        coin_mark=coin[1],
        coin_hub=coin[2],
    )


def _on(ground: str) -> str:
    """White or ink, whichever reads better on this ground."""
    return max((WHITE, INK), key=lambda text: contrast(text, ground))


def _carrying_text(ground: str) -> str:
    """The nearest colour on which white or ink can be read.

    There is a narrow band of middle tones, near #7a7a7a, on which neither of them reaches 4.5.
    """

    def reads(colour: str) -> bool:
        return contrast(_on(colour), colour) >= TEXT

    darker, lighter = _moved(ground, -STEP, reads), _moved(ground, STEP, reads)
    here = _lab(ground)[0]
    return min((lighter, darker), key=lambda colour: abs(_lab(colour)[0] - here))


def _lifted(colour: str) -> str:
    """The colour of a block by night: it must stand out from the dark page and still carry text."""
    return _moved(colour, STEP, lambda c: contrast(c, NIGHT.paper) >= 3 and contrast(_on(c), c) >= TEXT)


def _softened(text: str, ground: str) -> str:
    """The text colour moved towards its ground, as far as it can still be read."""
    for part in (0.8, 0.84, 0.88, 0.92, 0.96):
        mixed = _mixed(text, ground, part)
        if contrast(mixed, ground) >= TEXT:
            return mixed
    return text


def _tint(colour: str, scheme: Scheme) -> str:
    """A quiet ground in the same hue, light or dark enough for every fixed ink."""
    _lightness, a, b = _lab(colour)
    part = min(1, scheme.tint_chroma / (hypot(a, b) or 1))
    return _written(_linear_of((scheme.tint_lightness, a * part, b * part)))


def _moved(colour: str, step: float, good: Callable[[str], bool]) -> str:
    """Darken or lift a colour, keeping its hue, until it is good; black or white is where the road ends."""
    if good(colour):
        return colour
    lightness = _lab(colour)[0] + step
    while 0 < lightness < 1:
        moved = _at_lightness(colour, lightness)
        if good(moved):
            return moved
        lightness += step
    return WHITE if step > 0 else "#000000"


def _at_lightness(colour: str, lightness: float) -> str:
    """The same hue at another lightness, with as much of its chroma as a screen can show."""
    _lightness, a, b = _lab(colour)
    for percent in range(100, 0, -2):
        linear = _linear_of((lightness, a * percent / 100, b * percent / 100))
        if all(-0.001 <= part <= 1.001 for part in linear):
            return _written(linear)
    return _written(_linear_of((lightness, 0, 0)))


def _mixed(one: str, other: str, part: float) -> str:
    pairs = zip(_parts(one), _parts(other), strict=True)
    return _hexadecimal([x * part + y * (1 - part) for x, y in pairs])


def _parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _hexadecimal(parts: list[float]) -> str:
    return "#" + "".join(f"{round(max(0, min(1, part)) * 255):02x}" for part in parts)


def _linear(colour: str) -> list[float]:
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]


def _written(linear: Lab) -> str:
    bounded = (max(0.0, part) for part in linear)
    return _hexadecimal(
        [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in bounded]
    )


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lab(colour: str) -> Lab:
    """From sRGB to Oklab, with the matrices of its author."""
    r, g, b = _linear(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear_of(lab: Lab) -> Lab:
    """From Oklab back to linear sRGB; the parts may lie outside what a screen can show."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
