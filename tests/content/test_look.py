"""The tags that draw: names are words and never markup, and a screen reader hears what the eye sees."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from content.drawing.icons import UnknownIcon
from content.templatetags import look

ATTACK = '"><script>alert(1)</script>'
ESCAPED = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"


@dataclass
class Munt:
    name: str = "molenmunt"
    name_plural: str = "molenmunten"
    decimals: int = 2


@dataclass
class Wijk:
    coin: Munt | None
    colour: str = "#1546c8"
    accent: str = "#ffd23f"


def drawn(tag: str, **values: object) -> str:
    """What a template shows for a tag: with all escaping that happens on the way."""
    return Template(f"{{% load look %}}{{% {tag} %}}").render(Context(values))


def test_an_icon_is_passed_over_by_a_screen_reader_and_is_markup() -> None:
    root = ElementTree.fromstring(drawn('icon "home" css="icon--big"'))

    assert (root.tag, root.get("class"), root.get("aria-hidden"), root.get("role")) == (
        "svg",
        "icon icon--big",
        "true",
        None,
    )


def test_an_icon_that_does_not_exist_is_a_mistake_of_ours() -> None:
    with pytest.raises(UnknownIcon, match="eenhoorn"):
        drawn('icon "eenhoorn"')


@pytest.mark.parametrize("tag", ["coin name label=label", "street name label=label lit=3"])
def test_a_drawing_with_a_label_is_a_picture_with_that_name(tag: str) -> None:
    root = ElementTree.fromstring(drawn(tag, name="Molenwijk", label="De munt & de wijk"))

    assert (root.get("role"), root.get("aria-label"), root.get("aria-hidden")) == (
        "img",
        "De munt & de wijk",
        None,
    )


@pytest.mark.parametrize("tag", ["coin name", "street name", "place_coin place"])
def test_a_drawing_without_a_label_is_decoration(tag: str) -> None:
    root = ElementTree.fromstring(drawn(tag, name="Molenwijk", place=Wijk(Munt())))

    assert (root.get("role"), root.get("aria-label"), root.get("aria-hidden")) == (None, None, "true")


@pytest.mark.parametrize(
    "tag",
    [
        "coin word label=word css=word",
        "street word landmark=word label=word css=word",
        "place_coin place label=word css=word",
        "amount 250 coin=munt",
        'status "half" word css=word',
    ],
)
def test_words_of_people_never_become_markup(tag: str) -> None:
    munt = Munt(ATTACK, ATTACK)

    html = drawn(tag, word=ATTACK, munt=munt, place=Wijk(munt))

    assert ("<script" in html, ESCAPED in html) == (False, True)
    ElementTree.fromstring(html)


def test_a_coin_elsewhere_carries_the_colours_of_its_place_and_without_a_choice_those_of_the_page() -> None:
    own, plain = drawn("place_coin place", place=Wijk(Munt())), Wijk(Munt(), colour="", accent="")

    assert own != drawn("coin name", name="molenmunt")
    assert "coin__ground" not in own
    assert drawn("place_coin place", place=plain) == drawn("coin name", name="molenmunt")


def test_a_place_without_a_coin_still_has_a_disc() -> None:
    assert "coin__ray" not in drawn("place_coin place", place=Wijk(None, colour="red", accent=""))
    assert ElementTree.fromstring(drawn("place_coin place", place=Wijk(None))).tag == "svg"


@pytest.mark.parametrize(
    ("minor", "coin", "expected"),
    [
        (100, Munt(), "1,00 molenmunt"),
        (250, Munt(), "2,50 molenmunten"),
        (0, Munt(), "0,00 molenmunten"),
        (1, Munt("munt", "munten", decimals=0), "1 munt"),
        (250, None, "2,50"),
    ],
)
def test_an_amount_is_said_with_the_name_of_its_coin(minor: int, coin: Munt | None, expected: str) -> None:
    with translation.override("nl"):
        root = ElementTree.fromstring(drawn("amount minor coin=coin", minor=minor, coin=coin))

    assert "".join(root.itertext()) == expected
    assert [svg.get("aria-hidden") for svg in root.iter("svg")] == ["true"]


def test_an_amount_that_was_earned_has_a_sign_and_none_at_all_is_nothing() -> None:
    earned = drawn('amount 250 sign="+"')

    assert ('class="amount amount--earn"' in earned, "<span>+" in earned) == (True, True)
    assert drawn("amount minor", minor=None) == ""


@pytest.mark.parametrize("phase", ["open", "half", "done", "no"])
def test_a_phase_is_said_in_words_and_not_by_its_drawing_alone(phase: str) -> None:
    root = ElementTree.fromstring(drawn("status phase words", phase=phase, words="Bijna klaar"))

    assert f"status--{phase}" in str(root.get("class"))
    assert "".join(root.itertext()) == "Bijna klaar"
    assert [svg.get("aria-hidden") for svg in root.iter("svg")] == ["true"]


def test_a_phase_that_nobody_drew_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        drawn('status "misschien" "Wie weet"')


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "front__name--5"),
        ("Erf", "front__name--5"),
        ("Molenwijk", "front__name--9"),
        ("Twaalfletter", "front__name--12"),
        ("Oude en Nieuwe Erf", "front__name--8"),
        ("Kade-aan-het-water", "front__name--8"),
        ("Sint Bartholomeus", "front__name--12"),
        ("Bartholomeusbuurt", ""),
    ],
)
def test_a_name_is_as_large_as_its_longest_word_allows(name: str, expected: str) -> None:
    assert look.name_size(name) == expected


def test_the_numbers_of_many_pages_leave_out_what_is_far() -> None:
    paginator = Paginator(range(100), 5)
    dots = paginator.ELLIPSIS

    assert look.page_numbers(paginator.page(10)) == [1, dots, 9, 10, 11, dots, 20]
    assert look.page_numbers(paginator.page(1)) == [1, 2, dots, 20]
    assert look.page_numbers(Paginator([1], 5).page(1)) == [1]


def test_a_column_of_figures_stands_right_and_one_with_words_or_nothing_does_not() -> None:
    rows: list[list[str | None]] = [["Soep", "€ 2,50", "3%", "12"], ["Brood", "−1", None, "veel"]]

    table = look.table_of(["Wat", "Prijs", "Deel", "Hoeveel", "Leeg"], rows)

    assert table.header == [("Wat", ""), ("Prijs", "n"), ("Deel", "n"), ("Hoeveel", ""), ("Leeg", "")]
    assert table.rows == [
        [("Soep", ""), ("€ 2,50", "n"), ("3%", "n"), ("12", "")],
        [("Brood", ""), ("−1", "n"), ("", "n"), ("veel", "")],
    ]


def test_a_table_without_a_header_or_rows_is_empty_and_rows_may_be_uneven() -> None:
    assert look.table_of(None, None) == look.Table([], [])
    assert look.table_of(["", None], [["a"], ["b", "1"]]) == look.Table(
        [], [[("a", "")], [("b", ""), ("1", "n")]]
    )
