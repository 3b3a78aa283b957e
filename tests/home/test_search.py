"""Searching the pages of the site."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.neighbourhoods import found, news

pytestmark = pytest.mark.django_db


def titles(client: Client, words: str, language: str = "nl") -> list[str]:
    response = client.get(f"/{language}/search/", {"q": words})
    assert response.status_code == 200
    return sorted(page.title for page in response.context["results"])


def test_a_word_of_the_title_or_the_lead_finds_the_page(client: Client) -> None:
    molenwijk = found("Molenwijk")
    news(molenwijk, "Zwerfvuil prikken", lead="Met warme snert na afloop.")

    assert titles(client, "zwerfvuil") == ["Zwerfvuil prikken"]
    assert titles(client, "snert") == ["Zwerfvuil prikken"]


def test_all_words_must_be_there(client: Client) -> None:
    molenwijk = found("Molenwijk")
    news(molenwijk, "Zwerfvuil prikken")
    news(molenwijk, "Zwerfvuil wegen")

    assert titles(client, "zwerfvuil wegen") == ["Zwerfvuil wegen"]


def test_a_draft_is_not_found(client: Client) -> None:
    news(found("Molenwijk"), "Zwerfvuil prikken").unpublish()

    assert titles(client, "zwerfvuil") == []


def test_pages_are_found_in_the_language_of_the_reader(client: Client) -> None:
    news(found("Molenwijk"), "Zwerfvuil prikken")

    assert [page.url for page in client.get("/en/search/?q=zwerfvuil").context["results"]] == [
        "/en/dijkstad/molenwijk/nieuws/zwerfvuil-prikken/"
    ]


def test_nothing_found_says_what_to_try(client: Client) -> None:
    found("Molenwijk")

    assert "Search with fewer words" in client.get("/en/search/?q=kangoeroe").content.decode()


ODD = ["", " ", '"', "' OR 1=1 --", "a AND", "NEAR(", "*", "\x00", "😀", "x" * 5000, "(", ":*"]


def test_any_question_is_borne(client: Client) -> None:
    found("Molenwijk")

    assert [titles(client, words) for words in ODD] == [[]] * len(ODD)


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_costs_the_same_however_much_is_found(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    molenwijk = found("Molenwijk")
    for i in range(number):
        news(molenwijk, f"Zwerfvuil {i}")
    client.get("/nl/search/?q=zwerfvuil")

    with django_assert_num_queries(10):
        assert len(titles(client, "zwerfvuil")) == number
