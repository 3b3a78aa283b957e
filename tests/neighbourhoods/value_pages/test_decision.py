"""The page of a value decision, for everybody."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from content.translation import add_page
from neighbourhoods.models import (
    Decider,
    DecisionsPage,
    Indication,
    Neighbourhood,
    ValueComment,
    ValueDecision,
    ValueDecisionPage,
    ValuedItem,
    ValueSupport,
)
from neighbourhoods.operations.values import withdraw
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values
from tests.factories.democracy import DAY, VOTING
from tests.factories.neighbourhoods import found, seat_for
from tests.factories.people import actor, organisation, person
from tests.neighbourhoods.polling_pages.pages import read, sent
from tests.neighbourhoods.value_pages.conftest import as_, lives_in
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.making import drafted

EVERY_ADDRESS = ("value_decision", "value_json", "value_csv", "value_moderation_csv")


def url(decision: ValueDecision, name: str = "value_decision") -> str:
    return reverse(name, args=[decision.ref])


def people(number: int, there: Neighbourhood) -> list[User]:
    return [lives_in(f"Voter{place}", there) for place in range(number)]


def voted_on(reading: ValuedItem, voters: list[User], amounts: list[Any], **more: Any) -> ValueDecision:
    """The residents have voted: it is over ten days after NOW."""
    decision = deciding.heard(reading, **more)
    vote = deciding.opened(decision)
    for who, amount in zip(voters, amounts, strict=True):
        deciding.chooses(vote, who, amount)
    return deciding.closed(decision)


# --- Everybody reads it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in ValueState if state != ValueState.DRAFT])
def test_it_can_be_read_in_every_state_and_language(client: Client, reading: ValuedItem, state: str) -> None:
    made = values.value_decision(reading, state=state)

    english, dutch = read(client, url(made)), read(client, url(made).replace("/en/", "/nl/"))

    assert ("Reading aloud at school" in english, "Voorlezen op school" in dutch) == (True, True)


def test_what_ended_for_want_of_money_says_so_with_its_steps(
    client: Client, molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    values.value_policy(molenwijk, cover_months=3)
    values.worth(reading, 800)
    decision = voted_on(reading, [dirk], [900])
    waits = read(client, url(decision))
    deciding.advance(deciding.IN_FORCE + 181 * DAY)

    page = read(client, url(decision))

    last = (deciding.IN_FORCE + 180 * DAY).strftime("%-d %B %Y")
    assert f"If that has not happened on {last}, it ends and nothing changes." in waits
    assert "In de potten zat 180 dagen lang te weinig geld hiervoor." in page  # the words of the site itself
    assert ("Rejected on" in page, "Time to appeal" in page) == (True, True)


def test_what_the_municipality_did_not_answer_says_so(
    client: Client, reading: ValuedItem, dirk: User
) -> None:
    deciding.guideline(reading, 600, 800)
    decision = voted_on(reading, [dirk], [900])
    waits = read(client, url(decision))
    deciding.advance(deciding.CLOSED + 90 * DAY)

    page = read(client, url(decision))

    assert "it ends and nothing changes." in waits
    assert "De gemeente heeft niet binnen 90 dagen geantwoord." in page


@pytest.mark.parametrize("name", EVERY_ADDRESS)
def test_a_draft_is_there_for_the_board_alone(
    client: Client, reading: ValuedItem, ben: User, cas: User, name: str
) -> None:
    made = values.value_decision(reading, state=ValueState.DRAFT, by=ben)

    seen = [one.get(url(made, name)).status_code for one in (client, as_(cas), as_(ben))]

    assert seen == [404, 404, 200]


def test_a_draft_that_was_thrown_away_stays_with_the_board(
    client: Client, reading: ValuedItem, ann: User, dirk: User
) -> None:
    made = drafted(reading.neighbourhood, reading, ann, at=VOTING)
    withdraw(decision=made, reason="", actor=actor(ann), at=VOTING)

    seen = [one.get(url(made)).status_code for one in (client, as_(dirk), as_(ann))]

    assert seen == [404, 404, 200]


def test_what_does_not_exist_is_not_found(client: Client, molenwijk: Neighbourhood) -> None:
    assert client.get(reverse("value_decision", args=[uuid.uuid4()])).status_code == 404


def test_it_tells_what_it_is_now_and_what_is_proposed(
    client: Client, reading: ValuedItem, dirk: User
) -> None:
    values.worth(reading, 800)
    page = read(client, url(values.value_decision(reading, by=dirk, volume=40)))

    for words in (
        "9.00 proposed, in Molenwijkmunten per hour now 8.00",
        "Proposed by Dirk de Vries",
        "With 40 hours a month this costs 360.00 a month. That is as many euros. At the value of now it is 320.00.",
    ):
        assert words in page


def test_a_value_for_which_there_is_too_little_money_says_so(
    client: Client, molenwijk: Neighbourhood
) -> None:
    values.value_policy(molenwijk, cover_months=3)
    made = values.value_decision(values.item(molenwijk), volume=40)

    page = read(client, url(made))

    assert "There is no pot that pays for this. For 3 months that is 1,080.00 too little." in page


def test_what_residents_pay_asks_no_pot(client: Client, molenwijk: Neighbourhood) -> None:
    values.value_policy(molenwijk, cover_months=3)
    made = values.value_decision(values.item(molenwijk, "Fiets maken", kind="SERVICE"), volume=40)

    page = read(client, url(made))

    assert ("residents pay 360.00 a month together" in page, "pot" in page) == (True, False)


def test_a_reason_for_its_end_is_read_by_everybody(
    client: Client, proposal: ValueDecision, dirk: User
) -> None:
    sent(as_(dirk), url(proposal, "value_withdraw"), reason="De school heeft al genoeg mensen.")

    page = read(client, url(proposal))

    assert "De school heeft al genoeg mensen." in page
    assert "Withdrawn on 21 November 2026" in page


# --- Support ----------------------------------------------------------------------------------------------------------


def test_a_resident_supports_it_and_nobody_else_sees_that(
    client: Client, proposal: ValueDecision, dirk: User, eva: User, ann: User, ben: User
) -> None:
    mine = sent(as_(eva), url(proposal, "value_support"))

    assert "You support this proposal." in mine
    assert "1 of the 2 that are needed" in read(client, url(proposal))
    assert "I do not support it any more" not in read(as_(ben), url(proposal))


def test_enough_support_puts_it_on_the_agenda(
    proposal: ValueDecision, dirk: User, eva: User, ann: User, ben: User
) -> None:
    sent(as_(eva), url(proposal, "value_support"))

    page = sent(as_(ann), url(proposal, "value_support"))

    assert "It is on the agenda now." in page
    assert deciding.state(proposal) == ValueState.ADMITTED


def test_support_is_taken_back(proposal: ValueDecision, dirk: User, eva: User, ann: User, ben: User) -> None:
    sent(as_(eva), url(proposal, "value_support"))

    page = sent(as_(eva), url(proposal, "value_unsupport"))

    assert "0 of the 2 that are needed" in page
    assert not ValueSupport.objects.exists()


def test_who_supports_it_twice_is_told_so(
    proposal: ValueDecision, dirk: User, eva: User, ann: User, ben: User
) -> None:
    sent(as_(eva), url(proposal, "value_support"))

    page = sent(as_(eva), url(proposal, "value_support"))

    assert "You already support this." in page
    assert ValueSupport.objects.count() == 1


def test_who_lives_elsewhere_cannot_support_it(proposal: ValueDecision, cas: User) -> None:
    assert "Only people who live here can support it." in read(as_(cas), url(proposal))

    assert "Only people who live in Molenwijk can do this." in sent(as_(cas), url(proposal, "value_support"))
    assert not ValueSupport.objects.exists()


@pytest.mark.parametrize("name", ["value_support", "value_unsupport", "value_withdraw", "value_comment"])
def test_who_is_signed_out_is_asked_to_sign_in(client: Client, proposal: ValueDecision, name: str) -> None:
    response = client.post(url(proposal, name))

    assert (response.status_code, "/login/" in response["Location"]) == (302, True)


@pytest.mark.parametrize("name", ["value_support", "value_unsupport", "value_comment"])
def test_looking_at_the_address_of_a_button_does_nothing(
    proposal: ValueDecision, eva: User, name: str
) -> None:
    response = as_(eva).get(url(proposal, name))

    assert (response.status_code, response["Location"]) == (302, url(proposal))
    assert not ValueSupport.objects.exists()


# --- Taking it back ---------------------------------------------------------------------------------------------------


def test_only_who_proposed_it_takes_it_back(proposal: ValueDecision, dirk: User, eva: User) -> None:
    assert "Take my proposal back" in read(as_(dirk), url(proposal))
    assert "Take my proposal back" not in read(as_(eva), url(proposal))
    assert as_(eva).post(url(proposal, "value_withdraw"), {"reason": "Weg"}).status_code == 404

    assert deciding.state(proposal) == ValueState.PROPOSED


def test_nothing_is_taken_back_without_a_reason(proposal: ValueDecision, dirk: User) -> None:
    page = sent(as_(dirk), url(proposal, "value_withdraw"), reason="")

    assert "Say why you take it back." in page
    assert deciding.state(proposal) == ValueState.PROPOSED


def test_what_is_voted_on_is_not_taken_back(reading: ValuedItem, dirk: User) -> None:
    decision = deciding.heard(reading, by=dirk)
    deciding.opened(decision)

    page = sent(as_(dirk), url(decision, "value_withdraw"), reason="Toch niet.")

    assert "This is no longer possible" in page
    assert deciding.state(decision) == ValueState.VOTING


# --- The page in the tree ---------------------------------------------------------------------------------------------


@pytest.fixture
def with_page(db: None, now: object) -> ValueDecisionPage:
    """A decision with a page in Molenwijk, whose pages were founded."""
    molenwijk = found("Molenwijk", decisions=True)
    decision = values.value_decision(values.item(molenwijk), state=ValueState.ADMITTED, admitted_at=VOTING)
    page = ValueDecisionPage(
        title="Wat is voorlezen waard?", slug="voorlezen", lead="Lees dit eerst.", decision=decision
    )
    add_page(DecisionsPage.objects.get(locale__language_code="nl"), page)
    return ValueDecisionPage.objects.get(pk=page.pk)


def test_once_it_has_a_page_its_address_leads_there(client: Client, with_page: ValueDecisionPage) -> None:
    dutch = reverse("value_decision", args=[with_page.decision.ref]).replace("/en/", "/nl/")

    response = client.get(dutch)

    assert (response.status_code, response["Location"]) == (302, with_page.get_url())
    page = read(client, with_page.get_url())
    for words in (
        "Wat is voorlezen waard?",
        "Lees dit eerst.",
        "9,00",
        "Er zijn te weinig mensen die dit doen.",
    ):
        assert words in page


def test_a_page_of_a_draft_is_there_for_the_board_alone(client: Client, with_page: ValueDecisionPage) -> None:
    ValueDecision.objects.update(state=ValueState.DRAFT, admitted_at=None)
    ben = person("Ben")
    seat_for(ben, with_page.decision.neighbourhood)

    seen = [one.get(with_page.get_url()).status_code for one in (client, as_(person("Cas")), as_(ben))]

    assert seen == [404, 404, 200]


# --- What it costs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_much_there_is(
    client: Client, reading: ValuedItem, ann: User, ben: User, number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    board = values.value_policy(reading.neighbourhood, Decider.BOARD)
    for place in range(number):
        values.worth(reading, 800 + place, on=date(2026, 3, 1 + place))
    made = values.value_decision(
        reading, state=ValueState.CONSULTATION, policy=board, consulted_until=VOTING + DAY
    )
    for place in range(number):
        school = organisation(f"School {place}")
        Indication.objects.create(
            item=reading, organisation=school, amount=900, grounds="Nodig.", language="nl", made_by=ann.person,
            made_at=VOTING,
        )  # fmt: skip
        ValueComment.objects.create(
            decision=made, author=lives_in(f"Writer{place}", reading.neighbourhood).person, text="Goed.",
            language="nl", at=VOTING, key=uuid.uuid4(),
        )  # fmt: skip
    read(client, url(made))

    with django_assert_num_queries(QUERIES):
        read(client, url(made))


QUERIES = 22
