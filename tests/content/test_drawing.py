from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.drawing.chance import Chance
from content.drawing.coin import MOST_RAYS, coin, places
from content.drawing.icons import ICONS, UnknownIcon, icon
from content.drawing.street import LANDMARKS, LAPTOP, MOST_LIT, street

ATTACK = '"><script>alert(1)</script>'
THROWS = [548, 40, 798, 264, 572]
SITE = Path(__file__).resolve().parents[2] / "site"


def windows(drawing: str, kind: str) -> list[float]:
    """The place of each window of this kind."""
    path = re.search(rf'class="gables__{kind}" d="([^"]*)"', drawing)
    return [float(x) for x in re.findall(r"M([\d.]+) ", path.group(1))] if path else []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Abz", [1, 2, 26]),
        ("Éé", [5, 5]),
        ("a-b c", [1, 2, 3]),
        ("ß", [19, 19]),
        ("09", [2, 26]),
        ("", []),
        ("! ?", []),
    ],
)
def test_each_letter_has_its_place(name: str, expected: list[int]) -> None:
    assert places(name) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_every_name_gives_a_coin_that_can_be_drawn(name: str) -> None:
    drawing = coin(name)

    ElementTree.fromstring(drawing)
    assert drawing.count("coin__ray") == len(places(name)) <= MOST_RAYS
    assert all(1 <= place <= 26 for place in places(name))


def test_a_name_of_one_letter_makes_one_ray_the_long_way_round() -> None:
    assert re.search(r"A43 43 0 1 1 ", coin("z"))


def test_a_coin_with_its_own_colours_takes_none_from_the_page() -> None:
    drawing = coin("Munt", colour="#111111", mark="#222222", hub="#333333")

    assert "coin__" not in drawing
    assert {'fill="#111111"', 'fill="#222222"', 'fill="#333333"'} <= set(re.findall(r'fill="#\d+"', drawing))


@pytest.mark.parametrize("landmark", ["mill", "bridge", "tower", ""])
def test_a_street_is_well_formed(landmark: str) -> None:
    ElementTree.fromstring(street("Molenwijk", landmark, 12, "Twelve windows"))


def test_each_landmark_is_another_street_and_an_unknown_one_is_none() -> None:
    streets = {street("Molenwijk", landmark) for landmark in ["", *LANDMARKS]}

    assert len(streets) == 1 + len(LANDMARKS)
    assert street("Molenwijk", "castle") == street("Molenwijk", "")


@pytest.mark.parametrize(("asked", "burning"), [(0, 0), (1, 1), (23, 23), (40, 40), (500, MOST_LIT), (-3, 0)])
@pytest.mark.parametrize("name", ["Molenwijk", "Sluiskade", "Zonneveld", "", "水車", "X" * 200])
def test_as_many_windows_burn_as_there_is_to_tell(name: str, asked: int, burning: int) -> None:
    lit = windows(street(name, "bridge", asked), "lit")

    assert len(lit) == burning
    assert all(x < LAPTOP for x in lit)


@pytest.mark.parametrize(
    "drawing", [coin(ATTACK, label=ATTACK), street(ATTACK, ATTACK, label=ATTACK, css=ATTACK)]
)
def test_names_cannot_bring_in_markup(drawing: str) -> None:
    assert "<script" not in drawing
    assert ElementTree.fromstring(drawing).get("aria-label") == ATTACK


def test_colours_and_classes_cannot_bring_in_markup() -> None:
    drawing = coin("A", css=ATTACK, colour=ATTACK, mark=ATTACK, hub=ATTACK) + icon("home", css=ATTACK)

    assert "<script" not in drawing


def test_a_drawing_without_words_is_passed_over_by_screen_readers() -> None:
    assert 'aria-hidden="true"' in coin("Munt")
    assert 'aria-hidden="true"' in street("Wijk")
    assert 'role="img" aria-label="De munt"' in coin("Munt", "De munt")


def test_drawings_carry_no_inline_style() -> None:
    assert "style=" not in coin("Munt") + street("Wijk", "mill", 5) + icon("home")


def test_the_same_name_is_the_same_street_in_every_process() -> None:
    code = "from content.drawing.street import street; print(street('Molenwijk', 'mill', 23))"
    outcomes = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": str(SITE), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert outcomes == {f"{street('Molenwijk', 'mill', 23)}\n"}
    assert street("Molenwijk") != street("Sluiskade")


def test_throws_follow_from_the_seed_alone() -> None:
    chance = Chance("Molenwijk")

    assert [chance.below(1000) for _ in range(5)] == THROWS
    assert sorted(Chance("x").some([1, 2, 3], 9)) == [1, 2, 3]
    assert all(3 <= Chance(str(seed)).between(3, 5) <= 5 for seed in range(50))


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_is_well_formed(name: str) -> None:
    ElementTree.fromstring(icon(name))


def test_an_icon_that_nobody_drew_is_an_error() -> None:
    with pytest.raises(UnknownIcon, match="home"):
        icon("unicorn")
