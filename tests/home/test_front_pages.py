"""The fronts of the site, of a municipality and of a neighbourhood: what they show, and at what cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import Neighbourhood, NewsKind
from tests.factories.neighbourhoods import found, news, picture, root_of, seat_for
from tests.factories.people import person
from tests.factories.wallet import bring_in, open_for

pytestmark = pytest.mark.django_db

NEIGHBOURHOOD = "/nl/dijkstad/molenwijk/"
MUNICIPALITY = "/nl/dijkstad/"
SITE = "/nl/"


def today() -> date:
    return timezone.localdate()


def fill(place: Neighbourhood, number: int) -> None:
    """As many things to do, decisions and pieces of news; each with a picture of its own, at another place."""
    for i in range(number):
        own = {"picture": picture(f"Foto {place.slug} {i}"), "picture_alt": "Een foto"}
        on = today() + timedelta(days=i)
        news(place, f"Koffie {i}", kind=NewsKind.EVENT, happens_on=on, place=f"Zaal {i}", **own)
        news(place, f"Besluit {i}", kind=NewsKind.DECISION, published_on=today(), **own)
        news(place, f"Nieuws {i}", published_on=today(), **own)


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_neighbourhood_shows_what_is_on_what_was_decided_and_its_news(client: Client) -> None:
    molenwijk = found("Molenwijk")
    fill(molenwijk, 1)

    page = read(client, NEIGHBOURHOOD)

    assert [words in page for words in ("Koffie 0", "Besluit 0", "Nieuws 0", "Zaal 0")] == [True] * 4


def test_what_has_been_is_no_longer_on(client: Client) -> None:
    molenwijk = found("Molenwijk")
    news(molenwijk, "Gisteren", kind=NewsKind.EVENT, happens_on=today() - timedelta(days=1))
    news(molenwijk, "Vandaag", kind=NewsKind.EVENT, happens_on=today())

    agenda = client.get(NEIGHBOURHOOD).context["agenda"]

    assert [page.title for page in agenda] == ["Vandaag"]


def test_the_soonest_comes_first_and_four_fit(client: Client) -> None:
    molenwijk = found("Molenwijk")
    for days in (5, 1, 9, 3, 7):
        news(molenwijk, f"Over {days}", kind=NewsKind.EVENT, happens_on=today() + timedelta(days=days))

    agenda = client.get(NEIGHBOURHOOD).context["agenda"]

    assert [page.title for page in agenda] == ["Over 1", "Over 3", "Over 5", "Over 7"]


def test_what_is_on_this_month_is_counted_and_lights_no_window(client: Client) -> None:
    molenwijk = found("Molenwijk")
    for days in (0, 30, 31):
        news(molenwijk, f"Over {days}", kind=NewsKind.EVENT, happens_on=today() + timedelta(days=days))

    page = client.get(NEIGHBOURHOOD.replace("nl", "en", 1))

    assert page.context["figures"] == [("things on the calendar this month", 2)]
    assert page.context["lit"] == 0
    assert page.content.decode().count('class="gables__lit"') == 2  # the hubs of the two mills


def test_figures_are_counted_from_rows_and_noughts_are_left_out(client: Client) -> None:
    molenwijk = found("Molenwijk")
    seat_for(person("Ann"), molenwijk, until_on=date(2099, 1, 1))
    news(molenwijk, "Besluit", kind=NewsKind.DECISION, published_on=today())

    figures = client.get(NEIGHBOURHOOD.replace("nl", "en", 1)).context["figures"]

    assert figures == [("board member", 1), ("decision this year", 1)]


def test_coins_stand_beside_the_euros_behind_them(client: Client) -> None:
    there = found("Molenwijk")
    purse = open_for(there, person("Ann").person)
    bring_in(there, purse, 1_250_99)

    figures = client.get(NEIGHBOURHOOD.replace("nl", "en", 1)).context["figures"]

    assert figures == [("Molenmunten", "1,250"), ("euros in the bank", "1,250")]


def test_a_neighbourhood_shows_nothing_of_its_neighbours(client: Client) -> None:
    found("Molenwijk")
    fill(found("Sluiskade"), 1)

    page = client.get(NEIGHBOURHOOD)

    assert (page.context["agenda"], page.context["decisions"], page.context["news"]) == ([], [], [])


def test_an_empty_neighbourhood_says_what_could_be_there(client: Client) -> None:
    found("Molenwijk")

    page = read(client, NEIGHBOURHOOD.replace("nl", "en", 1))

    assert page.count('class="empty"') == 5
    assert "Nothing planned yet" in page


@pytest.mark.parametrize("number", [1, 3])
def test_a_neighbourhood_costs_the_same_however_much_is_on(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(found("Molenwijk"), number)
    client.get(NEIGHBOURHOOD)  # Wagtail remembers where its sites begin

    with django_assert_num_queries(31):
        read(client, NEIGHBOURHOOD)


@pytest.mark.parametrize("number", [1, 3])
def test_a_municipality_costs_the_same_however_many_neighbourhoods(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Molenwijk", "Sluiskade", "Zonneveld")[:number]:
        fill(found(name), 1)
    client.get(MUNICIPALITY)

    with django_assert_num_queries(19):
        read(client, MUNICIPALITY)


@pytest.mark.parametrize("number", [1, 3])
def test_the_front_of_the_site_costs_the_same_however_many_places(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Molenwijk", "Sluiskade", "Zonneveld")[:number]:
        fill(found(name), 1)
    client.get(SITE)

    with django_assert_num_queries(18):
        read(client, SITE)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_news_costs_the_same_however_long(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(found("Molenwijk"), number)
    client.get(NEIGHBOURHOOD + "nieuws/")

    with django_assert_num_queries(20):
        read(client, NEIGHBOURHOOD + "nieuws/")


def test_news_can_be_seen_by_kind(client: Client) -> None:
    fill(found("Molenwijk"), 2)

    page = client.get(NEIGHBOURHOOD + "nieuws/?kind=DECISION")

    assert sorted(item.title for item in page.context["news"]) == ["Besluit 0", "Besluit 1"]
    assert [(current, count) for _label, _url, current, count in page.context["tabs"]] == [
        (False, 6),
        (False, 2),
        (False, 2),
        (True, 2),
    ]


@pytest.mark.parametrize("words", ["page=999", "page=x", "kind=NOTHING", "kind=%00", "page=-1", "page=1e9"])
def test_a_list_of_news_bears_any_question(client: Client, words: str) -> None:
    fill(found("Molenwijk"), 1)

    assert client.get(f"{NEIGHBOURHOOD}nieuws/?{words}").status_code == 200


def test_a_long_list_of_news_has_pages(client: Client) -> None:
    molenwijk = found("Molenwijk")
    for i in range(13):
        news(molenwijk, f"Nieuws {i}", published_on=date(2026, 1, 1) + timedelta(days=i))

    first = client.get(NEIGHBOURHOOD + "nieuws/").context["news"]
    second = client.get(NEIGHBOURHOOD + "nieuws/?page=2").context["news"]

    assert (len(first), first[0].title) == (12, "Nieuws 12")
    assert [item.title for item in second] == ["Nieuws 0"]


def test_the_site_shows_each_place_with_its_own_coin(client: Client) -> None:
    found("Molenwijk", coin_name="Molenmunt")
    found("Sluiskade", coin_name="Sluisduit")

    page = read(client, SITE)

    assert [words in page for words in ("Molenmunt", "Sluisduit", "Dijkstad")] == [True] * 3


def test_a_draft_is_on_no_page(client: Client) -> None:
    molenwijk = found("Molenwijk")
    page = news(molenwijk, "Nog geheim")
    page.unpublish()
    cache.clear()

    assert "Nog geheim" not in read(client, NEIGHBOURHOOD)
    assert client.get(NEIGHBOURHOOD + "nieuws/nog-geheim/").status_code == 404
    assert client.get(NEIGHBOURHOOD.replace("nl", "en", 1) + "nieuws/nog-geheim/").status_code == 404


def test_a_front_page_taken_off_the_site_is_in_no_list(client: Client) -> None:
    root_of(found("Molenwijk")).unpublish()

    assert client.get(SITE).context["neighbourhoods"] == []
    assert client.get(NEIGHBOURHOOD).status_code == 404
