"""An address is read as a search, whatever it holds; a search has one written form."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.queries.branches import Branch
from marketplace.queries.search import Search, read
from neighbourhoods.models import Neighbourhood

TREE = [
    Branch(pk=1, slug="eten", name="Eten", below=[Branch(pk=2, slug="koken", name="Koken")]),
    Branch(pk=3, slug="vervoer", name="Vervoer"),
]
MOLENWIJK = Neighbourhood(pk=1, name="Molenwijk", slug="molenwijk")


def read_all(query: str, place: Neighbourhood | None = MOLENWIJK) -> tuple[Search, list[str]]:
    return read(QueryDict(query), place=place, branches=TREE, places=["sluiskade"])


def test_everything_that_can_be_asked_is_read_and_written_in_one_order() -> None:
    asked = (
        "sort=cheap&stock=yes&open=now&km=5&near=sluiskade&where=all&max=12,5&min=4&tag=zaterdag&category=vervoer"
        "&category=koken&kind=service&kind=good&direction=supply&q=++band++plakken+"
    )

    found, left_out = read_all(asked)

    assert left_out == []
    assert found.address == (
        "q=band+plakken&direction=supply&kind=good&kind=service&category=koken&category=vervoer&tag=zaterdag"
        "&min=4.00&max=12.50&where=all&near=sluiskade&km=5&open=now&stock=yes&sort=cheap"
    )
    assert read_all(found.address) == (found, [])


def test_what_goes_without_saying_stands_in_no_address() -> None:
    found, left_out = read_all("q=&direction=&where=here&sort=new&km=&min=&page=3&view=map")

    assert (found.address, found.is_empty, left_out) == ("", True, [])


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("direction=sideways", "sideways"), ("kind=weapon", "weapon"), ("category=nergens", "nergens"),
        ("sort=fastest", "fastest"), ("km=3", "3"), ("near=atlantis&km=5", "atlantis"), ("tag=a%20b", "a b"),
        ("open=later", "later"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_left_out_with_a_sentence(query: str, word: str) -> None:
    found, left_out = read_all(f"q=band&{query}")

    assert left_out == [f"We do not know “{word}”. We searched without it."]
    assert found.words == "band"


def test_a_price_that_is_none_is_left_out_with_a_sentence() -> None:
    found, left_out = read_all("min=veel&max=-3")

    assert (found.lowest, found.highest) == (None, None)
    assert left_out == [
        "Price from “veel”: Enter an amount, for example 4.00.",
        "Price up to “-3”: Enter an amount without a minus sign, for example 4.00.",
    ]


def test_a_lowest_price_above_the_highest_is_turned_round() -> None:
    found, _left_out = read_all("min=20&max=10")

    assert (found.lowest, found.highest) == (1000, 2000)


def test_prices_are_typed_as_people_write_them() -> None:
    with translation.override("nl"):
        found, _left_out = read_all("min=1.234,50")

    assert found.lowest == 123450


def test_a_choice_below_a_branch_stands_for_the_branch() -> None:
    assert read_all("category=eten&category=koken")[0].categories == ("koken",)
    assert read_all("category=eten")[0].categories == ("eten",)


def test_a_distance_needs_a_place_to_measure_from() -> None:
    found, left_out = read_all("km=5&sort=near", place=None)

    assert (found.km, found.sort) == (None, "new")
    assert left_out == ["Choose from which neighbourhood we should measure the distance."]
    assert read_all("km=5&sort=near")[0].start == "molenwijk"


def test_words_are_apart_and_at_most_ten() -> None:
    found, _left_out = read_all("q=Band%00_plakken!+" + "+".join("abcdefghijkl"))

    assert found.terms == ["band", "plakken", *"abcdefgh"]


NAMES = (
    "q",
    "direction",
    "kind",
    "category",
    "tag",
    "min",
    "max",
    "where",
    "near",
    "km",
    "open",
    "stock",
    "sort",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), st.text()))
def test_any_address_is_read_and_its_written_form_is_read_as_the_same(params: dict[str, str]) -> None:
    asked = QueryDict(mutable=True)
    asked.update(params)

    found, _left_out = read(asked, place=MOLENWIJK, branches=TREE, places=["sluiskade"])

    again, left_out = read(QueryDict(found.address), place=MOLENWIJK, branches=TREE, places=["sluiskade"])
    assert (again, left_out) == (found, [])
