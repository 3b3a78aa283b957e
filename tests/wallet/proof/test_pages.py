"""The public pages: for everybody, true, the same dear at any size, and without any holder's sum."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.shortcuts import render
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from ledger.kinds import AccountKind
from ledger.queries import Backing
from neighbourhoods.models import Neighbourhood
from tests.factories.neighbourhoods import site
from tests.factories.people import organisation, person
from tests.factories.wallet import AT, Place, fund, open_for, place
from tests.wallet.proof.sealed import pay, seal_all

pytestmark = pytest.mark.django_db

COINS, COIN, CHECK = "/en/proof/", "/en/proof/molenwijk/", "/en/proof/check/"


@pytest.fixture
def molen() -> Place:
    """Ann has 30, the pot 100, the shop 12.34."""
    site()
    made = place()
    fund(made, made.pot, 100_00)
    fund(made, made.ann, 42_34)
    pay(made.ann, made.shop, 12_34)
    return made


def get(client: Client, address: str, at: datetime = AT) -> str:
    with time_machine.travel(at, tick=False):
        response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_anybody_sees_that_there_is_a_euro_for_every_coin(client: Client, molen: Place) -> None:
    page = get(client, COIN)

    assert "For every Molenmunt there is a euro in the bank" in page
    assert page.count("142.34") >= 2
    assert "22 November 2026, 10:00" in page


def test_the_page_of_a_coin_does_not_say_so_when_it_is_not_true(rf: RequestFactory, molen: Place) -> None:
    """The database refuses it; but a page that says the same whatever there is proves nothing."""
    context = {
        "coin": molen.coin,
        "neighbourhood": molen.neighbourhood,
        "backing": Backing(circulation=2, reserve=1),
    }

    page = render(rf.get(COIN), "wallet/proof/coin.html", context).content.decode()

    assert "There are more Molenmunten than euros in the bank" in page
    assert "For every Molenmunt there is a euro in the bank" not in page


def test_no_page_tells_what_one_holder_has(client: Client, molen: Place) -> None:
    seal_all()
    pages = get(client, COINS) + get(client, COIN)

    for own in ("30.00", "12.34<", "100.00"):
        assert own not in pages
    for secret in ("Ann", "Shop Molenwijk", "Football", "Soep", molen.ann.address):
        assert secret not in pages
    assert "Everybody together" in pages


def test_sums_of_five_and_more_are_told_apart(client: Client, molen: Place) -> None:
    for number in range(5):
        resident = open_for(
            molen.neighbourhood, person(f"Resident {number}", email=f"r{number}@example.org").person
        )
        fund(molen, resident, 2_00)
    for number in range(3):
        fund(molen, open_for(molen.neighbourhood, organisation(f"Club {number}")), 5_00)

    page = client.get(COIN).context

    assert page["parts"] == [("Residents", 40_00), ("Organisations and pots together", 127_34)]


def test_a_year_is_drawn_with_a_sentence_and_the_figures_beneath_it(client: Client, molen: Place) -> None:
    page = get(client, COIN)

    said = (
        "Coins in circulation at the end of each month. From 0.00 in December 2025 to 142.34 now. "
        "The most was 142.34, in November 2026."
    )
    assert f'role="img" aria-label="{said}"' in page
    assert page.index('<svg class="chart"') < page.index('aria-label="The past year in figures"')
    assert page.index("November 2026</th>") < page.index("October 2026</th>")


def test_a_coin_that_nobody_has_yet_has_pages_that_say_so(client: Client) -> None:
    site()
    place()

    page = get(client, COIN)

    for words in ("Nobody has coins yet", "No coins in the past year", "Nothing is sealed yet"):
        assert words in page


def test_the_last_seal_is_told_with_the_way_to_it(client: Client, molen: Place) -> None:
    seal_all()

    page = get(client, COIN)

    assert "22 November 2026, 10:00:02" in page
    assert 'href="/log/ledger/checkpoint"' in page
    assert 'href="/log/coins/molenwijk.json"' in page


def test_all_coins_stand_side_by_side(client: Client, molen: Place) -> None:
    fund(place("Sluiswijk", iban="NL02ABNA0123456789"), molen.ann, 1_00)

    page = client.get(COINS)

    assert [(one.name, behind.circulation, behind.reserve) for one, behind in page.context["rows"]] == [
        ("Molenwijk", 143_34, 143_34), ("Molenwijk Oost", 0, 0), ("Sluiswijk", 0, 0), ("Sluiswijk Oost", 0, 0),
    ]  # fmt: skip


def test_a_site_without_neighbourhoods_says_that_there_are_no_coins(client: Client) -> None:
    site()

    assert "There are no coins yet" in get(client, COINS)
    assert client.get(COIN).status_code == 404


def test_a_coin_stands_in_the_colours_of_its_own_place_for_a_visitor_from_elsewhere(
    client: Client, molen: Place
) -> None:
    client.force_login(molen.cas_login)

    assert client.get(COIN).context["place"]["name"] == "Molenwijk"


@pytest.mark.parametrize("others", [0, 2])
def test_the_list_of_coins_costs_the_same_for_one_and_for_three(
    client: Client, molen: Place, django_assert_num_queries: DjangoAssertNumQueries, others: int
) -> None:
    for number in range(others):
        place(f"Wijk {number}", iban=f"NL{number}")
    get(client, COINS)

    with django_assert_num_queries(5):
        get(client, COINS)


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_of_a_coin_costs_the_same_for_one_holder_and_for_three(
    client: Client, molen: Place, django_assert_num_queries: DjangoAssertNumQueries, people: int
) -> None:
    for number in range(people):
        resident = open_for(
            molen.neighbourhood, person(f"Resident {number}", email=f"r{number}@example.org").person,
            kind=AccountKind.HOLDER,
        )  # fmt: skip
        fund(molen, resident, 2_00)
        seal_all()
    get(client, COIN)

    with django_assert_num_queries(10):
        get(client, COIN)


def test_the_page_that_checks_gives_our_key_and_asks_for_nothing(client: Client, molen: Place) -> None:
    page = get(client, CHECK)

    assert "localhost/log/ledger+" in page
    assert "<form" not in page
    assert "verify_log" in page


def test_the_word_check_is_a_page_and_no_neighbourhood(client: Client, molen: Place) -> None:
    Neighbourhood.objects.filter(pk=molen.neighbourhood.pk).update(slug="elsewhere")

    assert client.get("/en/proof/elsewhere/").status_code == 200
    assert "Check a receipt" in get(client, CHECK)


@pytest.mark.parametrize("address", [COINS, COIN, CHECK])
def test_the_pages_are_there_in_dutch_too_and_take_no_forms(
    client: Client, molen: Place, address: str
) -> None:
    dutch = address.replace("/en/", "/nl/")

    assert '<html lang="nl"' in get(client, dutch)
    assert client.post(dutch).status_code == 405


def test_every_page_leads_to_the_check_of_the_coins(client: Client, molen: Place) -> None:
    assert 'href="/en/proof/"' in get(client, CHECK)
    assert 'href="/en/proof/molenwijk/"' in get(client, COIN)


def test_shares_are_counted_anew_each_day(client: Client, molen: Place) -> None:
    get(client, COIN)
    fund(molen, molen.ann, 10_00)

    assert client.get(COIN).context["counted"].total in {142_34, 152_34}
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        assert client.get(COIN).context["counted"].total == 152_34
