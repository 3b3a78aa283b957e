from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from core.models import AuditEntry
from neighbourhoods.models import DecisionPolicy, Election, Neighbourhood, RollEntry
from people.models import Party, Role, User
from tests.factories.democracy import election_in_voting
from tests.factories.people import mandate
from tests.factories.residency import DAY, TODAY, clerk
from tests.neighbourhoods.polling_pages.conftest import browser
from tests.neighbourhoods.polling_pages.pages import every_page, read


def everything() -> tuple[object, ...]:
    """All that a page could have changed."""
    return (
        list(Election.objects.order_by("pk").values()),
        list(RollEntry.objects.order_by("pk").values()),
        list(DecisionPolicy.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
    )


@pytest.fixture
def voting(molenwijk: Neighbourhood, ann: User, ben: User, cas: User) -> Election:
    return election_in_voting(molenwijk, [ann, ben], [ann, ben, cas], seats=1)


def test_for_whoever_does_not_run_elections_there_is_no_polling_office(
    as_ann: Client, as_piet: Client, molenwijk: Neighbourhood, voting: Election
) -> None:
    before = everything()

    for client in (as_ann, as_piet):
        for address in [*every_page(molenwijk, voting), reverse("polling_policies", args=["molenwijk"])]:
            assert (address, client.get(address).status_code) == (address, 404)
            assert (address, client.post(address, {"reason": "Because", "q": "Ann"}).status_code) == (
                address, 404,
            )  # fmt: skip

    assert everything() == before


def test_whoever_is_not_signed_in_is_asked_to(client: Client, molenwijk: Neighbourhood) -> None:
    address = reverse("polling_office", args=["molenwijk"])

    page = client.get(address)

    assert (page.status_code, page.headers["Location"]) == (302, f"{reverse('account_login')}?next={address}")


def test_who_runs_elections_for_the_municipality_runs_them_in_its_neighbourhoods(
    as_otto: Client, as_olga: Client, voting: Election
) -> None:
    address = reverse("polling_office", args=["molenwijk"])

    assert (as_otto.get(address).status_code, as_olga.get(address).status_code) == (200, 200)


def test_a_mandate_that_ended_opens_nothing(as_olga: Client, olga: User) -> None:
    address = reverse("polling_office", args=["molenwijk"])
    olga.person.mandates.update(until_on=TODAY)
    assert as_olga.get(address).status_code == 200

    olga.person.mandates.update(until_on=TODAY - DAY)
    assert as_olga.get(address).status_code == 404


def test_the_office_asks_for_a_second_step(
    client: Client, olga: User, voting: Election, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(olga)

    response = client.get(reverse("polling_office", args=["molenwijk"]))

    assert (response.status_code, response["Location"]) == (302, "/en/account/2fa/")


def test_an_election_of_another_neighbourhood_is_not_found_here(
    as_olga: Client, dijkstad: Party, voting: Election
) -> None:
    from tests.factories.democracy import election
    from tests.factories.residency import place

    elsewhere = election(place("Sluiskade", of=dijkstad))

    assert as_olga.get(reverse("polling_election", args=["molenwijk", elsewhere.ref])).status_code == 404


def test_who_works_at_one_office_goes_straight_there(as_olga: Client, voting: Election) -> None:
    response = as_olga.get(reverse("polling"))

    assert (response.status_code, response["Location"]) == (
        302, reverse("polling_office", args=["molenwijk"]),
    )  # fmt: skip


def test_who_works_nowhere_reads_so(as_ann: Client) -> None:
    assert "You work at no polling office" in read(as_ann, reverse("polling"))


def test_a_clerk_finds_the_rules_and_no_election(
    dijkstad: Party, molenwijk: Neighbourhood, voting: Election, now: object
) -> None:
    as_clara = browser(clerk("Clara", dijkstad))

    assert "Rules for deciding" in read(as_clara, reverse("polling"))
    assert as_clara.get(reverse("polling_policies", args=["molenwijk"])).status_code == 200
    for address in every_page(molenwijk, voting):
        assert (address, as_clara.get(address).status_code) == (address, 404)


def test_the_panel_finds_the_appeals_and_no_election(
    dijkstad: Party, molenwijk: Neighbourhood, voting: Election, cas: User, now: object
) -> None:
    mandate(person=cas, principal=dijkstad, role=Role.APPEALS)
    as_cas = browser(cas)

    assert "Nobody appealed" in read(as_cas, reverse("polling_appeals"))
    for address in every_page(molenwijk, voting):
        assert (address, as_cas.get(address).status_code) == (address, 404)


def test_the_account_page_shows_the_way_in(as_olga: Client, as_ann: Client, molenwijk: Neighbourhood) -> None:
    assert "You run the elections of Molenwijk." in read(as_olga, reverse("account"))
    assert "elections" not in read(as_ann, reverse("account"))


def test_clerk_and_panel_find_their_rooms_on_the_account_page(
    dijkstad: Party, molenwijk: Neighbourhood, cas: User, now: object
) -> None:
    mandate(person=cas, principal=dijkstad, role=Role.APPEALS)

    clerks = read(browser(clerk("Clara", dijkstad)), reverse("account"))

    assert "You write down how the neighbourhoods of Dijkstad decide." in clerks
    assert "You rule on appeals about votes in Dijkstad." in read(browser(cas), reverse("account"))
