"""Proposing what something should be worth: in one go, about something new or something known."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import ItemText, Neighbourhood, Unit, ValueDecision, ValuedItem
from neighbourhoods.operations.values import ItemKnown, NewItem, draft, propose_draft, withdraw
from neighbourhoods.states import ValueState
from people.models import Role, User
from tests.factories import values
from tests.factories.democracy import VOTING
from tests.factories.people import actor, mandate, organisation
from tests.neighbourhoods.polling_pages.pages import read, sent
from tests.neighbourhoods.value_pages.conftest import as_

KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0017"
WHY = {"key": KEY, "amount": "8.50", "text": "De school zoekt mensen."}
NEW = {**WHY, "name": "Voorlezen op school", "kind": "ACTIVITY", "unit": "HOUR", "category": "zorg"}


@pytest.fixture(autouse=True)
def _rules(molenwijk: Neighbourhood) -> None:
    values.value_policy(molenwijk, support_needed="1/2")
    values.category("zorg", name="Zorg")


def url(item: ValuedItem | None = None, language: str = "en") -> str:
    address = reverse("value_propose", args=["molenwijk"]).replace("/en/", f"/{language}/")
    return f"{address}?item={item.ref}" if item else address


def made() -> ValueDecision:
    return ValueDecision.objects.get(state=ValueState.PROPOSED)


# --- Something new ----------------------------------------------------------------------------------------------------


def test_a_resident_proposes_something_new_in_one_go(eva: User) -> None:
    page = sent(as_(eva), url(), **NEW)

    assert "Your proposal is there. Now others can support it." in page
    assert (made().proposed, made().item.unit, made().proposed_by) == (850, Unit.HOUR, eva.person)
    assert "Voorlezen op school: what is an hour worth?" in page


def test_the_words_are_kept_in_the_language_of_the_page_and_an_amount_read_as_people_write_it_there(
    eva: User,
) -> None:
    sent(as_(eva), url(language="nl"), **{**NEW, "amount": "8,50"})

    assert (made().proposed, made().language) == (850, "nl")
    assert ItemText.objects.get(item=made().item).locale.language_code == "nl"


def test_all_that_may_be_left_out_is_kept_too(eva: User) -> None:
    told = {"about": "Met voorbereiding.", "volume": "40", "evidence": "De school vroeg erom."}

    page = sent(as_(eva), url(), **NEW, **told)

    assert (made().volume, made().evidence) == (40, "De school vroeg erom.")
    assert "Met voorbereiding." in page


def test_sent_twice_there_is_one_proposal_and_the_page_of_it(eva: User) -> None:
    first, again = (sent(as_(eva), url(), **NEW) for _time in range(2))

    assert first == again
    assert (ValueDecision.objects.count(), ValuedItem.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("name", "Say in a few words what it is about."),
        ("kind", "Choose one of these."),
        ("unit", "Choose one of these."),
        ("category", "Choose a category."),
        ("amount", "Enter an amount, for example 4.00."),
        ("text", "Say in one sentence why."),
    ],
)
def test_what_is_missing_is_said_and_the_rest_stays(eva: User, missing: str, said: str) -> None:
    response = as_(eva).post(url(), {name: value for name, value in NEW.items() if name != missing})

    page = response.content.decode()
    assert said in page
    assert ("De school zoekt mensen." in page) == (missing != "text")
    assert not ValueDecision.objects.exists()


def test_what_is_not_right_yet_is_listed_in_the_order_of_the_page(eva: User) -> None:
    page = as_(eva).post(url(), {"key": KEY}).content.decode()

    listed = re.findall(r'<li><a href="#id_(\w+?)(?:_0)?">', page)
    assert listed == ["name", "kind", "unit", "category", "amount", "text"]


@pytest.mark.parametrize("amount", ["0", "-4", "1e9", "acht", "8.505"])
def test_an_amount_that_is_none_is_refused(eva: User, amount: str) -> None:
    sent(as_(eva), url(), **{**NEW, "amount": amount})

    assert not ValueDecision.objects.exists()


def test_nothing_of_a_refused_proposal_is_left(eva: User) -> None:
    """The item is made together with the proposal or not at all."""
    for number in range(3):
        known = values.item(eva.person.residencies.get().neighbourhood, f"Iets {number}")
        values.value_decision(known, by=eva, at=VOTING)

    page = sent(as_(eva), url(), **NEW)

    assert "You have proposed 3 values that wait for support." in page
    assert not ItemText.objects.filter(name="Voorlezen op school").exists()


# --- Something known --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Voorlezen op school", "  voorlezen op School. ", "Reading aloud at school"]
)
def test_of_what_is_known_nobody_has_to_say_what_it_is(eva: User, reading: ValuedItem, name: str) -> None:
    sent(as_(eva), url(), **WHY, name=name)

    assert made().item == reading


def test_what_is_known_is_offered_while_somebody_types(eva: User, reading: ValuedItem) -> None:
    page = as_(eva).get(url()).content.decode()

    assert 'list="known-names"' in page
    assert '<option value="Reading aloud at school">' in page


def test_a_name_is_offered_in_the_language_of_the_page_alone(eva: User, reading: ValuedItem) -> None:
    values.item(reading.neighbourhood, "Soep koken")

    page = as_(eva).get(url()).content.decode()

    assert '<option value="Reading aloud at school">' in page
    assert '<option value="Voorlezen op school">' not in page
    assert '<option value="Soep koken">' in page  # it has no other name yet
    assert "Only for something new" in page


def test_what_stands_in_drafts_of_the_board_alone_is_not_offered_nor_found(
    ann: User, eva: User, molenwijk: Neighbourhood
) -> None:
    secret = planned(molenwijk, ann)

    page = as_(eva).get(url()).content.decode()

    assert "Geheim plan" not in page
    assert as_(eva).get(url(secret.item)).status_code == 404
    withdraw(decision=secret, reason="Toch niet.", actor=actor(ann), at=VOTING)
    assert "Geheim plan" not in as_(eva).get(url()).content.decode()


def test_who_proposes_the_same_learns_nothing_of_the_draft(
    ann: User, eva: User, molenwijk: Neighbourhood
) -> None:
    secret = planned(molenwijk, ann)

    page = sent(as_(eva), url(), **{**NEW, "name": "Geheim plan"})

    assert "Your proposal is there." in page
    assert made().item != secret.item


def test_what_somebody_proposed_meanwhile_is_not_proposed_from_a_draft_once_more(
    ann: User, eva: User, molenwijk: Neighbourhood
) -> None:
    secret = planned(molenwijk, ann)
    sent(as_(eva), url(), **{**NEW, "name": "Geheim plan"})

    with pytest.raises(ItemKnown):
        propose_draft(
            decision=secret, amount=900, volume=None, evidence="", wanted_on=None, actor=actor(ann), at=VOTING
        )

    secret.refresh_from_db()
    assert secret.state == ValueState.DRAFT


def test_what_a_draft_made_public_is_offered(ann: User, eva: User, molenwijk: Neighbourhood) -> None:
    opened = planned(molenwijk, ann)
    propose_draft(
        decision=opened, amount=900, volume=None, evidence="", wanted_on=None, actor=actor(ann), at=VOTING
    )
    withdraw(decision=opened, reason="Toch niet.", actor=actor(ann), at=VOTING)

    assert '<option value="Geheim plan">' in as_(eva).get(url()).content.decode()


def planned(neighbourhood: Neighbourhood, by: User) -> ValueDecision:
    """Something new that only the board knows of."""
    return draft(
        neighbourhood=neighbourhood,
        item=NewItem(kind="ACTIVITY", unit="HOUR", category=values.category("zorg"), name="Geheim plan"),
        amount=900, text="Later.", language="nl", key=uuid.uuid4(), actor=actor(by), at=VOTING,
    )  # fmt: skip


def test_of_two_with_one_name_the_unit_tells_which(
    eva: User, molenwijk: Neighbourhood, reading: ValuedItem
) -> None:
    per_turn = values.item(molenwijk, "Voorlezen op school", unit=Unit.TURN)

    assert "Choose one of these." in sent(as_(eva), url(), **WHY, name="Voorlezen op school")
    sent(as_(eva), url(), **WHY, name="Voorlezen op school", unit=Unit.TURN)

    assert made().item == per_turn


def test_per_another_unit_it_is_something_new(eva: User, reading: ValuedItem) -> None:
    sent(as_(eva), url(), **{**NEW, "unit": Unit.TURN})

    assert made().item != reading


def test_from_the_price_list_only_the_amount_and_the_reason_are_asked(eva: User, reading: ValuedItem) -> None:
    values.worth(reading, 800)
    page = read(as_(eva), url(reading))

    assert ("Now it is 8.00 per hour." in page, "Where does it belong?" in page) == (True, False)
    sent(as_(eva), url(reading), **{**WHY, "amount": "9"})

    assert (made().item, made().proposed) == (reading, 900)


def test_it_can_be_proposed_that_something_has_no_value_any_more(eva: User, reading: ValuedItem) -> None:
    values.worth(reading, 800)

    sent(as_(eva), url(reading), key=KEY, text="Niemand doet het meer.", is_ending="on")

    assert (made().is_ending, made().proposed) == (True, None)


def test_what_has_no_value_cannot_lose_it(eva: User, reading: ValuedItem) -> None:
    assert "no value any more" not in read(as_(eva), url(reading))

    sent(as_(eva), url(reading), key=KEY, text="Weg ermee.", is_ending="on")

    assert not ValueDecision.objects.exists()


def test_while_one_goes_on_the_way_there_is_shown(eva: User, proposal: ValueDecision) -> None:
    leads_to = f'href="{reverse("value_decision", args=[proposal.ref])}"'

    typed = as_(eva).post(url(), {**WHY, "name": "Voorlezen op school"}).content.decode()
    chosen = as_(eva).get(url(proposal.item)).content.decode()

    assert "is already going on. You can join in there." in typed
    assert (leads_to in typed, leads_to in chosen) == (True, True)
    assert ValueDecision.objects.count() == 1


def test_an_item_of_another_place_or_none_is_not_found(eva: User, cas: User, reading: ValuedItem) -> None:
    elsewhere = reverse("value_propose", args=["sluiskade"])

    for address in (f"{elsewhere}?item={reading.ref}", f"{url()}?item={uuid.uuid4()}", f"{url()}?item=x"):
        assert as_(eva).get(address).status_code == 404


# --- Who --------------------------------------------------------------------------------------------------------------


def test_who_is_signed_out_is_asked_to_sign_in(client: Client, molenwijk: Neighbourhood) -> None:
    response = client.get(url())

    assert (response.status_code, "/login/" in response["Location"]) == (302, True)


def test_who_lives_elsewhere_reads_beforehand_that_others_support_it(eva: User, cas: User) -> None:
    words = "only people who live there can support it"

    assert [words in read(as_(who), url()) for who in (cas, eva)] == [True, False]


def test_who_lives_elsewhere_can_propose_too(cas: User) -> None:
    sent(as_(cas), url(), **NEW)

    assert made().proposed_by == cas.person


def test_whoever_speaks_for_an_organisation_can_propose_in_its_name(eva: User) -> None:
    school = organisation("De Regenboog", owner=eva)
    assert "In my own name" in read(as_(eva), url())

    page = sent(as_(eva), url(), **NEW, organisation=str(school.uuid))

    assert (made().proposed_for, made().proposed_by) == (school, eva.person)
    assert "De Regenboog, 21 November 2026" in page


def test_nobody_proposes_in_the_name_of_an_organisation_for_which_they_do_not_speak(eva: User) -> None:
    mine, other = organisation("De Wiek", owner=eva), organisation("De Regenboog")
    mandate(person=eva, principal=other, role=Role.FINANCE)

    page = sent(as_(eva), url(), **NEW, organisation=str(other.uuid))

    assert "Choose one from the list." in page
    assert (mine.display_name in page, other.display_name in page) == (True, False)
    assert not ValueDecision.objects.exists()


def test_where_nobody_said_how_values_are_decided_the_form_says_whom_to_ask(cas: User) -> None:
    page = sent(as_(cas), reverse("value_propose", args=["sluiskade"]), **NEW)

    assert "It is not written down yet how Sluiskade decides this." in page
    assert not ValuedItem.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_much_is_known(
    eva: User, molenwijk: Neighbourhood, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        branch = values.category(f"tak-{place}")
        values.item(molenwijk, f"Iets {place}", of=values.category(f"blad-{place}", parent=branch))
        organisation(f"Stichting {place}", owner=eva)
    client: Any = as_(eva)
    read(client, url())

    with django_assert_num_queries(QUERIES):
        read(client, url())


QUERIES = 19
