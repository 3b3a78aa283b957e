from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.theme import DAY, INK, NIGHT, NotAColour, Palette, Scheme, derive, is_colour, stylesheet

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
SAND = "#cdc3af"

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
greys = st.integers(0, 255).map(lambda grey: f"#{grey:02x}{grey:02x}{grey:02x}")
hard = st.sampled_from(["#777777", "#7a7a7a", "#ffff00", "#00ffff", "#ff0000", "#00ff00", "#0000ff"])
any_colour = st.one_of(colours, hard, greys)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, written down apart from the code under test."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """The colours of tokens.css, by day and by night."""
    by_day, by_night = TOKENS.read_text(encoding="utf-8").split("prefers-color-scheme: dark")
    day = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", by_day))
    return day, {**day, **dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", by_night))}


def too_low(palette: Palette, scheme: Scheme, fixed: dict[str, str]) -> list[tuple[str, str, float]]:
    """Every pair that cannot be read or seen well enough."""
    grounds = [*scheme.grounds, palette.nb_tint]
    text = [(palette.nb_text, ground) for ground in grounds]
    text += [(fixed[name], palette.nb_tint) for name in ("ink", "ink-2", "error", "success", "warning")]
    text += [(palette.on_nb, palette.nb), (palette.on_nb_2, palette.nb), (palette.on_accent, palette.accent)]
    text += [(palette.coin_mark, palette.coin_hub)]
    drawn = [(palette.nb_edge, ground) for ground in grounds]
    drawn += [(fixed["control"], palette.nb_tint), (palette.coin_mark, palette.coin)]
    pairs = [(*pair, 4.5) for pair in text] + [(*pair, 3.0) for pair in drawn]
    return [pair for pair in pairs if ratio(pair[0], pair[1]) < pair[2]]


@settings(max_examples=60, deadline=None)
@given(any_colour, any_colour)
def test_every_pair_of_colours_gives_pages_that_can_be_read(colour: str, accent: str) -> None:
    theme = derive(colour, accent)
    day, night = tokens()

    assert too_low(theme.day, DAY, day) == []
    assert too_low(theme.night, NIGHT, night) == []
    assert ratio(theme.night.nb, NIGHT.paper) >= 3


@settings(max_examples=60, deadline=None)
@given(any_colour, any_colour)
def test_a_coin_is_the_same_by_day_and_by_night(colour: str, accent: str) -> None:
    theme = derive(colour, accent)

    coins = {(side.coin, side.coin_mark, side.coin_hub) for side in (theme.day, theme.night)}
    assert len(coins) == 1


def test_a_choice_that_reads_well_is_kept_as_it_is() -> None:
    theme = derive("#1546C8", "#ff8a24")

    assert (theme.day.nb, theme.day.accent, theme.night.accent) == ("#1546c8", "#ff8a24", "#ff8a24")


def test_an_accent_on_which_neither_white_nor_ink_reads_is_moved_a_little() -> None:
    assert max(ratio("#ffffff", "#7a7a7a"), ratio(INK, "#7a7a7a")) < 4.5

    accent = derive("#1546c8", "#7a7a7a").day.accent

    assert accent != "#7a7a7a"
    assert 0x6A <= int(accent[1:3], 16) <= 0x8A


@pytest.mark.parametrize("scheme", [DAY, NIGHT])
def test_the_grounds_are_those_of_the_stylesheet(scheme: Scheme) -> None:
    written = tokens()[scheme is NIGHT]

    assert (scheme.paper, scheme.sheet, scheme.dim) == (written["paper"], written["sheet"], written["dim"])


def test_the_sites_own_colours_are_computed_in_the_same_way() -> None:
    theme = derive(INK, SAND)

    for palette, written in zip((theme.day, theme.night), tokens(), strict=True):
        in_file = {f"--{name}: {colour};" for name, colour in written.items()}
        assert set(palette.declarations("").splitlines()) <= in_file


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "#123456;", "#123456\n"])
def test_only_six_figures_behind_a_hash_are_a_colour(text: str) -> None:
    assert not is_colour(text)
    with pytest.raises(NotAColour):
        derive(text, "#ffffff")
    with pytest.raises(NotAColour):
        derive("#ffffff", text)


def test_a_name_cannot_close_the_comment_that_it_stands_in() -> None:
    sheet = stylesheet("*/ body { display: none } /*", "#1546c8", "#ff8a24")

    assert sheet.count("*/") == 1
    assert sheet.count("{") == sheet.count("}") == 4
    assert sheet.index("*/") < sheet.index("@layer theme")
