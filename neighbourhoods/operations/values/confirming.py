"""What residents chose, before the board: it confirms, sends it back once with reasons, or says nothing in time and so
lets it stand."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.amounts import format_amount
from core.clock import day_of
from core.refusals import Refusal
from core.states import MoveRefused, transition
from neighbourhoods.models import Decider, Meeting, Subject, ValueDecision, ValueVote
from neighbourhoods.operations.ballots import HasInterest
from neighbourhoods.operations.elections.freezing import check_moment
from neighbourhoods.operations.meetings.doors import leader_of
from neighbourhoods.operations.values.outcome import settle
from neighbourhoods.operations.values.proposing import about, locked
from neighbourhoods.operations.values.rounds import (
    came_about,
    close_for_board,
    counted_sheet,
    end_of_meeting,
    make_vote,
    says_no,
    says_yes,
)
from neighbourhoods.permissions import check
from neighbourhoods.queries.motions import votes_of
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.queries.value_votes import (
    margin_of,
    residents_amount,
    running_confirmation,
    was_sent_back,
)
from neighbourhoods.queries.values import has_interest
from neighbourhoods.states import ValueState


class OutsideMargin(Refusal):
    """The board confirms what residents chose and chooses nothing else. Details: `low`, `high`, as they are written."""

    code = "outside_margin"
    sentence = _(
        "Choose an amount from %(low)s to %(high)s. Further from what residents chose the board cannot go."
    )
    field = "amount"


class NothingToConfirm(Refusal):
    """Residents chose that it has no value any more: there is no amount."""

    code = "nothing_to_confirm"
    sentence = _("Residents chose that this has no value any more. Leave the amount empty.")
    field = "amount"


class ConfirmationRunning(Refusal):
    """One vote at a time about the same question."""

    code = "confirmation_running"
    sentence = _("The board votes on this already. Wait until that vote is over.")


class TooLateToConfirm(Refusal):
    """The days of the board are over: what residents chose stands."""

    code = "too_late_to_confirm"
    sentence = _("The time of the board to answer is over. What residents chose stands.")


def open_confirmation(
    *, decision: ValueDecision, amount: int | None, meeting: Meeting | None = None, actor: Actor, at: datetime
) -> ValueVote:
    """This will have the board vote on what residents chose: at that amount or at one (minor units) within the margin
    of the policy. It follows the rules for decisions of the board as they are now, in a written round or in a `meeting`
    that is going on, and ends in any case when the time of the board is over.

    Who has an interest may put the amount of the residents before the board, and no other.

    :raises BoardOnly, LeadersOnly: to anybody but who leads the board.
    :raises OutsideMargin, NothingToConfirm: for an amount that the board cannot choose.
    :raises HasInterest: to who has an interest and asks for another amount.
    :raises TooLateToConfirm: when the time of the board is over.
    :raises ConfirmationRunning: while the board votes on it.
    :raises NotDuringMeeting, NotAllowed: as `open_vote`.
    :raises NoPolicy: when nobody said yet how the board decides.
    :raises MoveRefused: when it does not wait for the board.
    """
    person = leader_of(actor, decision.neighbourhood, at)
    with transaction.atomic():
        found = locked(decision)
        until = _until(found)
        if at >= until:
            raise TooLateToConfirm
        if running_confirmation(found) is not None:
            raise ConfirmationRunning
        _check_amount(found, amount)
        if amount != residents_amount(found) and has_interest(found, person, day_of(at)):
            raise HasInterest
        policy = policy_for(found.neighbourhood, Subject.MOTION)
        closes_at = at + timedelta(days=policy.voting_days)
        if meeting is not None:
            closes_at = end_of_meeting(found, meeting, at)
        return make_vote(
            decision=found, decider=Decider.BOARD, policy=policy, amount=amount, meeting=meeting,
            closes_at=min(closes_at, until), actor=actor, at=at,
        )  # fmt: skip


def close_confirmation(*, decision: ValueDecision, actor: Actor, at: datetime) -> None:
    """This will end the vote of the board and write down what came of it. With a yes it is decided. With a no it goes
    back to the residents, the first time, with the reasons of who voted no; the second time it is rejected for them.
    When too few voted, or left it blank, nothing is decided, and the board can vote again until its time is over.

    Who may end it, and when: as `close_vote`.

    :raises BoardOnly, LeadersOnly, StillRunning, VotesMissing: as `close_vote`.
    :raises MoveRefused: when there is no such vote going on.
    """
    with transaction.atomic():
        found = locked(decision)
        _until(found)
        vote = running_confirmation(found)
        if vote is None:
            raise MoveRefused
        close_for_board(vote=vote, actor=actor, at=at)
        sheet = counted_sheet(vote)
        if came_about(sheet):
            if says_yes(sheet):
                settle(decision=found, event="confirm", amount=vote.amount, actor=actor, at=at)
            elif says_no(sheet):
                _say_no(found, vote, actor, at)
    decision.refresh_from_db()


def stay_silent(*, decision: ValueDecision, actor: Actor, at: datetime) -> None:
    """This will let stand what residents chose, because the board did not answer in its time.

    :raises NotAllowed: to anybody but the system.
    :raises NotYet: before that time is over.
    :raises ConfirmationRunning: until the last vote of the board is counted.
    :raises MoveRefused: when it does not wait for the board.
    """
    check(actor.is_system)
    with transaction.atomic():
        found = locked(decision)
        check_moment(_until(found), at)
        if running_confirmation(found) is not None:
            raise ConfirmationRunning
        amount = residents_amount(found)
        settle(decision=found, event="stay_silent", amount=amount, actor=actor, at=at)
    decision.refresh_from_db()


def _until(decision: ValueDecision) -> datetime:
    """Until when the board can answer.

    :raises MoveRefused: when nothing waits for it.
    """
    if decision.state != ValueState.AWAITING_BOARD or decision.board_until is None:
        raise MoveRefused
    return decision.board_until


def _check_amount(decision: ValueDecision, amount: int | None) -> None:
    margin = margin_of(decision)
    if margin is None:
        if amount is not None:
            raise NothingToConfirm
    elif amount is None or not margin.low <= amount <= margin.high:
        decimals, language = decision.neighbourhood.coin.decimals, get_language() or "nl"
        low, high = (format_amount(one, language, decimals) for one in (margin.low, margin.high))
        raise OutsideMargin(low=low, high=high)


def _say_no(decision: ValueDecision, vote: ValueVote, actor: Actor, at: datetime) -> None:
    """Back to the residents, with time to react before they vote anew; what they react to can be changed again."""
    reasons = "\n".join(one.reason for one in votes_of(vote.box) if one.choice == "no")
    by = about(decision)
    if was_sent_back(decision):
        transition(decision, "reject", actor=actor, at=at, about=by, reason=reasons)
        return
    until = at + timedelta(days=decision.policy.consultation_days)
    transition(
        decision, "send_back", actor=actor, at=at, about=by, reason=reasons,
        along={"consulted_until": until, "board_until": None},
    )  # fmt: skip
