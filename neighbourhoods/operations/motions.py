"""Proposals to the board, decided with names: in a meeting on whose agenda they stand, or in a written round."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused, transition
from neighbourhoods.models import (
    BallotBox,
    DecisionPolicy,
    Meeting,
    Neighbourhood,
    Proposal,
    ProposalKind,
    Roll,
    Subject,
)
from neighbourhoods.operations import ballots, rolls
from neighbourhoods.operations.meetings.doors import (
    AgendaFixed,
    leader_of,
    locked_in_preparation,
    member_of,
)
from neighbourhoods.operations.meetings.hooks import tell_round
from neighbourhoods.permissions import acting_person, is_self
from neighbourhoods.queries.meetings import leads_board
from neighbourhoods.queries.motions import everybody_voted, is_left_behind
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.queries.results import NotCounted, sheet_of
from neighbourhoods.queries.seats import seats_of
from neighbourhoods.states import PROPOSAL, BoxState, MeetingState, ProposalState

OPTION = "1"
# Nobody is still there after so long; a vote that the chair forgot to close ends then.
MEETING_LASTS = timedelta(hours=12)


class NoRound(Refusal):
    """A board decides together: in a meeting, or in a written round of which all members know."""

    code = "no_round"
    sentence = _("Put this proposal on the agenda of a meeting, or begin a written round.")


class NotDuringMeeting(Refusal):
    """The vote of a meeting is held in that meeting."""

    code = "not_during_meeting"
    sentence = _("The vote can be opened from the beginning of the meeting, until twelve hours later.")


class StandsOnAgenda(Refusal):
    """It will be decided in a meeting. Who comes for it should find it there."""

    code = "stands_on_agenda"
    sentence = _("This proposal stands on the agenda of a meeting. It is decided there.")


class VotesMissing(Refusal):
    """A written round gives everybody the days that were promised."""

    code = "votes_missing"
    sentence = _("Not everybody has voted yet. A written round ends early only when all members have voted.")


class StillRunning(Refusal):
    """The clock ends a vote when its time has come, and no earlier."""

    code = "vote_still_running"
    sentence = _("The time to vote is not over yet.")


class ProposerOnly(Refusal):
    """Words are changed, and taken back, by who wrote them."""

    code = "proposer_only"
    sentence = _("Only who made this proposal can change it or take it back.")


def propose(
    *,
    neighbourhood: Neighbourhood,
    title: str,
    text: str,
    language: str,
    meeting: Meeting | None,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> Proposal:
    """Put something to the board, at once on the agenda of a meeting or on none. The same form again gives the same.

    :raises BoardOnly: to whoever is not on the board.
    :raises AgendaFixed: when the invitation to that meeting has gone out.
    :raises NoPolicy: when nobody said yet how the board decides.
    """
    person = member_of(actor, neighbourhood, at)
    with transaction.atomic():
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        known = Proposal.objects.filter(neighbourhood=neighbourhood, key=key).first()
        if known:
            return known
        made = Proposal.objects.create(
            neighbourhood=neighbourhood, policy=policy_for(neighbourhood, Subject.MOTION), kind=ProposalKind.MOTION,
            title=title, text=text, language=language, proposed_by_id=person.canonical_id, proposed_at=at,
            meeting=_agenda_of(neighbourhood, meeting), key=key,
        )  # fmt: skip
        record("proposal.propose", subject=made, actor=actor, at=at, about=[made.proposed_by])
    return made


def change_motion(*, proposal: Proposal, title: str, text: str, actor: Actor, at: datetime) -> None:
    """Change the words of a proposal that nobody was invited to decide yet.

    :raises BoardOnly: to whoever is not on the board.
    :raises ProposerOnly: to the other members.
    :raises AgendaFixed: when it stands on an agenda that was sent.
    :raises MoveRefused: when it is voted on, decided or taken back.
    """
    member_of(actor, proposal.neighbourhood, at)
    with transaction.atomic():
        found = _locked(proposal)
        _check_free(found)
        if not is_self(actor, found.proposed_by):
            raise ProposerOnly
        Proposal.objects.filter(pk=found.pk).update(title=title, text=text)
        record("proposal.change", subject=found, actor=actor, at=at, about=[found.proposed_by])
    proposal.refresh_from_db()


def put_on_agenda(*, proposal: Proposal, meeting: Meeting | None, actor: Actor, at: datetime) -> None:
    """Put a proposal on the agenda of a meeting, or with None take it off again.

    :raises BoardOnly: to whoever is not on the board.
    :raises AgendaFixed: when an invitation with it, or to that meeting, has gone out.
    :raises MoveRefused: when it is voted on, decided or taken back.
    """
    member_of(actor, proposal.neighbourhood, at)
    with transaction.atomic():
        found = _locked(proposal, meeting)
        _check_free(found)
        Proposal.objects.filter(pk=found.pk).update(meeting=_agenda_of(found.neighbourhood, meeting))
        record("proposal.change", subject=found, actor=actor, at=at, about=[found.proposed_by])
    proposal.refresh_from_db()


def withdraw_motion(*, proposal: Proposal, actor: Actor, at: datetime) -> None:
    """Take back one's own proposal, before the vote. What a member left behind is taken back by chair or secretary.

    :raises ProposerOnly: to anybody else.
    :raises MoveRefused: once it is voted on, decided or taken back.
    """
    on, person = day_of(at), acting_person(actor)
    if not is_self(actor, proposal.proposed_by):
        leads = person is not None and leads_board(person, proposal.neighbourhood, on)
        if not (leads and is_left_behind(proposal, on)):
            raise ProposerOnly
    transition(proposal, "withdraw", actor=actor, at=at, about=(proposal.proposed_by,))


def open_vote(*, proposal: Proposal, in_writing: bool, actor: Actor, at: datetime) -> None:
    """Open the vote of the board: in the meeting on whose agenda it stands, or in a written round of as many days as
    the policy says. Who sits on the board today is on the roll; the policy of today holds until the end.

    :raises BoardOnly, LeadersOnly: to whoever may not.
    :raises NoRound: when it stands on no agenda and no written round is asked for.
    :raises NotDuringMeeting: before that meeting begins, or long after it.
    :raises StandsOnAgenda: for a written round about what a meeting will decide.
    :raises MoveRefused: when it is voted on, decided or taken back.
    """
    leader_of(actor, proposal.neighbourhood, at)
    with transaction.atomic():
        found = _locked(proposal)
        PROPOSAL.after(found.state, "open_vote")
        policy = policy_for(found.neighbourhood, Subject.MOTION)
        if in_writing:
            _check_in_writing(found, at)
            closes_at, meeting = at + timedelta(days=policy.voting_days), None
        else:
            closes_at, meeting = _end_of_meeting(found, at), found.meeting
        box = _open_box(found, policy, closes_at=closes_at, actor=actor, at=at)
        transition(
            proposal, "open_vote", actor=actor, at=at, about=(found.proposed_by,),
            along={"box": box, "policy": policy, "meeting": meeting, "is_written_round": in_writing},
        )  # fmt: skip
        if in_writing:
            tell_round(proposal)


def close_vote(*, proposal: Proposal, actor: Actor, at: datetime) -> None:
    """End the vote, count it and write down what was decided. The system does so when the time is over; the chair in a
    meeting whenever all have spoken, in a written round as soon as everybody has voted.

    :raises StillRunning: to the system, before the time is over.
    :raises BoardOnly, LeadersOnly: to whoever may not.
    :raises VotesMissing: to a chair who would cut a written round short.
    :raises MoveRefused: when there is no vote going on.
    """
    if not actor.is_system:
        leader_of(actor, proposal.neighbourhood, at)
    with transaction.atomic():
        found = _locked(proposal)
        PROPOSAL.after(found.state, "adopt")
        box = found.box
        assert box is not None  # noqa: S101 - VOTING has a box; the database says so too
        if at < box.closes_at:
            _check_early(found, box, actor)
        ballots.close_box(box=box, actor=actor, at=at)
        ballots.count_box(box=box, actor=actor, at=at)
        proposal.box = BallotBox.objects.get(pk=box.pk)
        transition(proposal, _event(proposal.box), actor=actor, at=at, about=(found.proposed_by,))


def _locked(proposal: Proposal, *others: Meeting | None) -> Proposal:
    """The proposal, then the meetings that it stands at and may stand at, in the order of their keys: while it moves,
    no invitation goes out, and no meeting is called off while a vote is opened in it.

    :raises MoveRefused: for what the board does not decide.
    """
    along = ("neighbourhood", "box__roll", "proposed_by")
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(*along)
    found = rows.get(pk=proposal.pk)
    if found.kind != ProposalKind.MOTION:
        raise MoveRefused
    standing = [found.meeting_id] if found.meeting_id else []
    keys = {*standing, *(other.pk for other in others if other)}
    meetings = {one.pk: one for one in Meeting.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    found.meeting = meetings[found.meeting_id] if found.meeting_id else None
    return found


def _check_free(proposal: Proposal) -> None:
    """Whether nobody was invited to decide this. The agenda of a meeting that was called off binds nobody, nor does
    that of one that ended without a vote about it."""
    if proposal.state != ProposalState.PROPOSED:
        raise MoveRefused
    if proposal.meeting is not None and proposal.meeting.state == MeetingState.INVITED:
        raise AgendaFixed


def _agenda_of(neighbourhood: Neighbourhood, meeting: Meeting | None) -> Meeting | None:
    if meeting is None:
        return None
    found = locked_in_preparation(meeting)
    if found.neighbourhood_id != neighbourhood.pk:
        raise NotAllowed
    return found


def _end_of_meeting(proposal: Proposal, at: datetime) -> datetime:
    meeting = proposal.meeting
    if meeting is None:
        raise NoRound
    ends_at = meeting.starts_at + MEETING_LASTS
    if (
        meeting.state not in {MeetingState.INVITED, MeetingState.HELD}
        or not meeting.starts_at <= at < ends_at
    ):
        raise NotDuringMeeting
    return ends_at


def _check_in_writing(proposal: Proposal, at: datetime) -> None:
    """What stands on the agenda of a meeting that was called off, or ended without a vote, is free again."""
    meeting = proposal.meeting
    if meeting is None or meeting.state == MeetingState.CANCELLED:
        return
    if at < meeting.starts_at + MEETING_LASTS:
        raise StandsOnAgenda


def _open_box(
    proposal: Proposal, policy: DecisionPolicy, *, closes_at: datetime, actor: Actor, at: datetime
) -> BallotBox:
    place = proposal.neighbourhood
    roll = rolls.build_roll(neighbourhood=place, policy=policy, reference_on=day_of(at), actor=actor, at=at)
    rolls.freeze_roll(roll=roll, actor=actor, at=at)
    box = BallotBox.objects.create(
        neighbourhood=place, policy=policy, roll=Roll.objects.get(pk=roll.pk), method=policy.method,
        secrecy=policy.secrecy, options=[OPTION], opens_at=at, closes_at=closes_at,
    )  # fmt: skip
    ballots.open_box(box=box, actor=actor, at=at)
    return box


def _check_early(proposal: Proposal, box: BallotBox, actor: Actor) -> None:
    if actor.is_system:
        raise StillRunning
    if proposal.is_written_round and not everybody_voted(box):
        raise VotesMissing


def _event(box: BallotBox) -> str:
    outcome = sheet_of(box)["outcome"]
    if not outcome["has_quorum"]:
        return "miss_quorum"
    return "adopt" if OPTION in outcome["adopted"] else "reject"


@PROPOSAL.guard("adopt")
@PROPOSAL.guard("reject")
@PROPOSAL.guard("miss_quorum")
def was_counted(proposal: Proposal, actor: Actor) -> None:
    """What was decided is what the sheet says: nobody adopts anything without a count."""
    if proposal.box is None or proposal.box.state != BoxState.COUNTED:
        raise NotCounted


@PROPOSAL.guard("open_vote")
def has_a_round(proposal: Proposal, actor: Actor) -> None:
    """Only the board's own proposals are voted on so."""
    if proposal.kind != ProposalKind.MOTION:
        raise MoveRefused


@PROPOSAL.guard("withdraw")
def ones_own_words(proposal: Proposal, actor: Actor) -> None:
    """A person takes it back, and one who sits or sat there; which one says `withdraw_motion`, which knows the day."""
    person = acting_person(actor)
    if proposal.kind == ProposalKind.MOTION and (
        person is None or not seats_of(person).filter(neighbourhood=proposal.neighbourhood_id).exists()
    ):
        raise ProposerOnly
