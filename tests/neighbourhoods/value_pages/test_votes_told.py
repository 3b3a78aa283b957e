"""What the page of a decision tells of its votes."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from neighbourhoods.models import (
    Decider,
    Interest,
    Neighbourhood,
    Subject,
    ValuedItem,
)
from neighbourhoods.operations.values import answer_guideline
from neighbourhoods.operations.values.confirming import close_confirmation
from people.models import Role, User
from tests.factories import democracy, values
from tests.factories.people import actor, mandate, organisation, person
from tests.neighbourhoods.polling_pages.pages import read, text_of
from tests.neighbourhoods.value_pages.conftest import as_
from tests.neighbourhoods.value_pages.test_decision import EVERY_ADDRESS, people, url, voted_on
from tests.neighbourhoods.values import deciding


def test_who_is_on_the_roll_is_led_to_the_ballot(reading: ValuedItem, dirk: User, cas: User) -> None:
    decision = deciding.heard(reading)
    ballot = reverse("vote", args=[deciding.opened(decision).box.ref])

    mine, of_another = (as_(who).get(url(decision)).content.decode() for who in (dirk, cas))

    assert (f'href="{ballot}"' in mine, f'href="{ballot}"' in of_another) == (True, False)
    assert "You are not on the roll of this vote." in of_another


def test_who_has_voted_reads_that_and_is_not_led_to_the_ballot_again(reading: ValuedItem, dirk: User) -> None:
    decision = deciding.heard(reading)
    vote = deciding.opened(decision)
    ballot = f'href="{reverse("vote", args=[vote.box.ref])}"'
    deciding.chooses(vote, dirk, 900)

    for address in (url(decision), reverse("vote_result", args=[vote.box.ref])):
        page = as_(dirk).get(address).content.decode()

        assert ("You have voted" in page, ballot in page) == (True, False)


@pytest.fixture
def gerda(molenwijk: Neighbourhood) -> User:
    """Answers for the municipality."""
    login = person("Gerda")
    mandate(person=login, principal=molenwijk.municipality, role=Role.FINANCE)
    return login


def test_what_the_municipality_refused_tells_its_reason_and_what_holds(
    client: Client, reading: ValuedItem, dirk: User, gerda: User
) -> None:
    deciding.guideline(reading, 600, 800)
    values.worth(reading, 700)
    decision = voted_on(reading, [dirk], [900])
    answer_guideline(
        decision=decision, consents=False, reason="Te veel.", actor=actor(gerda), at=deciding.CLOSED
    )

    page = read(client, url(decision))

    assert "7.00 Molenwijkmunten per hour it stayed as it was 9.00 did not go through" in page
    assert re.search(r"Why it ended on [\w ]+ Te veel\.", page)
    assert ("The municipality answers" in page, "The municipality agrees" in page) == (True, False)


@pytest.mark.parametrize(("asked", "is_told"), [(800, False), (850, True)])
def test_an_amount_outside_the_guideline_is_told_before_the_votes_are_cast(
    client: Client, reading: ValuedItem, asked: int, is_told: bool
) -> None:
    deciding.guideline(reading, 600, 800)
    decision = deciding.heard(reading, proposed=asked)

    page = read(client, url(decision))

    assert ("lies outside the guideline of the municipality" in page) is is_told


def test_nobody_sees_how_a_vote_stands_while_it_goes_on(
    client: Client, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)
    bounds = {"low": None, "high": None, "step": None}
    decision = deciding.heard(values.item(molenwijk), **bounds)
    deciding.says(deciding.opened(decision), ann, "no", "Te duur.")

    page = read(client, url(decision))

    assert "1 of the 2 members voted." in page
    for name in EVERY_ADDRESS:
        told = client.get(url(decision, name)).content.decode()
        assert ("Ann de Vries" in told, "Te duur." in told) == (False, False)


def test_after_a_vote_of_the_board_everybody_reads_who_voted_what_and_who_stepped_aside(
    client: Client, now: time_machine.Traveller, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)
    school = organisation("De Regenboog")
    Interest.objects.create(
        person=ben.person,
        neighbourhood=molenwijk,
        party=school,
        text="Werkt op de school",
        from_on=date(2026, 1, 1),
    )
    bounds = {"low": None, "high": None, "step": None}
    decision = deciding.heard(values.item(molenwijk), proposed_for=school, **bounds)
    deciding.says(deciding.opened(decision), ann, "yes", "De school vraagt erom.")
    deciding.closed(decision)
    now.move_to(deciding.CLOSED)

    html = client.get(url(decision)).content
    voted, _mark, aside = html.decode().partition("data-recused")

    assert ("Ann de Vries" in text_of(voted.encode()), "De school vraagt erom." in voted) == (True, True)
    assert ("Ben de Vries" in voted, "Ben de Vries" in aside) == (False, True)
    assert "1 of 1 member voted." in text_of(html)


def test_every_amount_that_residents_named_stands_on_the_page(
    client: Client, now: time_machine.Traveller, reading: ValuedItem, molenwijk: Neighbourhood
) -> None:
    decision = voted_on(reading, people(5, molenwijk), [600, 800, 950, 950, 1200])
    now.move_to(deciding.CLOSED)

    html = client.get(url(decision)).content.decode()

    assert 'data-amount="950"' in html
    for amount in ("6.00", "8.00", "9.50", "12.00"):
        assert f'<th scope="row">{amount}' in html
    assert "You can appeal until" in text_of(html.encode())


def test_of_few_secret_ballots_the_outcome_alone_is_told(
    client: Client, now: time_machine.Traveller, reading: ValuedItem, molenwijk: Neighbourhood
) -> None:
    decision = voted_on(reading, people(3, molenwijk), [650, 950, 1150])
    now.move_to(deciding.CLOSED)

    found = [client.get(url(decision, name)).content.decode() for name in EVERY_ADDRESS[:3]]

    assert "Fewer than five people voted." in text_of(found[0].encode())
    for one in found:
        assert not any(amount in one for amount in ("6.50", "11.50", "650", "1150"))


def test_what_the_residents_chose_is_told_while_the_board_has_still_to_answer(
    client: Client, now: time_machine.Traveller, molenwijk: Neighbourhood
) -> None:
    deciding.rules(molenwijk, Decider.BOTH)
    decision = voted_on(values.item(molenwijk), people(3, molenwijk), [600, 950, 1200])
    now.move_to(deciding.CLOSED)

    assert "9.50 chosen by the residents, in Molenwijkmunten per hour" in read(client, url(decision))


def test_what_was_sent_back_tells_the_reasons(
    client: Client, now: time_machine.Traveller, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    deciding.rules(molenwijk, Decider.BOTH)
    democracy.policy(molenwijk, Subject.MOTION)
    decision = voted_on(values.item(molenwijk), people(3, molenwijk), [600, 950, 1200])
    vote = deciding.answers(decision, 950, ann)
    for who in (ann, ben):
        deciding.says(vote, who, "no", f"{who.person.display_name} vindt het te veel.", at=deciding.CLOSED)
    close_confirmation(decision=deciding.again(decision), actor=actor(ann), at=deciding.CLOSED)
    now.move_to(deciding.CLOSED)

    page = read(client, url(decision))

    assert "The board sent it back on 1 December 2026" in page
    for name in ("Ann de Vries", "Ben de Vries"):
        assert f"{name}: {name} vindt het te veel." in page
    assert "Everybody can react" in page
