"""The pages of the board's market, as members use them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.models import Admission, Offer, OfferReport, Reference, WordRule
from marketplace.operations import reports
from marketplace.states import AdmissionState, OfferState, ReportState
from people.models import Party, User
from tests.factories.market import AT, Market, admitted, demand, market, supply
from tests.factories.people import actor, mandate, organisation
from tests.marketplace.trust.conftest import SignIn
from tests.marketplace.trust.making import LAST_DAY, asked, ordered_and_paid, referred, reported

SLUG = "molenwijk"
SOME_REF = uuid.UUID("00000000-0000-4000-8000-00000000c001")


def at(name: str, *args: object, slug: str = SLUG) -> str:
    return reverse(name, args=[slug, *args])


def html(client: Client, name: str, *args: object) -> str:
    page = client.get(at(name, *args))
    assert page.status_code == 200
    return page.content.decode()


def sent(there: Market, title: str = "Soep", **more: Any) -> Offer:
    """An offer of Ann that waits for the board."""
    return supply(there, title, by=there.ann.holder, state=OfferState.SUBMITTED, **more)


# --- Who comes in ----------------------------------------------------------------------------------------------------

ONE: list[tuple[str, list[Any]]] = [
    ("board_market", []),
    ("board_organisations", []),
    ("board_words", []),
    ("board_references", []),
]
OF_ONE = [
    "board_offer", "board_offer_publish", "board_offer_return", "board_offer_suspend", "board_offer_release",
    "board_report", "board_admission", "board_admission_refuse", "board_admission_prolong", "board_admission_end",
    "board_reference_hide",
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), [*ONE, *[(name, [SOME_REF]) for name in OF_ONE]])
@pytest.mark.parametrize("who", ["ann_login", "sjoerd", "cas_login"])
def test_nobody_but_the_board_finds_anything_here(
    browser: SignIn, there: Market, name: str, args: list[Any], who: str
) -> None:
    assert browser(getattr(there, who)).get(at(name, *args)).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(there: Market, client: Client) -> None:
    page = client.get(at("board_market"))

    assert (page.status_code, "login" in page.headers["Location"]) == (302, True)


@pytest.mark.parametrize("name", OF_ONE)
def test_what_lies_in_another_neighbourhood_is_not_found_here(
    browser: SignIn, there: Market, name: str
) -> None:
    elsewhere = market("Sluiskade", "NL02ABNA0123456789")
    offer = supply(elsewhere)
    refs = {
        "board_report": reported(offer, there.ann_login).ref,
        "board_admission": Admission.objects.get(neighbourhood=elsewhere.neighbourhood).ref,
        "board_reference_hide": referred(ordered_and_paid(elsewhere), elsewhere.ann_login).ref,
    }
    stem = "board_admission" if name.startswith("board_admission") else name

    assert browser(there.bea).get(at(name, refs.get(stem, offer.ref))).status_code == 404


# --- What waits ------------------------------------------------------------------------------------------------------


def test_what_waits_stands_there_oldest_first_and_is_counted(
    browser: SignIn, there: Market, bakery: Party, kim: User
) -> None:
    first, second = sent(there, "Soep"), sent(there, "Taart")
    reported(supply(there, "Gekke lap"), there.ann_login)
    asked(there, bakery, kim)

    page = html(browser(there.bea), "board_market")

    assert "4 things wait on the market" in page
    assert page.index(str(first.ref)) < page.index(str(second.ref))
    assert "Gekke lap" in page
    assert "Bakkerij Kim" in page


def test_nothing_waits_is_said(browser: SignIn, there: Market) -> None:
    assert "Nothing waits on the market" in html(browser(there.bea), "board_market")


def test_the_room_of_the_board_tells_what_waits_and_leads_there(browser: SignIn, there: Market) -> None:
    sent(there)
    reported(supply(there, "Lap"), there.ann_login)

    page = html(browser(there.bea), "boardroom")

    assert "1 offer, 1 report" in page
    assert at("board_market") in page


def waiting(there: Market, kim: User, number: int) -> None:
    for one in range(number):
        sent(there, f"Soep {one}")
        reported(supply(there, f"Lap {one}"), there.ann_login)
        reported(demand(there, f"Vraag {one}"), there.ben_login)
        asked(there, organisation(f"Club {one}", owner=kim, kind="ASSOCIATION"), kim)
        admitted(organisation(f"Oud {one}", owner=kim), there.neighbourhood, until_on=AT.date())
        supply(there, f"Eraf {one}", state=OfferState.PAUSED, paused_by_board=True)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("board_market", 28), ("boardroom", 24)])
def test_what_waits_costs_the_same_however_much_it_is(
    browser: SignIn, there: Market, kim: User, django_assert_num_queries: DjangoAssertNumQueries, number: int,
    name: str, queries: int,
) -> None:  # fmt: skip
    waiting(there, kim, number)
    client = browser(there.bea)

    with django_assert_num_queries(queries):
        html(client, name)


# --- Offers ----------------------------------------------------------------------------------------------------------


def test_the_board_reads_an_offer_and_lets_it_on_the_market(browser: SignIn, there: Market) -> None:
    offer = sent(there, "Soep", text={"summary": "Van pompoen", "about": "Met <b>room</b>"}, place="De Wiek")
    client = browser(there.bea)

    page = html(client, "board_offer", offer.ref)
    assert "Van pompoen" in page
    assert "Met &lt;b&gt;room&lt;/b&gt;" in page
    client.post(at("board_offer_publish", offer.ref), {"seen": field(page, "seen")})

    offer.refresh_from_db()
    assert offer.state == OfferState.PUBLISHED


def test_what_was_changed_meanwhile_is_read_again_first(browser: SignIn, there: Market) -> None:
    offer = sent(there)
    client = browser(there.bea)
    seen = field(html(client, "board_offer", offer.ref), "seen")
    offer.texts.update(about="Nu iets heel anders")

    answer = client.post(at("board_offer_publish", offer.ref), {"seen": seen})

    offer.refresh_from_db()
    assert "This was changed while you looked at it." in answer.content.decode()
    assert "Nu iets heel anders" in answer.content.decode()
    assert (offer.state, field(answer.content.decode(), "seen") == seen) == (OfferState.SUBMITTED, False)


def test_without_what_was_read_nothing_is_let_through(browser: SignIn, there: Market) -> None:
    offer = sent(there)

    browser(there.bea).post(at("board_offer_publish", offer.ref))

    offer.refresh_from_db()
    assert offer.state == OfferState.SUBMITTED


def test_the_board_sends_an_offer_back_with_a_reason(browser: SignIn, there: Market) -> None:
    offer = sent(there)
    client = browser(there.bea)

    empty = client.post(at("board_offer_return", offer.ref), {"reason": " "})
    client.post(at("board_offer_return", offer.ref), {"reason": "Zet erbij wat erin zit."})

    offer.refresh_from_db()
    assert "Write down what has to change." in empty.content.decode()
    assert offer.state == OfferState.RETURNED
    assert "Zet erbij wat erin zit." in html(client, "board_offer", offer.ref)


def test_the_board_takes_an_offer_off_and_puts_it_back(browser: SignIn, there: Market) -> None:
    offer = supply(there)
    client = browser(there.bea)

    client.post(at("board_offer_suspend", offer.ref), {"reason": "Eerst de prijs nagaan."})
    offer.refresh_from_db()
    assert (offer.state, offer.paused_by_board) == (OfferState.PAUSED, True)
    assert "Band plakken" in html(client, "board_market")
    client.post(at("board_offer_release", offer.ref), {"reason": "De prijs klopt."})

    offer.refresh_from_db()
    assert (offer.state, offer.paused_by_board) == (OfferState.PUBLISHED, False)


def test_who_has_an_interest_reads_so_and_gets_no_button(browser: SignIn, there: Market) -> None:
    mandate(person=there.bea, principal=there.shop.holder)
    offer = supply(there, state=OfferState.SUBMITTED)
    client = browser(there.bea)

    page = html(client, "board_offer", offer.ref)
    sent_anyway = client.post(at("board_offer_publish", offer.ref), {"seen": field(page, "seen", must=False)})

    offer.refresh_from_db()
    assert "This is your own affair" in page
    assert at("board_offer_publish", offer.ref) not in page
    assert (offer.state, sent_anyway.status_code) == (OfferState.SUBMITTED, 200)


# --- Reports ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "state", "on_market"),
    [("off", ReportState.UPHELD, OfferState.PAUSED), ("stays", ReportState.DISMISSED, OfferState.PUBLISHED)],
)
def test_a_report_is_answered_with_one_of_two_buttons(
    browser: SignIn, there: Market, decision: str, state: str, on_market: str
) -> None:
    report = reported(supply(there), there.ann_login, text="Dit is <i>oplichting</i>.")
    client = browser(there.bea)

    page = html(client, "board_report", report.ref)
    assert "Dit is &lt;i&gt;oplichting&lt;/i&gt;." in page
    client.post(at("board_report", report.ref), {"answer": "Bekeken.", "decision": decision})

    report = OfferReport.objects.select_related("offer").get(pk=report.pk)
    assert (report.state, report.offer.state) == (state, on_market)
    assert "Bekeken." in html(client, "board_report", report.ref)


def test_an_answer_without_a_button_leaves_it_on_the_market(browser: SignIn, there: Market) -> None:
    report = reported(supply(there), there.ann_login)

    browser(there.bea).post(at("board_report", report.ref), {"answer": "Bekeken."})

    report.refresh_from_db()
    assert report.state == ReportState.DISMISSED


def test_a_report_that_is_answered_already_says_so(browser: SignIn, there: Market) -> None:
    report = reported(supply(there), there.ann_login)
    reports.dismiss(report=report, answer="Al bekeken.", actor=actor(there.bob), at=AT)

    answer = browser(there.bea).post(at("board_report", report.ref), {"answer": "Ook.", "decision": "off"})

    assert "it has already been dealt with" in answer.content.decode()


# --- Organisations ---------------------------------------------------------------------------------------------------


def test_the_board_lets_an_organisation_in(browser: SignIn, there: Market, bakery: Party, kim: User) -> None:
    made = asked(there, bakery, kim, about="Brood & <b>koek</b>")
    client = browser(there.bea)

    page = html(client, "board_admission", made.ref)
    for words in ("Brood &amp; &lt;b&gt;koek&lt;/b&gt;", "27312152", "Kim de Vries", "Van niemand."):
        assert words in page
    client.post(
        at("board_admission", made.ref), {"checks": "KvK gezien.", "until_on": "2027-06-30", "in_area": "on"}
    )

    made.refresh_from_db()
    assert (made.state, made.until_on, made.checks) == (AdmissionState.ADMITTED, LAST_DAY, "KvK gezien.")
    assert "Bakkerij Kim" in html(client, "board_organisations")


def test_the_steps_with_a_reason_are_taken_too(
    browser: SignIn, there: Market, bakery: Party, kim: User
) -> None:
    made, client = asked(there, bakery, kim), browser(there.bea)
    client.post(at("board_admission_refuse", made.ref), {"reason": "Nog niet."})
    made.refresh_from_db()
    assert made.state == AdmissionState.REFUSED

    here = Admission.objects.get(organisation=there.shop.holder)
    client.post(at("board_admission_prolong", here.ref), {"checks": "Weer gezien.", "until_on": "2027-06-30"})
    here.refresh_from_db()
    assert (here.until_on, here.checks) == (LAST_DAY, "Weer gezien.")
    client.post(at("board_admission_end", here.ref), {"reason": "Klaar."})
    here.refresh_from_db()
    assert here.state == AdmissionState.ENDED


@pytest.mark.parametrize("until_on", ["", "gisteren", "0001-01-01", "9999-12-31", "2020-01-01", "2040-01-01"])
def test_a_last_day_that_cannot_be_is_a_slip_and_no_fault(
    browser: SignIn, there: Market, bakery: Party, kim: User, until_on: str
) -> None:
    made = asked(there, bakery, kim)

    answer = browser(there.bea).post(at("board_admission", made.ref), {"checks": "x", "until_on": until_on})

    made.refresh_from_db()
    assert (answer.status_code, made.state) == (200, AdmissionState.REQUESTED)
    assert "One thing is not right yet" in answer.content.decode()


def test_a_name_that_sounds_like_the_municipality_is_pointed_out(
    browser: SignIn, there: Market, kim: User
) -> None:
    party = organisation("Vrienden van Municipality of Molenwijk", owner=kim, kind="ASSOCIATION")
    made = asked(there, party, kim)

    assert "Could people take it for the municipality?" in html(
        browser(there.bea), "board_admission", made.ref
    )


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_organisations_costs_the_same_however_long_it_is(
    browser: SignIn, there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for one in range(number):
        admitted(organisation(f"Club {one}"), there.neighbourhood)
    client = browser(there.bea)

    with django_assert_num_queries(10):
        html(client, "board_organisations")


# --- Words and references --------------------------------------------------------------------------------------------


def test_a_word_is_put_on_the_list_and_taken_off(browser: SignIn, there: Market) -> None:
    client = browser(there.bea)

    client.post(at("board_words"), {"word": "Wiet", "use": "BLOCKED"})
    rule = WordRule.objects.get()
    assert rule.word in html(client, "board_words")
    twice = client.post(at("board_words"), {"word": "wiet", "use": "BLOCKED"})
    assert "“wiet” is on the list already." in twice.content.decode()
    client.post(at("board_word_remove", rule.pk))

    assert not WordRule.objects.exists()


def test_a_word_of_elsewhere_is_not_taken_off_here(browser: SignIn, there: Market) -> None:
    elsewhere = market("Sluiskade", "NL02ABNA0123456789")
    browser(elsewhere.bea).post(at("board_words", slug="sluiskade"), {"word": "wiet", "use": "BLOCKED"})
    rule = WordRule.objects.get()

    answer = browser(there.bea).post(at("board_word_remove", rule.pk))

    assert (answer.status_code, WordRule.objects.count()) == (404, 1)


def test_looking_at_an_address_does_nothing(browser: SignIn, there: Market) -> None:
    client = browser(there.bea)

    assert client.get(at("board_word_remove", 1)).status_code == 405
    assert client.get(at("board_reference_show", SOME_REF)).status_code == 405


def test_a_reference_is_hidden_and_shown_again(browser: SignIn, there: Market) -> None:
    reference = referred(ordered_and_paid(there), there.ann_login, "Een <b>boef</b>.")
    client = browser(there.bea)

    assert "Een &lt;b&gt;boef&lt;/b&gt;." in html(client, "board_reference_hide", reference.ref)
    client.post(at("board_reference_hide", reference.ref), {"reason": "Dit kwetst."})
    assert "Hidden: Dit kwetst." in html(client, "board_references")
    client.post(at("board_reference_show", reference.ref))

    assert Reference.objects.get().hidden_at is None


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_references_costs_the_same_however_long_it_is(
    browser: SignIn, there: Market, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for one in range(number):
        referred(ordered_and_paid(there, supply(there, f"Nummer {one}")), there.ann_login)
    client = browser(there.bea)

    with django_assert_num_queries(11):
        html(client, "board_references")


def field(page: str, name: str, *, must: bool = True) -> str:
    """What a hidden field of a page holds."""
    found = page.split(f'name="{name}" value="')
    assert len(found) > 1 or not must
    return found[1].split('"')[0] if len(found) > 1 else ""
