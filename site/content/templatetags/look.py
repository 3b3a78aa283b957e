"""Tags that draw: icons, coins, streets, amounts and phases. They write no words of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, Protocol

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from content import theme
from content.drawing import coin as coins_drawn
from content.drawing import icons
from content.drawing import street as streets_drawn
from core.templatetags.amounts import coins

register = template.Library()

DISC = mark_safe(
    '<svg class="amount__coin" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
    '<circle class="amount__disc" cx="10" cy="10" r="10"/>'
    '<circle class="amount__hole" cx="10" cy="10" r="3.4"/></svg>'
)
PHASES = {
    "open": mark_safe(""),
    "half": mark_safe('<path class="status__full" d="M9 2a7 7 0 0 1 0 14Z"/>'),
    "done": mark_safe('<circle class="status__full" cx="9" cy="9" r="7"/>'),
    "no": mark_safe('<path d="M4.5 13.5l9-9"/>'),
}
FIGURE = re.compile(r"[€+\-\N{MINUS SIGN}]?\s*[0-9][0-9.,\s]*%?")
SHORTEST, LONGEST = 5, 12  # letters for which the stylesheet has a size


class Coin(Protocol):
    """What a template knows of a coin."""

    name: str
    name_plural: str
    decimals: int


class Place(Protocol):
    """A neighbourhood in a list, with the colours that it chose."""

    coin: Coin | None
    colour: str
    accent: str


class Table(NamedTuple):
    """Cells with the class that they get."""

    header: list[tuple[str, str]]
    rows: list[list[tuple[str, str]]]


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon; put words beside it: {% icon "home" %}."""
    return icons.icon(name, css)


@register.simple_tag
def coin(
    name: str, label: str = "", css: str = "", colour: str = "", mark: str = "", hub: str = ""
) -> SafeString:
    """Draw a coin in the page's theme, or in colours of its own: {% coin name css="coin--big" %}."""
    return coins_drawn.coin(name, label, css, colour, mark, hub)


@register.simple_tag
def place_coin(place: Place, label: str = "", css: str = "") -> SafeString:
    """Draw the coin of a place in the colours of that place, on a page of somewhere else."""
    name = place.coin.name if place.coin else ""
    chosen = (getattr(place, "colour", ""), getattr(place, "accent", ""))
    if not all(theme.is_colour(colour) for colour in chosen):
        return coins_drawn.coin(name, label, css)
    drawn = theme.derive(*chosen).day
    return coins_drawn.coin(name, label, css, drawn.coin, drawn.coin_mark, drawn.coin_hub)


@register.simple_tag
def street(name: str, landmark: str = "", lit: int = 0, label: str = "", css: str = "") -> SafeString:
    """Draw a street: {% street place.name place.landmark lit=23 label=words %}."""
    return streets_drawn.street(name, landmark, lit or 0, label, css)


@register.simple_tag
def amount(minor: int | None, coin: Coin | None = None, sign: str = "") -> SafeString:
    """Write a sum of coins; with sign="+" as something earned. The coin's name is said but not shown."""
    if minor is None:
        return mark_safe("")
    return format_html(
        '<span class="amount{}">{}<span>{}{}</span>{}</span>',
        " amount--earn" if sign == "+" else "",
        DISC,
        sign,
        coins(minor, coin),
        _coin_word(minor, coin),
    )


def _coin_word(minor: int, coin: Coin | None) -> SafeString:
    if not coin:
        return mark_safe("")
    word = coin.name if minor == 10**coin.decimals else coin.name_plural
    return format_html('<span class="vh"> {}</span>', word)


@register.simple_tag
def status(phase: str, words: str, css: str = "") -> SafeString:
    """Show a phase of something, with words: {% status "half" words %}. Phases: open, half, done, no."""
    return format_html(
        '<span class="status status--{} {}"><svg class="status__mark" viewBox="0 0 18 18" aria-hidden="true"'
        ' focusable="false"><circle cx="9" cy="9" r="7"/>{}</svg>{}</span>',
        phase,
        css,
        PHASES[phase],
        words,
    )


@register.simple_tag
def name_size(name: str) -> str:
    """The class that lets a name fill the page: by its letters, or by its longest word if it wraps."""
    letters = len(name)
    if letters > LONGEST:
        letters = max(8, *(len(word) for word in re.split(r"[\s-]+", name)))
    return f"front__name--{max(SHORTEST, letters)}" if letters <= LONGEST else ""


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The numbers around this page, with an ellipsis for the rest."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def table_of(header: Sequence[object] | None, rows: Sequence[Sequence[object]] | None) -> Table:
    """Set out a table: a column that holds nothing but figures stands right, so that its digits line up."""
    written = [[_cell(cell) for cell in row] for row in rows or []]
    columns = zip_longest(*written, fillvalue="")
    css = ["n" if any(column) and all(_is_figure(cell) for cell in column) else "" for column in columns]
    top = [_cell(cell) for cell in header or []]
    css += [""] * (len(top) - len(css))
    return Table(
        list(zip(top, css, strict=False)) if any(top) else [],
        [list(zip(row, css, strict=False)) for row in written],
    )


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _is_figure(cell: str) -> bool:
    return not cell or FIGURE.fullmatch(cell.strip()) is not None
