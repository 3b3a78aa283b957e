"""The pages of whoever asks for an organisation, and of whoever reports something."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.clock import day_of
from marketplace.models import Admission, OfferReport
from marketplace.operations import admissions
from marketplace.states import AdmissionState, OfferState
from people.models import Party, Role, User
from tests.factories.market import AT, Market, market, supply
from tests.factories.people import actor, mandate, organisation
from tests.marketplace.trust.conftest import SignIn
from tests.marketplace.trust.making import asked, let_in

KEY = "00000000-0000-4000-8000-00000000d001"
TODAY = day_of(AT)


def told(organisation: Party, **more: Any) -> dict[str, Any]:
    return {
        "key": KEY, "organisation": str(organisation.uuid), "about": "Brood", "displacement": "Van niemand.",
        "insurance": "", "insured_until_on": "", **more,
    }  # fmt: skip


def ask_url(slug: str = "molenwijk") -> str:
    return reverse("admission_request", args=[slug])


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_an_owner_asks_once_however_often_the_form_is_sent(
    browser: SignIn, there: Market, bakery: Party, kim: User
) -> None:
    client = browser(kim)

    answers = [client.post(ask_url(), told(bakery)) for _time in range(2)]

    made = Admission.objects.get(organisation=bakery)
    assert (made.about, made.neighbourhood) == ("Brood", there.neighbourhood)
    assert {answer.headers["Location"] for answer in answers} == {reverse("admission", args=[made.ref])}


def test_another_form_for_the_same_organisation_is_told_so(
    browser: SignIn, there: Market, bakery: Party, kim: User
) -> None:
    client = browser(kim)
    client.post(ask_url(), told(bakery))

    again = client.post(ask_url(), told(bakery, key=KEY.replace("d001", "d002")))

    assert "This organisation is admitted already, or has asked for it." in again.content.decode()
    assert Admission.objects.filter(organisation=bakery).count() == 1


def test_the_form_says_what_is_missing_and_keeps_the_rest(
    browser: SignIn, there: Market, bakery: Party, kim: User
) -> None:
    answer = browser(kim).post(ask_url(), told(bakery, displacement="", about="Krentenbollen"))

    page = answer.content.decode()
    assert "“Nobody’s” is an answer too." in page
    assert "Krentenbollen" in page
    assert not Admission.objects.filter(organisation=bakery).exists()


@pytest.mark.parametrize("until", ["gisteren", "0001-01-01", "99999-01-01"])
def test_a_day_that_is_none_is_a_slip_and_no_fault(
    browser: SignIn, there: Market, bakery: Party, kim: User, until: str
) -> None:
    answer = browser(kim).post(ask_url(), told(bakery, insurance="Polis", insured_until_on=until))

    assert (answer.status_code, "Enter a date" in answer.content.decode()) == (200, True)


def test_nobody_asks_for_an_organisation_that_is_not_theirs(
    browser: SignIn, there: Market, bakery: Party
) -> None:
    organisation("Van Ann", owner=there.ann_login, kind="ASSOCIATION")

    answer = browser(there.ann_login).post(ask_url(), told(bakery))

    assert "Choose one from the list." in answer.content.decode()
    assert not Admission.objects.filter(organisation=bakery).exists()


def test_who_owns_none_reads_what_they_can_do(browser: SignIn, there: Market) -> None:
    client = browser(there.ann_login)

    assert "You have no organisation that can ask this" in client.get(ask_url()).content.decode()
    assert reverse("account_organisation_new") in client.get(reverse("admissions")).content.decode()


def test_a_neighbourhood_that_is_none_has_no_form(browser: SignIn, there: Market) -> None:
    assert browser(there.sjoerd).get(ask_url("nergens")).status_code == 404


def test_a_link_can_name_the_organisation(browser: SignIn, there: Market, bakery: Party, kim: User) -> None:
    page = browser(kim).get(f"{ask_url()}?organisation={bakery.uuid}").content.decode()

    assert f'<option value="{bakery.uuid}" selected>' in page


@pytest.mark.parametrize("named", ["", "iets", "<b>", KEY])
def test_a_link_that_names_nothing_does_no_harm(
    browser: SignIn, there: Market, bakery: Party, kim: User, named: str
) -> None:
    page = browser(kim).get(ask_url(), {"organisation": named})

    assert (page.status_code, page.content.decode().count("<option")) == (200, 2)


# --- What became of it -----------------------------------------------------------------------------------------------


def test_the_page_of_a_request_tells_what_the_board_said(
    browser: SignIn, there: Market, bakery: Party, kim: User
) -> None:
    made, client = asked(there, bakery, kim), browser(kim)
    url = reverse("admission", args=[made.ref])
    assert "The board looks at your request." in client.get(url).content.decode()

    admissions.refuse_admission(
        admission=made, reason="Er is al een <b>bakker</b>.", actor=actor(there.bea), at=AT
    )

    page = client.get(url).content.decode()
    assert "Er is al een &lt;b&gt;bakker&lt;/b&gt;." in page
    assert "Ask again" in page


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.FINANCE])
def test_others_of_the_organisation_see_it_and_change_nothing(
    browser: SignIn, there: Market, bakery: Party, kim: User, role: str
) -> None:
    mandate(person=there.ann_login, principal=bakery, role=role)
    made = let_in(asked(there, bakery, kim), there.bea)
    client, url = browser(there.ann_login), reverse("admission", args=[made.ref])

    page = client.get(url).content.decode()
    answer = client.post(url, {"insurance": "Polis", "insured_until_on": "2027-06-01"})

    made.refresh_from_db()
    assert "Bakkerij Kim on the market of Molenwijk" in page
    assert (answer.status_code, made.insurance) == (200, "")


@pytest.mark.parametrize("who", ["ben_login", "cas_login", "bea"])
def test_nobody_else_finds_it(browser: SignIn, there: Market, bakery: Party, kim: User, who: str) -> None:
    made, client = asked(there, bakery, kim), browser(getattr(there, who))

    for name in ("admission", "admission_withdraw"):
        assert client.get(reverse(name, args=[made.ref])).status_code == 404
        assert client.post(reverse(name, args=[made.ref])).status_code == 404
    made.refresh_from_db()
    assert made.state == AdmissionState.REQUESTED


def test_the_owner_tells_the_insurance_and_takes_the_request_back(
    browser: SignIn, there: Market, bakery: Party, kim: User
) -> None:
    made, client = asked(there, bakery, kim), browser(kim)

    client.post(
        reverse("admission", args=[made.ref]),
        {"insurance": "Polis 13", "insured_until_on": TODAY + timedelta(days=30)},
    )
    client.post(reverse("admission_withdraw", args=[made.ref]))

    made.refresh_from_db()
    assert (made.insurance, made.state) == ("Polis 13", AdmissionState.WITHDRAWN)


def test_the_account_page_leads_there_for_an_owner_alone(browser: SignIn, there: Market) -> None:
    link = reverse("admissions")

    assert link in browser(there.sjoerd).get(reverse("account")).content.decode()
    assert link not in browser(there.ann_login).get(reverse("account")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_requests_costs_the_same_however_long_it_is(
    browser: SignIn, there: Market, kim: User, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for one in range(number):
        asked(there, organisation(f"Club {one}", owner=kim, kind="ASSOCIATION"), kim)
    client = browser(kim)

    with django_assert_num_queries(9):
        client.get(reverse("admissions"))


# --- Reporting -------------------------------------------------------------------------------------------------------


def report_url(offer: Any) -> str:
    return reverse("offer_report", args=[offer.ref])


def test_a_resident_reports_an_offer_once_however_often_the_form_is_sent(
    browser: SignIn, there: Market
) -> None:
    offer, client = supply(there), browser(there.ann_login)
    assert "What is wrong with “Band plakken”?" in client.get(report_url(offer)).content.decode()

    for _time in range(2):
        answer = client.post(report_url(offer), {"key": KEY, "reason": "NOT_TRUE", "text": "Bestaat niet."})
        assert answer.headers["Location"] == reverse("offer", args=[offer.ref])

    made = OfferReport.objects.get()
    assert (made.reporter, made.reason, made.text) == (there.ann_login.person, "NOT_TRUE", "Bestaat niet.")


def test_somebody_from_elsewhere_may_report_too(browser: SignIn, there: Market) -> None:
    offer = supply(there)

    browser(there.cas_login).post(report_url(offer), {"key": KEY, "reason": "RUDE", "text": ""})

    assert OfferReport.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"key": KEY},
        {"key": KEY, "reason": "X"},
        {"key": "x", "reason": "RUDE"},
        {"key": KEY, "reason": "OTHER"},
    ],
)
def test_half_a_form_reports_nothing(browser: SignIn, there: Market, data: dict[str, str]) -> None:
    answer = browser(there.ann_login).post(report_url(supply(there)), data)

    assert (answer.status_code, OfferReport.objects.count()) == (200, 0)
    assert "not right yet" in answer.content.decode()


def test_ones_own_is_not_reported(browser: SignIn, there: Market) -> None:
    answer = browser(there.sjoerd).post(report_url(supply(there)), {"key": KEY, "reason": "RUDE", "text": ""})

    assert "You can take it off the market yourself." in answer.content.decode()


@pytest.mark.parametrize(
    "state", [OfferState.DRAFT, OfferState.SUBMITTED, OfferState.PAUSED, OfferState.ENDED]
)
def test_what_is_not_on_the_market_cannot_be_found_to_report(
    browser: SignIn, there: Market, state: str
) -> None:
    assert browser(there.ann_login).get(report_url(supply(there, state=state))).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(there: Market, client: Client) -> None:
    page = client.get(report_url(supply(there)))

    assert (page.status_code, "login" in page.headers["Location"]) == (302, True)


def test_the_page_is_that_of_the_place_of_the_offer(browser: SignIn, there: Market) -> None:
    elsewhere = market("Sluiskade", "NL02ABNA0123456789")

    page = browser(there.ann_login).get(report_url(supply(elsewhere)))

    assert page.status_code == 200
