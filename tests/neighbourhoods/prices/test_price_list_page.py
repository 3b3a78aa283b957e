"""The page of the price list in the tree: what stands on it, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actor import Actor
from neighbourhoods.founding import add_decisions
from neighbourhoods.models import ItemKind, Neighbourhood, PriceListPage, Unit, ValueVote
from neighbourhoods.states import ValueState
from tests.factories import democracy as votes
from tests.factories import values
from tests.factories.neighbourhoods import found
from tests.factories.people import person
from tests.neighbourhoods.prices.conftest import TODAY


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    made = found("Molenwijk")
    add_decisions(made, actor=Actor.system(), at=votes.OPENS)
    return made


def read(client: Client, **query: str) -> str:
    page = PriceListPage.objects.get(locale__language_code="en")
    response = client.get(page.url, query)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def names(html: str) -> list[str]:
    """What the list names, in its order."""
    return re.findall(r'<h3 class="row__title"><a [^>]*>(.*?)</a>', html)


def test_the_feed_names_the_page_at_the_address_that_was_asked(
    client: Client, molenwijk: Neighbourhood
) -> None:
    page = PriceListPage.objects.get(locale__language_code="en")

    feed = client.get("/en/vote/prices/molenwijk/prices.atom", SERVER_PORT="8123").content.decode()

    assert f"<id>http://testserver:8123{page.url}</id>" in feed
    assert "localhost" not in feed


def test_it_shows_rows_and_leads_to_the_item_the_form_and_the_data(
    client: Client, molenwijk: Neighbourhood
) -> None:
    assert "Nothing has a value yet" in read(client)
    reading = values.item(molenwijk, "Voorlezen")
    values.worth(reading, 800)
    values.worth(values.item(molenwijk, "Maaltijd", kind=ItemKind.GOOD, unit=Unit.PIECE), 500)

    page = read(client)

    assert names(page) == ["Maaltijd", "Voorlezen"]
    assert ("<span>+8.00</span>" in page, "<span>5.00</span>" in page, "+5.00" in page) == (True, True, False)
    assert 'lang="nl">Voorlezen</a>' in page
    for address in (
        f"/en/vote/prices/items/{reading.ref}/", "/en/vote/values/propose/molenwijk/",
        "/en/vote/prices/molenwijk/prices.json", "/en/vote/prices/molenwijk/prices.csv",
        "/en/vote/prices/molenwijk/history.csv", "/en/vote/prices/molenwijk/prices.atom",
    ):  # fmt: skip
        assert f'href="{address}"' in page
    assert 'type="application/atom+xml"' in page


def test_who_finds_nothing_is_shown_the_way_back_and_what_they_typed_as_words(
    client: Client, molenwijk: Neighbourhood
) -> None:
    values.worth(values.item(molenwijk, "Voorlezen"), 800)
    attack = '"><script>alert(1)</script>'

    page = PriceListPage.objects.get(locale__language_code="en")
    response = client.get(page.url, {"q": attack, "kind": "good"})

    assert (b"Nothing was found here" in response.content, b"<script>alert" in response.content) == (
        True,
        False,
    )
    assert b'name="kind" value="good"' in response.content


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_much_has_a_value(
    client: Client, molenwijk: Neighbourhood, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for i in range(number):
        parent = values.category(f"tak{i}", name=f"Tak {i}")
        item = values.item(
            molenwijk, f"Ding {i}", kind=ItemKind.values[i], unit=Unit.values[i],
            of=values.category(f"blad{i}", name=f"Blad {i}", parent=parent),
        )  # fmt: skip
        values.add_words(item, f"Thing {i}", language="en")
        item.tags.add(f"tag{i}")
        values.worth(item, 100 + i)
        made = values.value_decision(item, state=ValueState.VOTING)
        box = votes.box(molenwijk, [person(f"Ann{i}")])
        ValueVote.objects.create(decision=made, number=1, decider="RESIDENTS", box=box)
        coming = values.item(molenwijk, f"Straks {i}")
        values.value_decision(coming, state=ValueState.APPEAL, effective_on=TODAY + timedelta(days=i + 1))
    read(client)

    with django_assert_num_queries(QUERIES):
        page = read(client)

    assert len(names(page)) == 2 * number


QUERIES = 36
