"""Saved searches that measure distances, and an address that no browser sends."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.models import SavedSearch
from marketplace.operations.searches import tell_of_new
from tests.factories.market import AT, Market, market
from tests.marketplace.browse.test_saved import DAY, saved

LIST_QUERIES = 10


@pytest.fixture
def ann(client: Client, there: Market) -> Client:
    client.force_login(there.ann_login)
    return client


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_once_where_distances_are_measured_from(
    ann: Client, there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    market("Sluiskade", "NL20INGB0001234567")
    for one in range(number):
        saved(there, f"q=band{one}&near=sluiskade&km=5")
    assert SavedSearch.objects.filter(query__contains="near=sluiskade").count() == number

    with django_assert_num_queries(LIST_QUERIES):
        answer = ann.get("/en/market/searches/")

    assert sum("near=sluiskade" in row["url"] for row in answer.context["rows"]) == number


def test_the_clock_asks_once_for_all(there: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    market("Sluiskade", "NL20INGB0001234567")
    for one in range(3):
        saved(there, f"q=band{one}&near=sluiskade&km=5")
    asked: list[int] = []

    def slugs() -> list[str]:
        asked.append(1)
        return ["sluiskade"]

    monkeypatch.setattr("marketplace.operations.searches.slugs_of_places", slugs)

    tell_of_new(AT + DAY)

    assert asked == [1]


def test_a_place_that_is_no_text_for_the_database_is_not_found(ann: Client) -> None:
    """PostgreSQL takes no NUL in a text: it would be an error of ours."""
    assert ann.get("/en/market/searches/save/?place=%00").status_code == 404
