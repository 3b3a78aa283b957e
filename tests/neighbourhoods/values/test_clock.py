"""Decisions about values go on by themselves: at their moment, once, and also when the clock stood still or jumped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from core.models import AuditEntry
from neighbourhoods.models import (
    Decider,
    DecisionPolicy,
    Indication,
    Neighbourhood,
    Subject,
    ValueDecision,
    ValuedItem,
    ValueVersion,
)
from neighbourhoods.operations.motions import MEETING_LASTS
from neighbourhoods.operations.values import Terms, change_terms
from neighbourhoods.operations.values.clock import values_due
from neighbourhoods.queries.items import value_on
from people.models import User
from tests.factories import democracy
from tests.factories import values as make
from tests.factories.people import actor, organisation
from tests.factories.residency import place
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import CLOSED, DAY, NOW

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def residents_decide(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk)


def around(decision: ValueDecision, moment: datetime | None) -> tuple[str, str]:
    """Its state a second before a moment, and at it."""
    assert moment is not None
    deciding.advance(moment - SECOND)
    before = deciding.state(decision)
    deciding.advance(moment)
    return before, deciding.state(decision)


def test_from_the_agenda_to_its_first_day_nobody_has_to_press_anything(
    reading: ValuedItem, dirk: User
) -> None:
    decision = make.value_decision(reading, state="ADMITTED", admitted_at=NOW, at=NOW - DAY, volume=10)

    assert around(decision, NOW + 14 * DAY) == ("ADMITTED", "CONSULTATION")
    decision = deciding.again(decision)
    assert (decision.low, decision.high, decision.step) == (50, 1800, 50)  # twice what was proposed
    assert around(decision, decision.consulted_until) == ("CONSULTATION", "VOTING")
    box = deciding.box_of(decision)
    vote = decision.votes.get()
    deciding.chooses(vote, dirk, 1000, at=box.opens_at)
    assert around(decision, box.closes_at) == ("VOTING", "APPEAL")
    decision = deciding.again(decision)
    assert around(decision, decision.appeals_until) == ("APPEAL", "APPEAL")
    assert decision.appeals_until is not None
    midnight = (decision.appeals_until + DAY).replace(hour=23, minute=0, second=0) - DAY  # in Amsterdam
    assert around(decision, midnight) == ("APPEAL", "IN_FORCE")
    assert value_on(reading, (midnight + DAY).date()) == 1000


def test_a_proposal_that_too_few_support_ends_with_its_days(reading: ValuedItem, dirk: User) -> None:
    decision = make.value_decision(reading, by=dirk, at=NOW)

    assert around(decision, NOW + 60 * DAY) == ("PROPOSED", "REJECTED")


def test_the_board_is_asked_and_when_it_does_not_answer_the_residents_are_heard(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, dirk: User
) -> None:
    deciding.rules(molenwijk, Decider.BOTH)
    democracy.policy(molenwijk, Subject.MOTION, turnout_quorum="1", voting_days=3)
    decision = deciding.before_the_board(reading, {dirk: 1000})
    vote = deciding.answers(decision, 1000, ann)  # nobody votes in it

    assert around(decision, vote.box.closes_at) == ("AWAITING_BOARD", "AWAITING_BOARD")
    assert deciding.box_of(decision).state == "COUNTED"
    assert around(decision, CLOSED + 10 * DAY) == ("AWAITING_BOARD", "APPEAL")
    assert deciding.again(decision).decided == 1000


def test_a_round_of_the_board_ends_by_the_clock(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, dirk: User
) -> None:
    deciding.rules(molenwijk, Decider.BOTH)
    democracy.policy(molenwijk, Subject.MOTION, voting_days=3)
    decision = deciding.before_the_board(reading, {dirk: 1000})
    vote = deciding.answers(decision, 1000, ann)
    deciding.says(vote, ann, "no", "Te duur.", at=CLOSED)

    assert around(decision, CLOSED + 3 * DAY) == ("AWAITING_BOARD", "CONSULTATION")


def test_a_written_round_of_the_board_begins_and_ends_by_the_clock(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)
    decision = deciding.heard(reading)

    assert around(decision, NOW) == ("CONSULTATION", "VOTING")
    deciding.says(decision.votes.get(), ann, "yes")
    assert around(decision, CLOSED) == ("VOTING", "APPEAL")


@pytest.mark.parametrize("state", ["PLANNED", "INVITED"])
def test_the_clock_leaves_a_vote_of_the_board_to_its_next_meeting(
    molenwijk: Neighbourhood, reading: ValuedItem, state: str
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)
    decision = deciding.heard(reading)
    meeting = democracy.meeting(molenwijk, starts_at=NOW + 9 * DAY, state=state)

    assert around(decision, meeting.starts_at + MEETING_LASTS) == ("CONSULTATION", "VOTING")


def test_a_meeting_that_is_far_off_cancelled_of_others_or_of_all_residents_keeps_no_vote_waiting(
    molenwijk: Neighbourhood, reading: ValuedItem
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)
    decision = deciding.heard(reading)
    democracy.meeting(molenwijk, starts_at=NOW + 15 * DAY)
    democracy.meeting(molenwijk, starts_at=NOW + DAY, state="CANCELLED")
    democracy.meeting(molenwijk, starts_at=NOW + DAY, kind="GENERAL")
    democracy.meeting(place("Elders", of=molenwijk.municipality), starts_at=NOW + DAY)

    assert around(decision, NOW) == ("CONSULTATION", "VOTING")


def test_residents_wait_for_no_meeting_of_the_board(molenwijk: Neighbourhood, reading: ValuedItem) -> None:
    decision = deciding.heard(reading)
    democracy.meeting(molenwijk, starts_at=NOW + DAY)

    assert around(decision, NOW) == ("CONSULTATION", "VOTING")


def test_what_a_leader_says_while_the_clock_is_about_to_begin_stands(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User
) -> None:
    decision = make.value_decision(reading, state="ADMITTED", admitted_at=NOW - 14 * DAY, at=NOW - 15 * DAY)
    ((_name, deed),) = values_due(NOW)

    terms = Terms(proposed=1000, volume=12, low=700, high=1300, step=100, wanted_on=None)
    change_terms(decision=ValueDecision.objects.get(pk=decision.pk), terms=terms, actor=actor(ann), at=NOW)
    deed()

    decision.refresh_from_db()
    assert (decision.state, decision.proposed, decision.volume) == ("CONSULTATION", 1000, 12)


def test_where_the_board_votes_no_amount_is_made_up_from_what_somebody_indicated(
    molenwijk: Neighbourhood, reading: ValuedItem
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)
    school = organisation("De Regenboog")
    Indication.objects.create(
        item=reading, organisation=school, amount=1200, grounds="Zo veel.", language="nl", made_by=school, made_at=NOW
    )  # fmt: skip
    decision = make.value_decision(reading, state="ADMITTED", proposed=None, admitted_at=NOW, at=NOW - DAY)

    assert around(decision, NOW + 14 * DAY) == ("ADMITTED", "REJECTED")


def test_doing_it_again_does_nothing(reading: ValuedItem, dirk: User) -> None:
    decision = deciding.heard(reading)
    for moment in (NOW, CLOSED, CLOSED + 15 * DAY):
        if decision.votes.exists() and moment == CLOSED:
            deciding.chooses(decision.votes.get(), dirk, 900)
        assert deciding.advance(moment).steps == 1
        before = AuditEntry.objects.count()
        assert (deciding.advance(moment).steps, AuditEntry.objects.count()) == (0, before)

    assert deciding.state(decision) == "IN_FORCE"


def test_after_an_outage_everybody_still_has_all_their_days(reading: ValuedItem, dirk: User) -> None:
    decision = deciding.heard(reading)
    late = NOW + 200 * DAY

    deciding.advance(late)

    box = deciding.box_of(decision)
    assert (deciding.state(decision), box.opens_at, box.closes_at) == ("VOTING", late, late + 10 * DAY)
    deciding.chooses(decision.votes.get(), dirk, 900, at=late)
    deciding.advance(late + 100 * DAY)
    found = deciding.again(decision)
    assert (found.state, found.appeals_until) == ("APPEAL", late + 114 * DAY)


@pytest.mark.parametrize("back", [SECOND, 9 * DAY, 300 * DAY])
def test_a_clock_that_jumps_back_undoes_nothing(reading: ValuedItem, dirk: User, back: timedelta) -> None:
    decision = deciding.decided(reading, 900, dirk)
    box = deciding.box_of(decision)

    assert deciding.advance(CLOSED - back).steps == 0

    assert (deciding.state(decision), deciding.box_of(decision).state) == ("APPEAL", "COUNTED")
    assert box.closes_at == CLOSED


def test_what_cannot_go_on_is_told_and_keeps_nothing_else_waiting(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    stuck = deciding.heard(reading, low=None, high=None, step=None)
    other = deciding.heard(make.item(molenwijk, "Soep koken"))

    done = deciding.advance(NOW)

    assert done.waiting == [f"value decision {stuck.pk}: value_without_terms"]
    assert (deciding.state(stuck), deciding.state(other)) == ("CONSULTATION", "VOTING")


@pytest.mark.parametrize(
    "state",
    ["DRAFT", "IN_FORCE", "SUPERSEDED", "REJECTED", "NO_QUORUM", "WITHDRAWN", "ANNULLED"],
)
def test_what_waits_for_people_or_is_over_stays(reading: ValuedItem, state: str) -> None:
    decision = make.value_decision(
        reading, state=state, consulted_until=NOW, board_until=NOW, admitted_at=NOW
    )

    assert values_due(NOW + 1000 * DAY) == []
    assert deciding.state(decision) == state


def test_looking_what_is_due_costs_as_much_for_three_decisions_as_for_one(
    molenwijk: Neighbourhood, reading: ValuedItem, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    deciding.heard(reading)
    with django_assert_num_queries(8):
        assert len(values_due(NOW)) == 1
    for name in ("Soep koken", "Fietsen maken"):
        deciding.heard(make.item(molenwijk, name))

    with django_assert_num_queries(8):
        assert len(values_due(NOW)) == 3


def test_no_value_begins_before_it_is_written(reading: ValuedItem, dirk: User) -> None:
    """Over the whole life of two decisions, with a look at every day."""
    deciding.decided(reading, 900, dirk)
    for day in range(60):
        deciding.advance(CLOSED + day * DAY)

    assert ValueVersion.objects.count() == 1
    assert not ValueVersion.objects.exclude(effective_on=F("made_on")).exists()
