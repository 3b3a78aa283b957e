"""Olga stands in the election, and then gets an office: she does not run what she stands in. Otto does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.refusals import Refusal
from neighbourhoods.models import BallotBox, Election, Neighbourhood, Nomination, RollEntry
from neighbourhoods.operations import ballots, elections
from neighbourhoods.operations.impartial import OfficerStands
from neighbourhoods.queries.ballots import form_hash
from people.models import User
from tests.factories.democracy import DAY, VOTING, election, election_in_voting, nomination
from tests.factories.people import actor
from tests.neighbourhoods.polling_pages.pages import every_page, read, sent, url

SAID = "You stand in this election yourself. Ask a colleague to decide."


@pytest.fixture
def voting(molenwijk: Neighbourhood, ann: User, olga: User, cas: User) -> Election:
    return election_in_voting(molenwijk, [ann, olga], [ann, olga, cas], seats=1)


def test_a_candidate_finds_no_room_of_the_election_and_reads_why(
    as_olga: Client, as_otto: Client, voting: Election, cas: User
) -> None:
    for address in every_page(voting.neighbourhood, voting):
        if str(voting.ref) in address and "/seats/" not in address:
            assert (address, SAID in sent(as_olga, address, q="Cas", reason="Daarom")) == (address, True)
            assert as_olga.get(address).url == reverse("polling_office", args=["molenwijk"])  # type: ignore[attr-defined]
    assert SAID in sent(as_olga, url("polling_voters", voting), q="Cas")

    assert "Cas" in sent(as_otto, url("polling_voters", voting), q="Cas")


def test_a_candidate_handles_no_vote_whatever_page_they_came_by(
    voting: Election, olga: User, cas: User
) -> None:
    box = voting.box
    assert box is not None
    by: dict[str, Any] = {"actor": actor(olga), "at": VOTING}
    deeds: list[Callable[[], object]] = [
        lambda: ballots.mark_paper(box=box, voter=cas.person, **by),
        lambda: ballots.cast_assisted(
            box=box, voter=cas.person, choice=["1"], form_hash=form_hash(box), **by
        ),
        lambda: ballots.extend_box(box=box, closes_at=box.closes_at + DAY, reason="Daarom", **by),
    ]

    for deed in deeds:
        with pytest.raises(OfficerStands):
            deed()
    BallotBox.objects.filter(pk=box.pk).update(state="CLOSED")
    box.refresh_from_db()
    with pytest.raises(OfficerStands):
        ballots.enter_paper(box=box, choices=[["1"]], **by)

    assert not RollEntry.objects.exclude(channel="").exists()


def test_a_candidate_sends_no_rival_away_and_calls_nothing_off(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    going_on = election(molenwijk)
    rival, _own = nomination(going_on, ann), nomination(going_on, olga)
    by: dict[str, Any] = {"actor": actor(olga), "at": VOTING}
    deeds: list[Callable[[], object]] = [
        lambda: elections.reject(nomination=rival, reason="Daarom", **by),
        lambda: elections.cancel(election=going_on, reason="Daarom", **by),
        lambda: elections.freeze(election=going_on, **by),
    ]

    for deed in deeds:
        with pytest.raises(OfficerStands):
            deed()

    assert {one.state for one in Nomination.objects.all()} == {"ACCEPTED"}


def test_who_is_only_asked_to_stand_keeps_the_office(
    as_olga: Client, molenwijk: Neighbourhood, olga: User
) -> None:
    going_on = election(molenwijk)
    nomination(going_on, olga, state="PROPOSED")

    assert going_on.title in read(as_olga, url("polling_candidates", going_on))


def test_a_candidate_asks_nobody_for_an_empty_chair(molenwijk: Neighbourhood, ann: User, olga: User) -> None:
    final = election(molenwijk, state="FINAL")
    nomination(final, olga, state="ON_BALLOT", number=1)
    other = nomination(final, ann, state="ON_BALLOT", number=2)

    refused: list[type[Refusal]] = []
    for deed in (
        lambda: elections.ask_next(election=final, actor=actor(olga), at=VOTING),
        lambda: elections.install(nomination=other, actor=actor(olga), at=VOTING),
        lambda: elections.candidate_declines(nomination=other, actor=actor(olga), at=VOTING),
    ):
        with pytest.raises(Refusal) as error:
            deed()
        refused.append(error.type)

    assert refused == [OfficerStands] * 3
