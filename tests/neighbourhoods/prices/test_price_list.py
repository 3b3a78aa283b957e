"""The page of the price list: all that is worth something today, what is going to change, and how to find it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actor import Actor
from neighbourhoods.founding import add_decisions
from neighbourhoods.models import ItemKind, Neighbourhood, PriceListPage, Unit, ValuedItem, ValueVote
from neighbourhoods.states import ValueState
from tests.factories import democracy as votes
from tests.factories import values
from tests.factories.democracy import DAY, VOTING
from tests.factories.neighbourhoods import found
from tests.factories.people import person
from tests.neighbourhoods.prices.conftest import TODAY

FUTURE = date(2026, 12, 5)


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    """With pages. It stands for the quick one of the conftest."""
    made = found("Molenwijk")
    add_decisions(made, actor=Actor.system(), at=votes.OPENS)
    return made


def read(client: Client, query: str = "", language: str = "en") -> str:
    page = PriceListPage.objects.get(locale__language_code=language)
    response = client.get(f"{page.url}{query}")
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def names(html: str) -> list[str]:
    """What the list names, in its order."""
    return re.findall(r'<h3 class="row__title"><a [^>]*>(.*?)</a>', html)


def row(html: str, name: str) -> str:
    """The words of one row."""
    found = next(one for one in html.split('<li class="row">')[1:] if f">{name}</a>" in one)
    return " ".join(re.sub(r"<[^>]+>", " ", found.split("</li>")[0]).split())


class TestWhatItShows:
    def test_a_row_tells_what_it_is_worth_per_what_and_since_when(
        self, client: Client, reading: ValuedItem, meal: ValuedItem
    ) -> None:
        page = read(client)

        assert "+8.00" in row(page, "Reading at school")
        assert "you get, per hour" in row(page, "Reading at school")
        assert "since 1 March 2026" in row(page, "Reading at school")
        assert "5.00" in row(page, "Maaltijd")
        assert "+5.00" not in row(page, "Maaltijd")
        assert "costs, per piece" in row(page, "Maaltijd")

    def test_a_name_that_is_not_translated_stands_there_in_its_own_language(
        self, client: Client, meal: ValuedItem, reading: ValuedItem
    ) -> None:
        page = read(client)

        assert 'lang="nl">Maaltijd</a>' in page
        assert ">Reading at school</a>" in page
        assert "Voorlezen op school</a>" in read(client, language="nl")

    def test_what_falls_under_one_branch_stands_together_by_category_and_name(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        first, second = (
            values.category("tak-een", name="Tak een"),
            values.category("tak-twee", name="Tak twee"),
        )
        leaf = values.category("blad", name="Blad", parent=first)
        for name, of in (("Zwemmen", second), ("Bakken", second), ("Appels", leaf), ("Zingen", leaf)):
            values.worth(values.item(molenwijk, name, of=of), 100)

        page = read(client)

        assert names(page) == ["Appels", "Zingen", "Bakken", "Zwemmen"]
        assert page.index("Tak een</h2>") < page.index("Appels") < page.index("Tak twee</h2>")

    def test_what_has_no_value_any_more_or_never_had_one_is_not_there(
        self, client: Client, reading: ValuedItem
    ) -> None:
        values.worth(reading, None, on=TODAY)
        values.value_decision(
            values.item(reading.neighbourhood, "Ooit", of=reading.category), state=ValueState.CONSULTATION
        )

        assert names(read(client)) == []

    def test_on_its_day_the_list_shows_the_new_value_and_not_the_evening_before(
        self, client: Client, reading: ValuedItem
    ) -> None:
        values.worth(reading, 900, on=date(2026, 12, 1))

        with time_machine.travel("2026-11-30T22:59:59Z", tick=False):
            assert "+8.00" in row(read(client), "Reading at school")
        with time_machine.travel("2026-11-30T23:00:00Z", tick=False):  # midnight in Amsterdam
            assert "+9.00" in row(read(client), "Reading at school")

    def test_another_place_has_a_list_of_its_own(self, client: Client, reading: ValuedItem) -> None:
        elsewhere = found("Sluiskade")
        add_decisions(elsewhere, actor=Actor.system(), at=votes.OPENS)
        values.worth(values.item(elsewhere, "Iets anders"), 100)

        page = PriceListPage.objects.get(locale__language_code="nl", url_path__contains=f"/{elsewhere.slug}/")

        assert names(unescape(client.get(page.url).content.decode())) == ["Iets anders"]

    def test_an_empty_list_says_what_could_be_there(self, client: Client, molenwijk: Neighbourhood) -> None:
        assert "Nothing has a value yet" in read(client)

    def test_it_leads_to_the_item_the_form_and_the_data(self, client: Client, reading: ValuedItem) -> None:
        page = read(client)

        for address in (
            f"/en/vote/prices/items/{reading.ref}/", "/en/vote/values/propose/molenwijk/",
            "/en/vote/prices/molenwijk/prices.json", "/en/vote/prices/molenwijk/prices.csv",
            "/en/vote/prices/molenwijk/history.csv", "/en/vote/prices/molenwijk/prices.atom",
        ):  # fmt: skip
            assert f'href="{address}"' in page


class TestWhatIsGoingToChange:
    @pytest.mark.parametrize(
        ("decided", "words"),
        [
            (900, "Goes up to 9.00 from 5 December 2026"),
            (700, "Goes down to 7.00 from 5 December 2026"),
            (800, "Stays 8.00, also from 5 December 2026"),
        ],
    )
    def test_what_was_decided_is_told_before_it_holds(
        self, client: Client, reading: ValuedItem, decided: int, words: str
    ) -> None:
        values.value_decision(reading, state=ValueState.APPEAL, decided=decided, effective_on=FUTURE)

        assert words in row(read(client), "Reading at school")

    def test_that_it_will_have_no_value_is_told(self, client: Client, reading: ValuedItem) -> None:
        values.value_decision(reading, state=ValueState.APPEAL, is_ending=True, effective_on=FUTURE)

        assert "No value any more from 5 December 2026" in row(read(client), "Reading at school")

    def test_when_its_day_is_past_and_something_stands_in_the_way_no_day_is_promised(
        self, client: Client, reading: ValuedItem
    ) -> None:
        values.value_decision(reading, state=ValueState.APPEAL, decided=900, effective_on=TODAY)

        told = row(read(client), "Reading at school")

        assert "Decided: 9.00. It does not hold yet." in told
        assert "Goes up" not in told

    def test_an_open_vote_is_told_with_its_last_moment(self, client: Client, reading: ValuedItem) -> None:
        made = values.value_decision(reading, state=ValueState.VOTING)
        box = votes.box(reading.neighbourhood, [person("Ann")])
        ValueVote.objects.create(decision=made, number=1, decider="RESIDENTS", box=box)

        assert "You can vote on this until 26 November, 21:00" in row(read(client), "Reading at school")

    def test_of_a_vote_that_is_over_it_is_not_said_that_one_can_vote(
        self, client: Client, reading: ValuedItem
    ) -> None:
        made = values.value_decision(reading, state=ValueState.VOTING)
        box = votes.box(reading.neighbourhood, [person("Ann")], state="CLOSED")
        ValueVote.objects.create(decision=made, number=1, decider="RESIDENTS", box=box)

        assert "The votes are being counted" in row(read(client), "Reading at school")

    def test_residents_are_not_called_to_a_vote_of_the_board(
        self, client: Client, reading: ValuedItem
    ) -> None:
        made = values.value_decision(reading, state=ValueState.VOTING)
        for number, decider in ((1, "RESIDENTS"), (2, "BOARD")):
            box = votes.box(reading.neighbourhood, [person(f"Ann{number}")])
            ValueVote.objects.create(decision=made, number=number, decider=decider, box=box)

        assert "The board is voting on this" in row(read(client), "Reading at school")

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            (ValueState.ADMITTED, "On the agenda"),
            (ValueState.CONSULTATION, "Open for reactions until 24 November, 12:00"),
            (ValueState.AWAITING_BOARD, "The board still has to confirm a new value"),
            (ValueState.AWAITING_CONSENT, "The municipality still has to agree to a new value"),
            (ValueState.DECIDED, "A new value is being decided"),
        ],
    )
    def test_each_step_on_the_way_has_words(
        self, client: Client, reading: ValuedItem, state: str, words: str
    ) -> None:
        values.value_decision(reading, state=state, consulted_until=VOTING + 3 * DAY)

        assert words in row(read(client), "Reading at school")

    @pytest.mark.parametrize("state", [ValueState.DRAFT, ValueState.PROPOSED, ValueState.WITHDRAWN])
    def test_of_what_may_come_to_nothing_the_list_says_nothing(
        self, client: Client, reading: ValuedItem, state: str
    ) -> None:
        values.value_decision(reading, state=state)

        assert row(read(client), "Reading at school").endswith("you get, per hour")

    def test_what_was_decided_to_get_its_first_value_stands_below_the_list_until_it_has_it(
        self, client: Client, reading: ValuedItem
    ) -> None:
        new = values.item(reading.neighbourhood, "Computerhulp", of=reading.category)
        values.value_decision(new, state=ValueState.APPEAL, decided=1000, effective_on=FUTURE)

        page = read(client)

        assert names(page) == ["Reading at school", "Computerhulp"]
        assert page.index("Soon on this list") < page.index("Computerhulp")
        assert "From 5 December 2026: 10.00" in row(page, "Computerhulp")


class TestFinding:
    @pytest.fixture(autouse=True)
    def _things(self, reading: ValuedItem, meal: ValuedItem) -> None:
        tax = values.item(
            reading.neighbourhood,
            "Élise helpt met formulieren",
            about="Aangifte en toeslagen",
            of=reading.category,
        )
        tax.tags.add("papierwerk")
        values.worth(tax, 1200)

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("reading", ["Reading at school"]),
            ("VOORLEZEN", ["Reading at school"]),  # in another language of the same thing
            ("élise", ["Élise helpt met formulieren"]),
            ("ÉLISE+formulier", ["Élise helpt met formulieren"]),
            ("toeslag", ["Élise helpt met formulieren"]),
            ("papier", ["Élise helpt met formulieren"]),
            ("eten", ["Maaltijd"]),  # its category
            ("reading+maaltijd", []),
            ("%25", []),
        ],
    )
    def test_every_word_must_occur_in_name_description_tag_or_category(
        self, client: Client, asked: str, found: list[str]
    ) -> None:
        assert names(read(client, f"?q={asked}")) == found

    @pytest.mark.parametrize(
        ("kind", "count"), [("activity", 2), ("good", 1), ("fee", 0), ("nonsense", 3), ("", 3)]
    )
    def test_a_kind_is_an_address_and_an_unknown_one_is_none(
        self, client: Client, kind: str, count: int
    ) -> None:
        assert len(names(read(client, f"?kind={kind}"))) == count

    def test_the_tabs_count_what_was_searched_for_and_keep_it(self, client: Client) -> None:
        page = read(client, "?q=o")
        tabs = re.findall(r'<a href="(\?[^"]*)"[^>]*>([^<]+) <span class="tabs__n">(\d+)', page)

        assert tabs == [("?q=o", "Everything", "2"), ("?q=o&kind=activity", "To earn", "2")]

    def test_who_finds_nothing_is_shown_the_way_back(self, client: Client) -> None:
        page = read(client, "?q=zebra&kind=good")

        assert "Nothing was found here" in page
        assert 'value="zebra"' in page

    def test_what_was_typed_is_shown_as_words_and_never_as_part_of_the_page(self, client: Client) -> None:
        page = PriceListPage.objects.get(locale__language_code="en")

        response = client.get(page.url, {"q": '"><script>alert(1)</script>'})

        assert b"<script>alert" not in response.content


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


QUERIES = 1
