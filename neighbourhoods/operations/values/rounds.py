"""One vote about a value: its roll and box, from its opening to its count. Shared by the votes that decide and by those
in which a board confirms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed
from neighbourhoods.counting import Method
from neighbourhoods.models import (
    BallotBox,
    Decider,
    DecisionPolicy,
    Meeting,
    Roll,
    Secrecy,
    ValueDecision,
    ValueVote,
)
from neighbourhoods.operations import ballots, rolls
from neighbourhoods.operations.meetings.doors import leader_of
from neighbourhoods.operations.motions import MEETING_LASTS, NotDuringMeeting, StillRunning, VotesMissing
from neighbourhoods.operations.values.interests import step_aside
from neighbourhoods.queries.motions import everybody_voted
from neighbourhoods.queries.results import sheet_of
from neighbourhoods.queries.value_votes import OPTION
from neighbourhoods.states import MeetingState

# Who else is told that the board is asked to vote in writing. In the transaction of the deed, as its last step.
on_round: list[Callable[[ValueVote], None]] = []


def make_vote(
    *,
    decision: ValueDecision,
    decider: Decider,
    policy: DecisionPolicy,
    amount: int | None,
    meeting: Meeting | None,
    closes_at: datetime,
    actor: Actor,
    at: datetime,
    amounts: dict[str, Any] | None = None,
) -> ValueVote:
    """This will make a vote with its roll and box, open it, and have members with an interest step aside. `amounts` are
    what residents can choose from; without them it is a vote of yes and no about `amount`.

    Called within a transaction, with the decision locked. Who may open it was checked before.
    """
    place = decision.neighbourhood
    roll = rolls.build_roll(neighbourhood=place, policy=policy, reference_on=day_of(at), actor=actor, at=at)
    rolls.freeze_roll(roll=roll, actor=actor, at=at)
    box = BallotBox.objects.create(
        neighbourhood=place, policy=policy, roll=Roll.objects.get(pk=roll.pk),
        method=Method.MEDIAN if amounts else Method.YES_NO, options=[] if amounts else [OPTION],
        secrecy=Secrecy.RECORDED if decider == Decider.BOARD else Secrecy.SECRET,
        opens_at=at, closes_at=closes_at, **(amounts or {}),
    )  # fmt: skip
    vote = ValueVote.objects.create(
        decision=decision, number=decision.votes.count() + 1, decider=decider, box=box, amount=amount,
        meeting=meeting,
    )  # fmt: skip
    ballots.open_box(box=box, actor=actor, at=at)
    if decider == Decider.BOARD:
        step_aside(vote=vote, at=at)
        _tell_round(vote)
    return vote


def _tell_round(vote: ValueVote) -> None:
    """In a meeting everybody is there."""
    if vote.meeting_id is None:
        for function in on_round:
            function(vote)


def end_of_meeting(decision: ValueDecision, meeting: Meeting, at: datetime) -> datetime:
    """Until when a vote lasts in a meeting that is going on. It is locked: nobody calls it off meanwhile.

    :raises NotAllowed: for a meeting of another neighbourhood.
    :raises NotDuringMeeting: when it is not going on.
    """
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if found.neighbourhood_id != decision.neighbourhood_id:
        raise NotAllowed
    ends_at = found.starts_at + MEETING_LASTS
    if found.state not in {MeetingState.INVITED, MeetingState.HELD} or not found.starts_at <= at < ends_at:
        raise NotDuringMeeting
    return ends_at


def close_for_board(*, vote: ValueVote, actor: Actor, at: datetime) -> None:
    """This will end and count a vote of the board. Who has an interest by now steps aside first, whatever they voted.

    Called within a transaction, with the decision locked.

    :raises BoardOnly, LeadersOnly, StillRunning, VotesMissing: as `close_vote`.
    """
    if not actor.is_system:
        leader_of(actor, vote.decision.neighbourhood, at)
    if at < vote.box.closes_at:
        if actor.is_system:
            raise StillRunning
        if vote.meeting_id is None and not everybody_voted(vote.box):
            raise VotesMissing
    step_aside(vote=vote, at=at)
    ballots.close_box(box=vote.box, actor=actor, at=at)
    ballots.count_box(box=vote.box, actor=actor, at=at)


def counted_sheet(vote: ValueVote) -> dict[str, Any]:
    """The sheet of a vote, read anew: it was counted a moment ago."""
    return sheet_of(BallotBox.objects.select_related("result").get(pk=vote.box_id))


def came_about(sheet: dict[str, Any]) -> bool:
    """Whether enough people voted, and anybody at all: of a median, whether somebody named an amount."""
    counts = sheet["valid"] if sheet["method"] == Method.MEDIAN else sheet["cast"]
    return bool(sheet["outcome"]["has_quorum"] and counts)


def says_no(sheet: dict[str, Any]) -> bool:
    """Whether those who voted no are more than a majority can bear, of all who said yes or no. Blank votes say neither,
    and a yes of too few is no answer."""
    counted, sums = sheet["options"][0], sheet["quorums"]["options"][0]["majority"]
    (part, whole), yes, said = sums["majority"], counted["yes"], counted["yes"] + counted["no"]
    is_borne = yes * whole > part * said if sums["is_strict"] else yes * whole >= part * said
    return bool(counted["no"]) and not is_borne


def says_yes(sheet: dict[str, Any]) -> bool:
    """Whether it was adopted. Who names an amount says yes to a value."""
    return sheet["method"] == Method.MEDIAN or OPTION in sheet["outcome"]["adopted"]
