"""Everybody can read why an election ended without a result, why voting was made longer, why days were moved."""

from __future__ import annotations

import html

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.actor import Actor
from core.models import AuditNote
from core.states import transition
from neighbourhoods.founding import add_decisions
from neighbourhoods.models import Election, ElectionPage, Neighbourhood
from neighbourhoods.operations.ballots import extend_box
from neighbourhoods.operations.elections import cancel, open_nominations
from neighbourhoods.queries.told import told_of
from neighbourhoods.states import ElectionState
from tests.factories import democracy as votes
from tests.factories.neighbourhoods import election_page, found
from tests.factories.people import person

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
REASON = "De site lag stil."


@pytest.fixture
def molenwijk() -> Neighbourhood:
    return found("Molenwijk")


@pytest.fixture
def voting(molenwijk: Neighbourhood) -> Election:
    return votes.election_in_voting(molenwijk, [person("Dirk")], [person("Ann")])


def read(client: Client, election: Election) -> str:
    with time_machine.travel(votes.VOTING, tick=False):
        add_decisions(election.neighbourhood, actor=SYSTEM, at=votes.VOTING)
        made = ElectionPage.objects.filter(election=election, locale__language_code="nl").first()
        response = client.get((made or election_page(election)).url)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def longer(election: Election, days: int = 1) -> None:
    assert election.box is not None
    closes_at = election.box.closes_at + days * votes.DAY
    extend_box(box=election.box, closes_at=closes_at, reason=REASON, actor=SYSTEM, at=votes.VOTING)


def test_why_it_was_cancelled(client: Client, molenwijk: Neighbourhood) -> None:
    made = votes.election(molenwijk)
    cancel(election=made, reason="Het gebouw is <dicht>.", actor=SYSTEM, at=votes.VOTING)

    assert "Het gebouw is <dicht>." in read(client, made)


def test_why_it_was_annulled(client: Client, voting: Election, monkeypatch: pytest.MonkeyPatch) -> None:
    Election.objects.filter(pk=voting.pk).update(state=ElectionState.PROVISIONAL)
    monkeypatch.setitem(Election.table.guards, "annul", [])
    transition(voting, "annul", actor=SYSTEM, at=votes.VOTING, reason="Er lagen te weinig stembiljetten.")

    assert "Er lagen te weinig stembiljetten." in read(client, voting)


def test_why_voting_was_made_longer_and_until_when(client: Client, voting: Election) -> None:
    longer(voting)
    voting.refresh_from_db()
    assert voting.box is not None

    pages = [read(client, voting)]
    with time_machine.travel(votes.VOTING, tick=False):
        pages.append(client.get(reverse("vote_result", args=[voting.box.ref])).content.decode())

    assert [REASON in page for page in pages] == [True, True]
    assert ["27 november 2026, 21:00" in page for page in pages] == [True, True]


def test_that_the_days_moved_because_it_began_late(client: Client, molenwijk: Neighbourhood) -> None:
    made = votes.election(molenwijk, state=ElectionState.ANNOUNCED)
    open_nominations(election=made, actor=SYSTEM, at=made.nominations_from + 3 * votes.DAY)

    (told,) = told_of(made, made.box)
    assert "3" in told.reason
    assert told.reason in read(client, made)


@pytest.mark.parametrize("number", [1, 3])
def test_the_reasons_cost_one_query_however_many_there_are(
    voting: Election, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(number):
        longer(voting)

    with django_assert_num_queries(1):
        told = told_of(voting, voting.box)

    assert [one.reason for one in told] == [REASON] * number


def test_a_reason_that_was_erased_and_one_of_another_vote_are_not_told(
    voting: Election, molenwijk: Neighbourhood
) -> None:
    longer(voting)

    assert told_of(None, votes.box(molenwijk, [])) == []
    AuditNote.objects.update(text="")
    assert told_of(voting, voting.box) == []
