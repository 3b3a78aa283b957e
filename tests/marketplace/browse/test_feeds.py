"""The market for computers: the same search as JSON and as a feed."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.views.browse import feeds
from tests.factories.market import Market, demand, supply

ATOM = "{http://www.w3.org/2005/Atom}"
JSON, FEED = "/en/market/in/molenwijk/market.json", "/en/market/in/molenwijk/market.atom"


def told(client: Client, url: str = JSON) -> dict[str, Any]:
    return dict(json.loads(client.get(url).content))


class TestJson:
    def test_an_offer_is_told_with_all_that_the_list_shows(self, client: Client, there: Market) -> None:
        offer = supply(there, "Band plakken", 12_50, stock=3, terms={"euro": 250, "unit": "HOUR"})

        (one,) = told(client, f"{JSON}?q=band")["offers"]

        assert one == {
            "ref": str(offer.ref), "url": f"http://testserver/en/market/offers/{offer.ref}/", "title": "Band plakken",
            "summary": "", "language": "nl", "direction": "SUPPLY", "kind": "SERVICE", "category": "fietsen",
            "neighbourhood": "molenwijk", "provider": "Shop Molenwijk", "place": "", "latitude": None,
            "longitude": None, "price": "12.50", "coin": "MOLENWIJK", "euro": "2.50", "unit": "HOUR", "left": 3,
            "reach": "HERE", "since": "2026-11-22T09:00:00+00:00", "until": "2027-03-01",
        }  # fmt: skip

    def test_what_follows_has_an_address(
        self, client: Client, there: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(feeds, "PER_FILE", 2)
        for number in range(3):
            supply(there, f"Band {number}")

        first = told(client, f"{JSON}?q=band")
        second = told(client, first["next"])

        assert first["next"] == f"http://testserver{JSON}?q=band&start=2"
        assert [one["title"] for one in first["offers"] + second["offers"]] == ["Band 2", "Band 1", "Band 0"]
        assert second["next"] is None

    def test_what_was_left_out_is_told(self, client: Client, there: Market) -> None:
        assert told(client, f"{JSON}?kind=weapon&start=-1")["left_out"] == [
            "We do not know “weapon”. We searched without it."
        ]

    def test_the_same_is_not_sent_twice(self, client: Client, there: Market) -> None:
        first = client.get(JSON)

        assert first["Cache-Control"] == "max-age=300, public"
        assert client.get(JSON, headers={"If-None-Match": first["ETag"]}).status_code == 304


class TestFeed:
    def test_the_newest_of_a_search_with_its_price(self, client: Client, there: Market) -> None:
        supply(there, "Band plakken")
        demand(there, "Hond uitlaten\x0b", 1_00)

        feed = ElementTree.fromstring(client.get(f"{FEED}?sort=cheap").content)
        wanted = ElementTree.fromstring(client.get(f"{FEED}?direction=demand").content)

        assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
            "Hond uitlaten : you get 1.00 Molenmunt",
            "Band plakken: costs 12.50 Molenmunten",
        ]
        assert len(list(wanted.iter(f"{ATOM}entry"))) == 1
        assert feed.findtext(f"{ATOM}title") == "Market of Molenwijk"

    def test_all_markets_have_one_too(self, client: Client, there: Market) -> None:
        supply(there)

        feed = ElementTree.fromstring(client.get("/en/market/market.atom").content)

        assert len(list(feed.iter(f"{ATOM}entry"))) == 1


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("url", [JSON, FEED])
def test_files_cost_three_queries(
    client: Client, there: Market, url: str, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _one in range(number):
        supply(there)

    with django_assert_num_queries(3):  # place, categories, rows
        client.get(url)
