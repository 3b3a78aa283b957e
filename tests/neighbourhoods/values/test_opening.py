"""The vote about a value is opened: for the residents with amounts, for the board with names, in a meeting or not."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.translation import override

from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.counting import Method
from neighbourhoods.models import (
    BallotBox,
    Decider,
    DecisionPolicy,
    Neighbourhood,
    Roll,
    Secrecy,
    ValuedItem,
    ValueVote,
)
from neighbourhoods.operations.ballots import BadBallot, LeftOut, NotOnRoll
from neighbourhoods.operations.elections.freezing import NotYet
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.motions import NotDuringMeeting
from neighbourhoods.operations.values import NoTerms
from neighbourhoods.queries.ballots import labels_of
from neighbourhoods.queries.meetings import depends_on
from neighbourhoods.states import BoxState
from people.models import User
from tests.factories import democracy
from tests.factories import values as make
from tests.factories.people import actor, person
from tests.factories.residency import resident, second_login
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import DAY, HOUR, NOW, SYSTEM


@pytest.fixture
def residents_decide(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk)


@pytest.fixture
def board_decides(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk, Decider.BOARD, turnout_quorum="1/2")


def test_residents_choose_among_the_amounts_that_everybody_could_react_to(
    reading: ValuedItem, residents_decide: None, ann: User, dirk: User, eva: User, cas: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.heard(reading)

    vote = deciding.opened(decision)

    box = vote.box
    assert deciding.state(decision) == "VOTING"
    assert (vote.number, vote.decider, vote.amount, vote.meeting) == (1, Decider.RESIDENTS, None, None)
    assert (box.method, box.secrecy, box.options) == (Method.MEDIAN, Secrecy.SECRET, [])
    assert (box.low, box.high, box.step, box.present) == (400, 1600, 50, 800)
    assert (box.state, box.opens_at, box.closes_at) == (BoxState.OPEN, NOW, NOW + 10 * DAY)
    assert (box.roll.state, box.roll.size, box.policy) == ("FROZEN", 3, decision.policy)
    with pytest.raises(NotOnRoll):
        deciding.chooses(vote, cas, 800)
    for wrong in (350, 1650, 820, "800", {"1": "yes"}):
        with pytest.raises(BadBallot):
            deciding.chooses(vote, dirk, wrong)


def test_who_came_to_live_there_after_the_opening_does_not_vote(
    molenwijk: Neighbourhood, reading: ValuedItem, residents_decide: None, dirk: User
) -> None:
    vote = deciding.opened(deciding.heard(reading))
    late = person("Late")
    resident(late, molenwijk)

    with pytest.raises(NotOnRoll):
        deciding.chooses(vote, late, 800)


def test_the_rules_of_the_policy_say_who_is_left_out(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    with_days = democracy.policy(
        molenwijk, "VALUE", rules=[("LIVES_HERE_DAYS", 30)], decider="RESIDENTS", method="MEDIAN"
    )
    vote = deciding.opened(deciding.heard(reading, policy=with_days))

    with pytest.raises(LeftOut):
        deciding.chooses(vote, dirk, 800)


def test_whether_something_keeps_a_value_is_a_secret_yes_or_no(
    reading: ValuedItem, residents_decide: None, dirk: User, eva: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.heard(reading, is_ending=True)

    vote = deciding.opened(decision)

    assert (vote.box.method, vote.box.secrecy, vote.box.options) == (Method.YES_NO, Secrecy.SECRET, ["1"])
    with override("en"):
        assert labels_of(vote.box) == {"1": "Voorlezen op school: no value any more?"}
    deciding.chooses(vote, dirk, {"1": "yes"})
    deciding.chooses(vote, eva, {"1": "yes"})
    decision = deciding.closed(decision)
    assert (decision.state, decision.decided) == ("APPEAL", None)


def test_a_board_says_yes_or_no_to_the_proposed_amount_with_names(
    reading: ValuedItem, board_decides: None, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.heard(reading, low=None, high=None, step=None)

    vote = deciding.opened(decision)

    box = vote.box
    assert (vote.decider, vote.amount, vote.meeting) == (Decider.BOARD, 900, None)
    assert (box.method, box.secrecy, box.options, box.low) == (Method.YES_NO, Secrecy.RECORDED, ["1"], None)
    assert box.roll.size == 2
    with override("en"):
        assert labels_of(box) == {"1": "Voorlezen op school: 9.00 per hour"}
    with pytest.raises(NotOnRoll):
        deciding.says(vote, dirk, "yes")


def test_nobody_votes_before_everybody_could_react(
    reading: ValuedItem, residents_decide: None, ann: User
) -> None:
    decision = deciding.heard(reading)

    for who in (SYSTEM, actor(ann)):
        with pytest.raises(NotYet):
            deciding.opened(decision, at=NOW - HOUR, actor=who)

    assert (deciding.state(decision), BallotBox.objects.count(), Roll.objects.count()) == (
        "CONSULTATION",
        0,
        0,
    )


def test_the_system_and_who_leads_the_board_open_it_and_nobody_else(
    reading: ValuedItem, residents_decide: None, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.heard(reading)

    with pytest.raises(LeadersOnly):
        deciding.opened(decision, actor=actor(ben))
    with pytest.raises(BoardOnly):
        deciding.opened(decision, actor=actor(dirk))
    vote = deciding.opened(decision, actor=actor(second_login(ann)))

    # The chair opened it, and has no more to do with the roll of the residents than anybody.
    assert AuditEntry.objects.get(event="value_decision.open_vote").acted_by_id is not None
    assert AuditEntry.objects.get(event="roll.freeze").acted_by_id is None
    assert vote.box.roll.size == 2 + 1  # Ann, Ben, Dirk


@pytest.mark.parametrize("state", ["PROPOSED", "ADMITTED", "VOTING", "APPEAL", "WITHDRAWN"])
def test_no_vote_is_opened_twice_or_at_another_time(
    reading: ValuedItem, residents_decide: None, state: str
) -> None:
    decision = make.value_decision(reading, state=state, consulted_until=NOW, low=400, high=900, step=50)

    with pytest.raises(MoveRefused):
        deciding.opened(decision)

    assert ValueVote.objects.count() == 0


def test_without_amounts_there_is_no_vote(
    molenwijk: Neighbourhood, reading: ValuedItem, residents_decide: None
) -> None:
    without_bounds = deciding.heard(reading, low=None, high=None, step=None)
    with pytest.raises(NoTerms):
        deciding.opened(without_bounds)

    deciding.rules(molenwijk, Decider.BOARD)
    without_amount = deciding.heard(make.item(molenwijk, "Soep koken"), proposed=None)
    with pytest.raises(NoTerms):
        deciding.opened(without_amount)

    assert BallotBox.objects.count() == 0


# --- In a meeting -----------------------------------------------------------------------------------------------------


def test_a_board_votes_in_a_meeting_that_is_going_on_and_the_chair_ends_it(
    molenwijk: Neighbourhood, reading: ValuedItem, board_decides: None, ann: User, ben: User
) -> None:
    meeting = democracy.meeting(molenwijk, starts_at=NOW - HOUR, state="INVITED", invited_at=NOW - 9 * DAY)
    decision = deciding.heard(reading)

    vote = deciding.opened(decision, actor=actor(ann), meeting=meeting)
    assert (vote.meeting, vote.box.closes_at) == (meeting, meeting.starts_at + 12 * HOUR)
    assert depends_on(meeting)
    deciding.says(vote, ann, "yes")
    decision = deciding.closed(decision, at=NOW + HOUR, by=ann)  # Ben is there and says nothing

    assert (decision.state, decision.decided, decision.decided_at) == ("APPEAL", 900, NOW + HOUR)
    assert not depends_on(meeting)


@pytest.mark.parametrize(
    ("starts_at", "state"),
    [
        pytest.param(NOW + HOUR, "INVITED", id="before it"),
        pytest.param(NOW - 12 * HOUR, "INVITED", id="long after it"),
        pytest.param(NOW - HOUR, "PLANNED", id="nobody was invited"),
        pytest.param(NOW - HOUR, "CANCELLED", id="called off"),
    ],
)
def test_a_vote_in_a_meeting_is_held_in_that_meeting(
    molenwijk: Neighbourhood,
    reading: ValuedItem,
    board_decides: None,
    ann: User,
    starts_at: datetime,
    state: str,
) -> None:
    meeting = democracy.meeting(molenwijk, starts_at=starts_at, state=state)

    with pytest.raises(NotDuringMeeting):
        deciding.opened(deciding.heard(reading), actor=actor(ann), meeting=meeting)


def test_the_meeting_of_others_is_none_and_residents_vote_in_no_meeting(
    molenwijk: Neighbourhood, sluiskade: Neighbourhood, reading: ValuedItem, ann: User
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)
    theirs = democracy.meeting(sluiskade, starts_at=NOW, state="INVITED")
    with pytest.raises(NotAllowed):
        deciding.opened(deciding.heard(reading), actor=actor(ann), meeting=theirs)

    deciding.rules(molenwijk)
    ours = democracy.meeting(molenwijk, starts_at=NOW, state="INVITED")
    with pytest.raises(NotAllowed):
        deciding.opened(deciding.heard(make.item(molenwijk, "Soep koken")), actor=actor(ann), meeting=ours)
