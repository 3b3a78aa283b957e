from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from neighbourhoods.models import Neighbourhood, PotRule, ValueDecision, ValuedItem, ValueGuideline
from neighbourhoods.operations.guidelines import set_guideline
from neighbourhoods.states import ValueState
from people.models import Party, PartyKind, Role, User
from tests.factories import values as make
from tests.factories.people import mandate, organisation, person
from tests.factories.pots import pot
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, resident, seated
from tests.neighbourhoods.guidelines.conftest import acting

if TYPE_CHECKING:
    from ledger.models import Account


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> Iterator[None]:
    """`force_login` passes no second step; that officials need one has a test of its own."""
    settings.STAFF_SECOND_FACTOR = False
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def waiting(reading: ValuedItem) -> ValueDecision:
    return make.value_decision(
        reading, state=ValueState.AWAITING_CONSENT, decided=1400, decided_at=NOON - DAY, volume=2
    )


def browser(login: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(login)
    return client


def at(name: str, municipality: Party, *more: object) -> str:
    return reverse(name, args=[municipality.uuid, *more])


def band(
    municipality: Party, item: ValuedItem, low: int = 600, high: int = 1200, **more: Any
) -> ValueGuideline:
    words = {"unit": item.unit, "note": "", "from_on": TODAY, "actor": SYSTEM, "at": NOON, **more}
    return set_guideline(municipality=municipality, category=item.category, low=low, high=high, **words)


def sent(category: str = "onderwijs", low: str = "6,00", high: str = "12", **more: Any) -> dict[str, Any]:
    words = {"unit": "HOUR", "from_on": TODAY.isoformat(), "note": "", **more}
    return {"category": category, "low": low, "high": high, **words}


# --- Guidelines -------------------------------------------------------------------------------------------------------


def test_a_guideline_is_made_and_stands_in_the_list(dijkstad: Party, reading: ValuedItem, ann: User) -> None:
    client = browser(ann)

    answer = client.post(at("guideline_set", dijkstad), sent(note="Zoals bij het rijk."), follow=True)

    assert answer.redirect_chain == [(at("guidelines", dijkstad), 302)]
    made = ValueGuideline.objects.get()
    assert (made.low, made.high, made.note, made.made_by) == (600, 1200, "Zoals bij het rijk.", ann.person)
    for words in ("Onderwijs", "Zoals bij het rijk.", "21 November 2026", "6.00 to 12.00"):
        assert words in answer.content.decode()


def test_the_form_of_a_guideline_begins_with_what_holds(
    dijkstad: Party, reading: ValuedItem, ann: User
) -> None:
    band(dijkstad, reading)
    client = browser(ann)

    listed = client.get(at("guidelines", dijkstad)).content.decode()
    address = f"{at('guideline_set', dijkstad)}?category=onderwijs&unit=HOUR"
    form = client.get(address).context["form"]

    assert address.replace("&", "&amp;") in listed
    assert (form["category"].value(), form["unit"].value(), form["low"].value()) == (
        "onderwijs", "HOUR", "6.00",
    )  # fmt: skip


def test_a_guideline_may_begin_at_nought_and_be_taken_away(
    dijkstad: Party, reading: ValuedItem, ann: User
) -> None:
    client = browser(ann)

    client.post(at("guideline_set", dijkstad), sent(low="0"))
    client.post(at("guideline_set", dijkstad), sent(low="", high=""))

    assert [(one.low, one.high) for one in ValueGuideline.objects.order_by("pk")] == [(0, 1200), (None, None)]
    assert "There is no guideline yet" in client.get(at("guidelines", dijkstad)).content.decode()


def test_what_is_not_right_is_said_beside_its_field(dijkstad: Party, reading: ValuedItem, ann: User) -> None:
    client = browser(ann)
    wrong = {
        "high": sent(low="12", high="6"),
        "from_on": sent(from_on=(TODAY - DAY).isoformat()),
        "low": sent(low="", high=""),
        "category": sent(category="nergens"),
    }

    for field, data in wrong.items():
        answer = client.post(at("guideline_set", dijkstad), data)
        assert list(answer.context["form"].errors) == [field]

    assert not ValueGuideline.objects.exists()


def test_the_list_of_guidelines_asks_no_more_for_three_than_for_one(
    dijkstad: Party, reading: ValuedItem, molenwijk: Neighbourhood, ann: User, django_assert_num_queries: Any
) -> None:
    client = browser(ann)
    band(dijkstad, reading)
    client.get(at("guidelines", dijkstad))
    with django_assert_num_queries(11):
        client.get(at("guidelines", dijkstad))

    bea = person("Bea")
    mandate(person=bea, principal=dijkstad, role=Role.OWNER)
    for slug in ("sport", "groen"):
        item = make.item(molenwijk, slug, of=make.category(slug))
        band(dijkstad, item, note="Anders", from_on=TODAY + DAY, actor=acting(bea, dijkstad))
    with django_assert_num_queries(11):
        assert len(client.get(at("guidelines", dijkstad)).context["rows"]) == 3


# --- Answers ----------------------------------------------------------------------------------------------------------


def test_an_official_answers_and_the_reason_can_be_read(
    waiting: ValueDecision, purse: Account, dijkstad: Party, reading: ValuedItem, ann: User
) -> None:
    band(dijkstad, reading)
    client, address = browser(ann), at("consent", dijkstad, waiting.ref)
    listed = client.get(at("consents", dijkstad)).content.decode()
    page = client.get(address).content.decode()

    answer = client.post(
        address, {"consents": "yes", "reason": "Het is zwaar werk.", "about": "GUIDELINE"}, follow=True
    )

    assert "1 value waits for an answer" in listed
    assert "14.00" in page
    assert answer.redirect_chain == [(at("consents", dijkstad), 302)]
    waiting.refresh_from_db()
    assert waiting.state == ValueState.APPEAL
    assert "No value waits for an answer" in answer.content.decode()
    assert "Het is zwaar werk." in client.get(address).content.decode()


def test_an_answer_without_a_choice_or_a_reason_says_what_is_missing(
    waiting: ValueDecision, dijkstad: Party, ann: User
) -> None:
    answer = browser(ann).post(at("consent", dijkstad, waiting.ref), {"about": "GUIDELINE"})

    assert set(answer.context["form"].errors) == {"consents", "reason"}
    waiting.refresh_from_db()
    assert waiting.state == ValueState.AWAITING_CONSENT


def test_an_answer_that_is_sent_twice_is_given_once(
    waiting: ValueDecision, dijkstad: Party, ann: User
) -> None:
    client, address = browser(ann), at("consent", dijkstad, waiting.ref)
    data = {"consents": "no", "reason": "Te veel.", "about": "GUIDELINE"}

    client.post(address, data)
    again = client.post(address, data)

    assert again.status_code == 200
    assert again.context["form"].non_field_errors()
    assert waiting.consents.count() == 1


def test_too_little_money_is_asked_and_answered(
    dijkstad: Party, purse: Account, reading: ValuedItem, ann: User
) -> None:
    decision = make.value_decision(reading, state=ValueState.APPEAL, at=NOON, decided=1400, volume=4)
    client, address = browser(ann), at("consent", dijkstad, decision.ref)

    page = client.get(address).content.decode()
    client.post(address, {"consents": "no", "reason": "Eerst geld.", "about": "COVER"})

    assert "68.00 too little" in page
    assert "for 3 months" in page
    assert decision.consents.get().is_given is False
    assert "It waits until the pots hold enough" in client.get(address).content.decode()


def test_who_sits_on_the_board_reads_that_a_colleague_answers(
    waiting: ValueDecision, dijkstad: Party, molenwijk: Neighbourhood, ann: User
) -> None:
    resident(ann, molenwijk)
    seated(ann, molenwijk)
    client, address = browser(ann), at("consent", dijkstad, waiting.ref)

    page = client.get(address).content.decode()
    answer = client.post(address, {"consents": "yes", "reason": "Goed.", "about": "GUIDELINE"})

    assert "You are on the board of this neighbourhood." in page
    assert 'name="reason"' not in page
    assert answer.context["form"].non_field_errors()
    waiting.refresh_from_db()
    assert waiting.state == ValueState.AWAITING_CONSENT


def test_only_decisions_that_are_asked_about_have_a_page_here(
    dijkstad: Party, veenstad: Party, waiting: ValueDecision, molenwijk: Neighbourhood, ann: User, cas: User
) -> None:
    voting = make.value_decision(make.item(molenwijk, "Bezig"), state=ValueState.VOTING)
    data = {"consents": "yes", "reason": "Goed.", "about": "GUIDELINE"}

    assert browser(ann).get(at("consent", dijkstad, voting.ref)).status_code == 404
    assert browser(ann).post(at("consent", dijkstad, waiting.ref), {**data, "about": "X"}).status_code == 404
    assert browser(cas).get(at("consent", veenstad, waiting.ref)).status_code == 404
    assert browser(cas).post(at("consent", veenstad, waiting.ref), data).status_code == 404


def test_the_list_of_answers_asks_no_more_for_three_than_for_one(
    waiting: ValueDecision,
    dijkstad: Party,
    molenwijk: Neighbourhood,
    ann: User,
    django_assert_num_queries: Any,
) -> None:
    client, address = browser(ann), at("consents", dijkstad)
    client.get(address)
    with django_assert_num_queries(15):
        client.get(address)

    for name in ("Tuinhulp", "Koken"):
        other = organisation(name, kind=PartyKind.ASSOCIATION)
        item = make.item(molenwijk, name, of=make.category(name.lower()))
        make.value_decision(item, state=ValueState.APPEAL, by=other, at=NOON, volume=4)
    with django_assert_num_queries(15):
        assert len(client.get(address).context["matters"]) == 3


# --- Doors ------------------------------------------------------------------------------------------------------------


ROOMS = ("guidelines", "guideline_set", "consents", "pot_rules")


def test_nobody_else_finds_these_rooms(dijkstad: Party, purse: Account, cas: User) -> None:
    for name in ROOMS:
        assert browser(cas).get(at(name, dijkstad)).status_code == 404
        assert Client().get(at(name, dijkstad)).status_code == 302
    assert browser(cas).get(at("pot_rule_add", dijkstad, purse.address)).status_code == 404


def test_a_party_that_is_no_municipality_has_no_such_rooms(club: Party, purse: Account, ben: User) -> None:
    for name in ROOMS:
        assert browser(ben).get(at(name, club)).status_code == 404


def test_all_who_rule_need_a_second_step_and_who_only_looks_does_not(
    settings: Settings, dijkstad: Party, molenwijk: Neighbourhood, purse: Account, ann: User, ben: User,
    dirk: User, fund: Party,
) -> None:  # fmt: skip
    settings.STAFF_SECOND_FACTOR = True
    filled = pot(molenwijk, "Fondspot", funder=fund)

    for name in ROOMS:
        assert browser(ann).get(at(name, dijkstad)).headers["Location"] == reverse("mfa_index")
    for address in (at("pot_rules", dijkstad), at("pot_rule_add", dijkstad, filled.address)):
        assert browser(dirk).get(address).headers["Location"] == reverse("mfa_index")
    answer = browser(dirk).post(at("pot_rule_add", dijkstad, filled.address), {"what": "category:onderwijs"})
    assert answer.headers["Location"] == reverse("mfa_index")
    assert not PotRule.objects.exists()
    assert browser(ben).get(at("pot_rules", dijkstad)).status_code == 200


def test_the_account_page_shows_the_way_and_what_waits(
    dijkstad: Party, waiting: ValueDecision, purse: Account, molenwijk: Neighbourhood, ann: User, ben: User,
    cas: User, dirk: User, fund: Party,
) -> None:  # fmt: skip
    pot(molenwijk, "Fondspot", funder=fund)
    logins = (ann, ben, cas, dirk)
    ways = {login: browser(login).get(reverse("account")).content.decode() for login in logins}

    assert at("consents", dijkstad) in ways[ann]
    assert "1 value waits for your answer." in ways[ann]
    assert "You say what your pots in Molenwijk may pay for." in ways[dirk]
    assert "You see what your pots in Molenwijk may pay for." in ways[ben]
    assert "1 value waits" not in ways[cas]
    assert "You say what your pots" not in ways[ann] + ways[ben] + ways[cas]


def test_the_way_in_leads_straight_to_the_only_room(
    dijkstad: Party, veenstad: Party, purse: Account, ann: User, ben: User
) -> None:
    start = reverse("guidelines_start")

    assert browser(ann).get(start).headers["Location"] == at("guidelines", dijkstad)
    assert browser(ben).get(start).headers["Location"] == at("pot_rules", dijkstad)
    assert browser(person("Dirk")).get(start).status_code == 404
    mandate(person=ann, principal=veenstad, role=Role.OWNER)
    page = browser(ann).get(start).content.decode()
    assert all(at("guidelines", one) in page for one in (dijkstad, veenstad))
