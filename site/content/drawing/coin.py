"""The coin: a hub with a 1, and a ray per letter of its name, as long as the letter's place in the alphabet.

So every coin differs, nobody has to design one, and the same name is the same coin everywhere.
"""

from __future__ import annotations

import unicodedata
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from content.drawing.svg import classes, number, spoken

ALPHABET = 26
MOST_RAYS = 24  # more would be thinner than a line
INNER, OUTER, REACH = 19, 24, 19
GAP = 0.12  # part of a ray's place that stays open on either side

ONE = mark_safe('d="M52.6 40.5V60h-4.4V46.2l-4 1.6v-4.1l5.2-3.2Z"')


def places(name: str) -> list[int]:
    """Give each letter or figure of a name its place, 1 to 26.

    Accents fall away (é counts as e), figures are spread over the alphabet, and a letter of another script
    gets a place from its number in Unicode: not its place in that alphabet, but always the same one.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return [_place(sign) for sign in plain if sign.isalnum()][:MOST_RAYS]


def _place(sign: str) -> int:
    if "a" <= sign <= "z":
        return ord(sign) - ord("a") + 1
    if sign.isdecimal():
        return 2 + int(sign) * (ALPHABET - 2) // 9
    return ord(sign) % ALPHABET + 1


def ray(index: int, count: int, place: int) -> str:
    """The path of one ray: a piece of a ring, clockwise from the top."""
    turn = 2 * pi / count
    start, end = ((index + part) * turn - pi / 2 for part in (GAP, 1 - GAP))
    far = OUTER + REACH * place / ALPHABET
    large = int(end - start > pi)
    corners = ((INNER, start), (far, start), (far, end), (INNER, end))
    a, b, c, d = (
        f"{number(50 + radius * cos(angle))} {number(50 + radius * sin(angle))}" for radius, angle in corners
    )
    return f"M{a}L{b}A{number(far)} {number(far)} 0 {large} 1 {c}L{d}A{INNER} {INNER} 0 {large} 0 {a}Z"


def coin(
    name: str, label: str = "", css: str = "", colour: str = "", mark: str = "", hub: str = ""
) -> SafeString:
    """Draw the coin of this name.

    It takes its colours from the page's theme. With colour, mark and hub it carries its own, for a list of
    coins from several neighbourhoods. A coin with an empty name has no rays.
    """
    rows = places(name)
    own = bool(colour and mark and hub)
    fill_mark = _paint("coin__ray", mark, own)
    rays = format_html_join(
        "", '<path {} d="{}"/>', ((fill_mark, ray(i, len(rows), p)) for i, p in enumerate(rows))
    )
    rim = format_html('fill="none" stroke="{}"', mark) if own else mark_safe('class="coin__rim"')
    return format_html(
        '<svg class="{}" viewBox="0 0 100 100" {}><circle {} cx="50" cy="50" r="50"/>'
        '<circle {} cx="50" cy="50" r="46.5" stroke-width="1.5"/>{}'
        '<circle {} cx="50" cy="50" r="16"/><path {} {}/></svg>',
        classes("coin", css),
        spoken(label),
        _paint("coin__ground", colour, own),
        rim,
        rays,
        _paint("coin__hub", hub, own),
        _paint("coin__one", mark, own),
        ONE,
    )


def _paint(css: str, colour: str, own: bool) -> SafeString:
    """A class that follows the theme, or a fill of its own: never both, for a class would win."""
    return format_html('fill="{}"', colour) if own else format_html('class="{}"', css)
