from __future__ import annotations

from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import Appeal, Election, Neighbourhood
from neighbourhoods.operations.elections import advance
from neighbourhoods.states import AppealState, ElectionState
from people.models import Party, Role, User
from tests.factories.democracy import AFTER, CLOSES, election_in_voting, policy
from tests.factories.people import mandate, person
from tests.neighbourhoods.polling_pages.conftest import browser
from tests.neighbourhoods.polling_pages.pages import read, sent


@pytest.fixture
def provisional(
    with_rules: Neighbourhood, ann: User, ben: User, cas: User, now: time_machine.Traveller
) -> Election:
    """Ann and Ben stood, Ann won, and appeals can be made."""
    held = election_in_voting(with_rules, [ann, ben], [ann, ben, cas], seats=1)
    assert held.box is not None
    held.box.ballots.create(choice='["1"]')
    held.box.roll.entries.filter(person=ann.person).update(channel="ONLINE")
    advance(now=CLOSES)
    held.refresh_from_db()
    assert held.state == ElectionState.PROVISIONAL
    now.move_to(AFTER)
    return held


@pytest.fixture
def appeal(provisional: Election, cas: User) -> Appeal:
    """Cas could not come in."""
    return _file(provisional, cas)


def _file(against: Election, who: User) -> Appeal:
    assert against.box is not None
    return Appeal.objects.create(
        box=against.box, appellant=who.person, grounds="De deur was op slot.", language="nl", filed_at=AFTER,
        key=uuid4(),
    )  # fmt: skip


def member(of: Party, name: str = "Paula") -> User:
    login = person(name)
    mandate(person=login, principal=of, role=Role.APPEALS)
    return login


@pytest.fixture
def as_paula(dijkstad: Party) -> Client:
    return browser(member(dijkstad))


def page_of(appeal: Appeal) -> str:
    return reverse("polling_appeal", args=[appeal.ref])


def deed(appeal: Appeal, name: str) -> str:
    return reverse("polling_appeal_deed", args=[appeal.ref, name])


def test_the_panel_reads_takes_up_hears_and_rules(
    as_paula: Client, appeal: Appeal, provisional: Election
) -> None:
    assert "1 appeal waits" in read(as_paula, reverse("polling_appeals"))
    assert "De deur was op slot." in read(as_paula, page_of(appeal))
    sent(as_paula, deed(appeal, "admit"))
    sent(as_paula, deed(appeal, "hear"))

    page = sent(as_paula, deed(appeal, "rule"), upheld="no", ruling="De achterdeur was open.")

    appeal.refresh_from_db()
    assert (appeal.state, appeal.ruling) == (AppealState.DISMISSED, "De achterdeur was open.")
    assert "The ruling is published." in page
    provisional.refresh_from_db()
    assert provisional.state == ElectionState.PROVISIONAL


def test_an_appeal_that_is_right_undoes_the_result(
    as_paula: Client, appeal: Appeal, provisional: Election
) -> None:
    for step in ("admit", "hear"):
        sent(as_paula, deed(appeal, step))

    sent(as_paula, deed(appeal, "rule"), upheld="yes", ruling="De deur was op slot.")

    provisional.refresh_from_db()
    assert provisional.state == ElectionState.ANNULLED
    assert Election.objects.get(replaces=provisional).state == ElectionState.DRAFT


def test_what_is_not_taken_up_says_why(as_paula: Client, appeal: Appeal) -> None:
    assert "Write down the reasons." in sent(as_paula, deed(appeal, "turn-away"), ruling="")

    sent(as_paula, deed(appeal, "turn-away"), ruling="Dit gaat over iets anders.")

    appeal.refresh_from_db()
    assert appeal.state == AppealState.INADMISSIBLE


def test_nobody_rules_before_everybody_was_heard(as_paula: Client, appeal: Appeal) -> None:
    page = sent(as_paula, deed(appeal, "rule"), upheld="yes", ruling="Ja.")

    assert "This is no longer possible" in page
    appeal.refresh_from_db()
    assert appeal.state == AppealState.FILED


def test_who_stood_or_appealed_is_offered_nothing(
    dijkstad: Party, appeal: Appeal, ann: User, cas: User
) -> None:
    for who, words in ((ann, "You had a part in this vote."), (cas, "This is your own appeal.")):
        mandate(person=who, principal=dijkstad, role=Role.APPEALS)
        client = browser(who)
        page = read(client, page_of(appeal))
        assert words in page
        assert "Take it up" not in page
        sent(client, deed(appeal, "admit"))

    appeal.refresh_from_db()
    assert appeal.state == AppealState.FILED


def test_an_appeal_elsewhere_is_not_found(appeal: Appeal) -> None:
    from tests.factories.residency import municipality

    elsewhere = browser(member(municipality("Veenstad"), "Pia"))

    assert "No appeal waits" in read(elsewhere, reverse("polling_appeals"))
    assert elsewhere.get(page_of(appeal)).status_code == 404
    assert elsewhere.post(deed(appeal, "admit")).status_code == 404


def test_there_is_no_other_deed(as_paula: Client, appeal: Appeal) -> None:
    assert as_paula.get(deed(appeal, "delete")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_appeals_costs_the_same_whatever_its_length(
    as_paula: Client, provisional: Election, ann: User, ben: User, cas: User, number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    policy(provisional.neighbourhood)
    for who in (ann, ben, cas)[:number]:
        _file(provisional, who)
    as_paula.get(reverse("polling_appeals"))

    with django_assert_num_queries(8):
        as_paula.get(reverse("polling_appeals"))
