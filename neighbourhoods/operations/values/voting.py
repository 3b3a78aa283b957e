"""The vote about a value: of the residents, each with an amount of their own and in secret, or of the board, with names
and about one amount. What comes of it is the sum alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import (
    BallotBox,
    Decider,
    Meeting,
    ValueDecision,
    ValueVote,
)
from neighbourhoods.operations import ballots
from neighbourhoods.operations.elections.freezing import check_moment
from neighbourhoods.operations.elections.words import in_our_language
from neighbourhoods.operations.meetings.doors import leader_of
from neighbourhoods.operations.motions import StillRunning
from neighbourhoods.operations.values.outcome import settle
from neighbourhoods.operations.values.proposing import about, locked
from neighbourhoods.operations.values.rounds import (
    came_about,
    close_for_board,
    counted_sheet,
    end_of_meeting,
    make_vote,
    says_yes,
)
from neighbourhoods.permissions import check, may_run_elections
from neighbourhoods.queries.items import value_on
from neighbourhoods.queries.results import NotCounted
from neighbourhoods.queries.value_votes import last_vote
from neighbourhoods.states import VALUE_DECISION, BoxState

NO_BY = {
    Decider.BOARD: _("The board voted no."),
    Decider.RESIDENTS: _("The residents want it to keep its value."),  # they say no to its ending alone
}


class NoTerms(Refusal):
    """There is no amount to say yes or no to, or there are none to choose from."""

    code = "value_without_terms"
    sentence = _(
        "Write down first which amount the vote is about, or from which to which residents can choose."
    )


def open_vote(
    *, decision: ValueDecision, meeting: Meeting | None = None, actor: Actor, at: datetime
) -> ValueVote:
    """This will let voting begin, once everybody had the time to react. Who lives there today, or sits on the board, is
    on the roll; it is built and frozen at this moment.

    The residents, and the board in a written round, have as many days as the policy says. With a `meeting` that is
    going on the board votes there. Members with an interest step aside at once.

    :raises BoardOnly, LeadersOnly: to anybody but the system and who leads the board.
    :raises NotYet: while people can still react.
    :raises NoTerms: when nobody said yet what the vote is about.
    :raises NotDuringMeeting: when that meeting is not going on.
    :raises NotAllowed: for a meeting of another neighbourhood, and for a vote of the residents in a meeting.
    :raises MoveRefused: when it is voted on, was decided or taken back.
    """
    if not actor.is_system:
        leader_of(actor, decision.neighbourhood, at)
    with transaction.atomic():
        found = locked(decision)
        VALUE_DECISION.after(found.state, "open_vote")
        if found.consulted_until is not None:
            check_moment(found.consulted_until, at)
        if found.policy.decider == Decider.BOARD:
            vote = _open_for_board(found, meeting, actor, at)
        else:
            check(meeting is None)
            vote = _open_for_residents(found, at)
        transition(decision, "open_vote", actor=actor, at=at, about=about(found))
    return vote


def close_vote(*, decision: ValueDecision, actor: Actor, at: datetime) -> None:
    """This will end the vote, count it and write down what was decided: the sheet says so, nobody else does.

    The system ends it when its time is over. Who leads the board ends its vote in a meeting whenever all have spoken,
    and a written round as soon as everybody has voted.

    A secret vote is closed and counted in transactions of their own, which can be taken up where they were interrupted.

    :raises NotAllowed, BoardOnly, LeadersOnly: to whoever may not.
    :raises StillRunning: before the time is over.
    :raises VotesMissing: to who would cut a written round short.
    :raises PaperMissing, UrnDoesNotAddUp: as `ballots.count_box`, while ballots on paper are missing.
    :raises MoveRefused: when there is no vote going on.
    """
    fresh = ValueDecision.objects.select_related("neighbourhood").get(pk=decision.pk)
    VALUE_DECISION.after(fresh.state, "decide")
    vote = last_vote(fresh)
    assert vote is not None  # noqa: S101 - nothing comes to VOTING without one
    if vote.decider == Decider.BOARD:
        with transaction.atomic():
            found = locked(decision)
            VALUE_DECISION.after(found.state, "decide")
            close_for_board(vote=vote, actor=actor, at=at)
            _write_outcome(decision, found, vote, actor, at)
        return
    check(may_run_elections(actor, fresh.neighbourhood, day_of(at)))
    _close_for_residents(vote.box, actor, at)
    with transaction.atomic():
        found = locked(decision)
        VALUE_DECISION.after(found.state, "decide")
        _write_outcome(decision, found, vote, actor, at)


# --- Opening ----------------------------------------------------------------------------------------------------------


def _open_for_residents(decision: ValueDecision, at: datetime) -> ValueVote:
    """By the system: a board neither keeps the roll of the residents nor runs their vote."""
    amounts: dict[str, Any] = {}
    if not decision.is_ending:
        if decision.low is None or decision.high is None or decision.step is None:
            raise NoTerms
        present = value_on(decision.item, day_of(at))
        amounts = {"low": decision.low, "high": decision.high, "step": decision.step, "present": present}
    return make_vote(
        decision=decision, decider=Decider.RESIDENTS, policy=decision.policy, amount=None, meeting=None,
        closes_at=at + timedelta(days=decision.policy.voting_days), actor=Actor.system(), at=at, amounts=amounts,
    )  # fmt: skip


def _open_for_board(
    decision: ValueDecision, meeting: Meeting | None, actor: Actor, at: datetime
) -> ValueVote:
    if decision.proposed is None and not decision.is_ending:
        raise NoTerms
    closes_at = at + timedelta(days=decision.policy.voting_days)
    if meeting is not None:
        closes_at = end_of_meeting(decision, meeting, at)
    return make_vote(
        decision=decision, decider=Decider.BOARD, policy=decision.policy, amount=decision.proposed,
        meeting=meeting, closes_at=closes_at, actor=actor, at=at,
    )  # fmt: skip


# --- Closing ----------------------------------------------------------------------------------------------------------


def _close_for_residents(box: BallotBox, actor: Actor, at: datetime) -> None:
    """Each step when it was not done before: a process may have ended in between."""
    if box.state == BoxState.OPEN:
        if at < box.closes_at:
            raise StillRunning
        ballots.close_box(box=box, actor=actor, at=at)
    if box.state != BoxState.COUNTED:
        ballots.count_box(box=box, actor=actor, at=at)


def _write_outcome(
    decision: ValueDecision, found: ValueDecision, vote: ValueVote, actor: Actor, at: datetime
) -> None:
    sheet = counted_sheet(vote)
    by: dict[str, Any] = {"actor": actor, "at": at, "about": about(found)}
    if not came_about(sheet):
        transition(decision, "miss_quorum", reason=_in_words(_("Too few people voted.")), **by)
    elif not says_yes(sheet):
        transition(decision, "reject", reason=_in_words(NO_BY[Decider(vote.decider)]), **by)
    elif vote.decider == Decider.RESIDENTS and found.policy.decider == Decider.BOTH:
        until = at + timedelta(days=found.policy.voting_days)
        transition(decision, "ask_board", along={"board_until": until}, **by)
    else:
        amount = vote.amount if vote.decider == Decider.BOARD else sheet["outcome"].get("amount")
        settle(decision=found, event="decide", amount=amount, actor=actor, at=at)
        decision.refresh_from_db()


def _in_words(reason: Any) -> str:
    """A reason that the site itself gives, as it is kept."""
    with in_our_language():
        return str(reason)


@VALUE_DECISION.guard("decide")
@VALUE_DECISION.guard("ask_board")
@VALUE_DECISION.guard("reject")
@VALUE_DECISION.guard("miss_quorum")
@VALUE_DECISION.guard("confirm")
@VALUE_DECISION.guard("send_back")
def was_counted(decision: ValueDecision, _actor: Actor) -> None:
    """What was decided is what the sheet says: nobody decides anything without a count."""
    vote = last_vote(decision)
    if vote is None or vote.box.state != BoxState.COUNTED:
        raise NotCounted
