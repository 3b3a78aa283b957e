"""Taking a proposal back before there is a vote."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import ValueDecision
from neighbourhoods.operations.meetings.doors import member_of
from neighbourhoods.operations.values.leading import leader_about
from neighbourhoods.operations.values.proposing import about, locked, reason_for_all
from neighbourhoods.permissions import is_self
from neighbourhoods.states import VALUE_DECISION, ValueState


class NotYourProposal(Refusal):
    """Who proposed it takes it back."""

    code = "value_not_your_proposal"
    sentence = _("Only who proposed this can take it back.")


class VotedOn(Refusal):
    """What residents said is not thrown away by who asked them."""

    code = "value_voted_on"
    sentence = _("Residents have already voted on this, so it cannot be taken back any more.")


def withdraw(*, decision: ValueDecision, reason: str, actor: Actor, at: datetime) -> None:
    """Take a proposal back before there is a vote, with a reason that everybody reads. Whoever proposed it does; a
    draft any member of the board, without a reason; what a signal of demand brought up, who leads the board.

    :raises NotYourProposal, BoardOnly, LeadersOnly: to anybody else. HasInterest: to a leader who has one.
    :raises NeedsReason, ReasonTooLong: without one, or with too many words.
    :raises VotedOn: when it was sent back after a vote of the residents.
    :raises MoveRefused: when it is voted on, decided or over.
    """
    with transaction.atomic():
        found = locked(decision)
        _check_may_withdraw(found, actor, at)
        VALUE_DECISION.after(found.state, "withdraw")
        needs_none = found.state == ValueState.DRAFT and not reason.strip()
        words = "" if needs_none else reason_for_all(reason)
        if found.votes.exists():
            raise VotedOn
        transition(decision, "withdraw", actor=actor, at=at, about=about(found), reason=words)


def _check_may_withdraw(decision: ValueDecision, actor: Actor, at: datetime) -> None:
    if decision.state == ValueState.DRAFT:
        member_of(actor, decision.neighbourhood, at)
    elif decision.proposed_by is None:
        leader_about(actor, decision, at)
    elif not is_self(actor, decision.proposed_by):
        raise NotYourProposal
