"""The price list as data: JSON, two CSV files and a feed say the same as the page, and as each other."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import ItemText, Neighbourhood, ValuedItem
from neighbourhoods.queries.prices import prices_on
from neighbourhoods.states import ValueState
from tests.factories import values
from tests.factories.democracy import VOTING
from tests.factories.residency import place
from tests.neighbourhoods.prices.conftest import TODAY

ATOM = "{http://www.w3.org/2005/Atom}"
FILES = ("prices_json", "prices_csv", "prices_history_csv", "prices_feed")


def read(client: Client, name: str, of: Neighbourhood, language: str = "nl") -> str:
    with translation.override(language):
        response = client.get(reverse(name, args=[of.slug]))
    assert response.status_code == 200
    return response.content.decode()


def as_json(client: Client, of: Neighbourhood) -> dict[str, Any]:
    return dict(json.loads(read(client, "prices_json", of)))


def as_rows(client: Client, name: str, of: Neighbourhood) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(read(client, name, of))))


def entries(client: Client, of: Neighbourhood, language: str = "nl") -> list[tuple[str, str]]:
    """Title and day of each entry of the feed."""
    feed = ElementTree.fromstring(read(client, "prices_feed", of, language))
    return [
        (entry.findtext(f"{ATOM}title", ""), entry.findtext(f"{ATOM}updated", "")[:10])
        for entry in feed.iter(f"{ATOM}entry")
    ]


class TestToday:
    def test_json_and_csv_say_the_same_as_the_list(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem, meal: ValuedItem
    ) -> None:
        listed = [
            (str(one.item.ref), f"{one.amount / 100:.2f}", str(one.since))
            for one in prices_on(molenwijk, TODAY)
        ]

        told = as_json(client, molenwijk)["prices"]
        rows = as_rows(client, "prices_csv", molenwijk)

        assert [(one["ref"], one["amount"], one["since"]) for one in told] == listed
        assert [(one["ref"], one["amount"], one["since"]) for one in rows] == listed
        assert [
            (one["kind"], one["unit"], one["category"]["slug"], one["category"]["cpa"]) for one in told
        ] == [(one["kind"], one["unit"], one["category"], one["cpa"]) for one in rows]

    def test_json_has_the_words_in_every_language_and_all_that_it_was(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        told = as_json(client, molenwijk)

        assert (told["on"], told["coin"]["name"], told["neighbourhood"]["slug"]) == (
            "2026-11-21", "Molenwijkmunt", "molenwijk",
        )  # fmt: skip
        (one,) = told["prices"]
        assert one["names"] == {"nl": "Voorlezen op school", "en": "Reading at school"}
        assert [(was["from"], was["amount"]) for was in one["history"]] == [
            ("2026-01-01", "7.50"), ("2026-03-01", "8.00"),
        ]  # fmt: skip
        decisions = [str(version.decision.ref) for version in reading.versions.order_by("effective_on")]
        assert [was["decision"].rstrip("/").rsplit("/")[-1] for was in one["history"]] == decisions

    def test_what_is_not_valued_any_more_or_not_yet_is_not_there(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        values.worth(reading, None, on=date(2026, 11, 21))
        coming = values.item(molenwijk, "Straks")
        values.worth(coming, 300, on=date(2026, 11, 22))
        values.value_decision(values.item(molenwijk, "Ooit"), state=ValueState.VOTING)

        assert as_json(client, molenwijk)["prices"] == []
        assert as_rows(client, "prices_csv", molenwijk) == []

        with time_machine.travel(date(2026, 11, 22), tick=False):
            assert [row["name"] for row in as_rows(client, "prices_csv", molenwijk)] == ["Straks"]

    def test_the_list_of_one_place_has_nothing_of_another(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        sluiskade = place("Sluiskade", of=molenwijk.municipality)

        assert as_json(client, sluiskade)["prices"] == []
        assert entries(client, sluiskade) == []

    def test_a_name_is_no_formula_to_a_spreadsheet(self, client: Client, molenwijk: Neighbourhood) -> None:
        values.worth(values.item(molenwijk, '=HYPERLINK("http://kwaad")'), 100)

        for name in ("prices_csv", "prices_history_csv"):
            assert as_rows(client, name, molenwijk)[0]["name"] == '\'=HYPERLINK("http://kwaad")'


class TestHistory:
    def test_every_value_has_a_line_with_the_day_on_which_the_next_began(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        values.worth(reading, None, on=date(2026, 6, 1))
        values.worth(reading, 900, on=date(2026, 9, 1))

        rows = as_rows(client, "prices_history_csv", molenwijk)

        assert [(row["amount"], row["from"], row["until"]) for row in rows] == [
            ("7.50", "2026-01-01", "2026-03-01"), ("8.00", "2026-03-01", "2026-06-01"),
            ("", "2026-06-01", "2026-09-01"), ("9.00", "2026-09-01", ""),
        ]  # fmt: skip
        assert {row["ref"] for row in rows} == {str(reading.ref)}


class TestFeed:
    def test_signs_that_xml_cannot_hold_are_left_out(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        ItemText.objects.filter(item=reading, locale__language_code="nl").update(name="Voor\x01lezen\ufffe")
        Neighbourhood.objects.filter(pk=molenwijk.pk).update(name="Molen\x0bwijk")

        titles = [title for title, _day in entries(client, molenwijk)]

        assert titles[0].startswith("Voor lezen: ")

    def test_it_tells_what_changed_the_newest_first_in_the_language_of_its_address(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        values.worth(reading, None, on=date(2026, 11, 1))

        told = entries(client, molenwijk, "en")

        assert told == [
            ("Reading at school has no value any more", "2026-11-01"),
            ("Reading at school: 8.00 per hour, it was 7.50", "2026-03-01"),
            ("Reading at school: 7.50 per hour, new", "2026-01-01"),
        ]
        assert "Voorlezen op school" in entries(client, molenwijk)[0][0]

    def test_what_begins_later_is_not_told_yet(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        values.worth(reading, 900, on=date(2026, 11, 22))

        assert len(entries(client, molenwijk)) == 2

    def test_each_entry_has_a_name_of_its_own_that_stays(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        def ids() -> list[str]:
            feed = ElementTree.fromstring(read(client, "prices_feed", molenwijk))
            return [entry.findtext(f"{ATOM}id", "") for entry in feed.iter(f"{ATOM}entry")]

        before = ids()
        values.worth(reading, 900, on=date(2026, 11, 20))

        assert len(set(ids())) == 3
        assert ids()[1:] == before


class TestComing:
    def test_what_was_decided_and_holds_later_is_told_as_such(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        begins = date(2026, 11, 30)
        higher = values.value_decision(
            reading, state=ValueState.APPEAL, decided=900, decided_at=VOTING, effective_on=begins
        )
        first = values.value_decision(
            values.item(molenwijk, "Soep"), state=ValueState.APPEAL, decided=300, decided_at=VOTING,
            effective_on=begins,
        )  # fmt: skip

        told = as_json(client, molenwijk)
        rows = as_rows(client, "prices_csv", molenwijk)

        assert [one["amount"] for one in told["prices"]] == ["8.00"]
        assert [(one["from"], one["amount"]) for one in told["coming"]] == [
            ("2026-11-30", "9.00"), ("2026-11-30", "3.00"),
        ]  # fmt: skip
        assert [(one["name"], one["amount"], one["coming"], one["coming_from"]) for one in rows] == [
            ("Voorlezen op school", "8.00", "9.00", "2026-11-30"), ("Soep", "", "3.00", "2026-11-30"),
        ]  # fmt: skip
        assert [title for title, _day in entries(client, molenwijk, "en")][:2] == [
            "Soep: 3.00 per hour from 30 November 2026, new",
            "Reading at school: 9.00 per hour from 30 November 2026, until then 8.00",
        ]
        feed = read(client, "prices_feed", molenwijk)
        assert f"urn:uuid:{higher.ref}" in feed
        assert f"urn:uuid:{first.ref}" in feed

    def test_that_something_ends_is_told_before_it_does(
        self, client: Client, molenwijk: Neighbourhood, reading: ValuedItem
    ) -> None:
        values.value_decision(
            reading, state=ValueState.APPEAL, decided=None, is_ending=True, decided_at=VOTING,
            effective_on=date(2026, 11, 30),
        )  # fmt: skip

        assert [one["amount"] for one in as_json(client, molenwijk)["coming"]] == [None]
        (row,) = as_rows(client, "prices_csv", molenwijk)
        assert (row["amount"], row["coming"], row["coming_from"]) == ("8.00", "", "2026-11-30")
        assert entries(client, molenwijk, "en")[0] == (
            "Reading at school has no value any more from 30 November 2026", str(VOTING.date()),
        )  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_did_not_change_is_not_sent_again(
    client: Client, molenwijk: Neighbourhood, reading: ValuedItem, name: str
) -> None:
    address = reverse(name, args=[molenwijk.slug])
    first = client.get(address)
    known = {"if-none-match": first.headers["ETag"]}

    again = client.get(address, headers=known)
    values.worth(reading, 900, on=date(2026, 11, 20))
    changed = client.get(address, headers=known)

    assert first.headers["Cache-Control"] == "max-age=300, public"
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.parametrize("name", FILES)
def test_of_a_place_that_is_not_there_is_nothing(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(name, args=["nergens"])).status_code == 404


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_much_has_a_value(
    client: Client, molenwijk: Neighbourhood, name: str, number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for i in range(number):
        parent = values.category(f"tak{i}")
        item = values.item(molenwijk, f"Ding {i}", of=values.category(f"blad{i}", parent=parent))
        item.tags.add(f"tag{i}")
        values.worth(item, 100 + i, on=date(2026, 1, 1))
        values.worth(item, 200 + i, on=date(2026, 2, 1))
        values.value_decision(item, state=ValueState.VOTING)
    read(client, name, molenwijk)

    with django_assert_num_queries(QUERIES[name]):
        read(client, name, molenwijk)


QUERIES = {"prices_json": 13, "prices_csv": 9, "prices_history_csv": 5, "prices_feed": 5}
