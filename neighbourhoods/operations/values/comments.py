"""Reactions to a proposed value, with names. A board hides one only with a reason that stands in its place."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import NotAllowed, Refusal
from neighbourhoods.models import ValueComment, ValueDecision
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.operations.values.leading import leader_about
from neighbourhoods.operations.values.proposing import locked, reason_for_all
from neighbourhoods.permissions import acting_person
from neighbourhoods.states import ValueState
from people.models import Party
from people.queries import numbers_of

LONGEST, LONGEST_REASON = 1000, 300
MOST_REACTIONS: Final = 10


class NoReactionsNow(Refusal):
    """People can react during the consultation."""

    code = "value_no_reactions_now"
    sentence = _(
        "You can react from the day that this is put before everybody until the vote. That is not now."
    )


class ReactionMissing(Refusal):
    """There is something to read, and not too much of it."""

    code = "value_reaction_missing"
    sentence = _("Write your reaction in no more than 1000 characters.")
    field = "text"


class TooManyReactions(Refusal):
    """Others want to be read too. Details: `most`."""

    code = "value_too_many_reactions"
    sentence = _("You have reacted %(most)d times already. Leave room for others.")


class AlreadyHidden(Refusal):
    """Somebody else of the board was quicker."""

    code = "value_reaction_hidden"
    sentence = _("This reaction is hidden already.")


class NotHidden(Refusal):
    """There is nothing to show again."""

    code = "value_reaction_not_hidden"
    sentence = _("This reaction is not hidden.")


def comment(
    *, decision: ValueDecision, text: str, language: str, key: UUID, actor: Actor, at: datetime
) -> ValueComment:
    """React to a proposal while it is open for that, with one's name. The same key again gives the same.

    :raises NotAllowed: to the system.
    :raises ReactionMissing: without words, or with too many.
    :raises NoReactionsNow: before and after the consultation.
    :raises TooManyReactions: after ten of one's own.
    :raises FormUsed: when the form was another person's.
    """
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    words = text.strip()
    if not 0 < len(words) <= LONGEST:
        raise ReactionMissing
    with transaction.atomic():
        found = locked(decision)
        same = ValueComment.objects.filter(key=key).first()
        if same:
            return _own(same, found, person)
        _check_open(found, person, at)
        made = ValueComment.objects.create(
            decision=found, author_id=person.canonical_id, text=words, language=language, at=at, key=key
        )
        record("value_comment.write", subject=made, actor=actor, at=at, about=[made.author])
    return made


def hide_comment(*, comment: ValueComment, reason: str, actor: Actor, at: datetime) -> None:
    """Hide a reaction. The reason stands in its place for everybody to read.

    :raises BoardOnly, LeadersOnly, HasInterest: to whoever may not.
    :raises NeedsReason, ReasonTooLong: without one, or with more than fits there.
    :raises AlreadyHidden: when it is.
    """
    leader = leader_about(actor, comment.decision, at)
    words = reason_for_all(reason, LONGEST_REASON)
    with transaction.atomic():
        if _locked(comment).hidden_at is not None:
            raise AlreadyHidden
        ValueComment.objects.filter(pk=comment.pk).update(
            hidden_at=at, hidden_by=leader.canonical_id, hidden_reason=words
        )
        _record("value_comment.hide", comment, leader, actor=actor, at=at, reason=words)
    comment.refresh_from_db()


def show_comment(*, comment: ValueComment, actor: Actor, at: datetime) -> None:
    """Show a reaction again. That it was hidden, by whom and why, stays in the trail.

    :raises BoardOnly, LeadersOnly, HasInterest: to whoever may not.
    :raises NotHidden: when it is not.
    """
    leader = leader_about(actor, comment.decision, at)
    with transaction.atomic():
        if _locked(comment).hidden_at is None:
            raise NotHidden
        ValueComment.objects.filter(pk=comment.pk).update(hidden_at=None, hidden_by=None, hidden_reason="")
        _record("value_comment.show", comment, leader, actor=actor, at=at)
    comment.refresh_from_db()


def _check_open(decision: ValueDecision, person: Party, at: datetime) -> None:
    until = decision.consulted_until
    if decision.state != ValueState.CONSULTATION or until is None or at >= until:
        raise NoReactionsNow
    mine = decision.comments.filter(author__in=numbers_of(person).order_by())
    if mine.count() >= MOST_REACTIONS:
        raise TooManyReactions(most=MOST_REACTIONS)


def _own(made: ValueComment, decision: ValueDecision, person: Party) -> ValueComment:
    if made.decision_id != decision.pk or made.author.canonical_id != person.canonical_id:
        raise FormUsed
    return made


def _locked(comment: ValueComment) -> ValueComment:
    return ValueComment.objects.select_for_update(of=("self",), no_key=True).get(pk=comment.pk)


def _record(
    event: str, comment: ValueComment, leader: Party, *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    about = {party.pk: party for party in (comment.author, leader)}
    record(event, subject=comment, actor=actor, at=at, about=about.values(), reason=reason)
