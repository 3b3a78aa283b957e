"""The municipality answers about values: outside its guideline, or for which the pots hold too little."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused, transition
from neighbourhoods.models import ConsentAbout, ValueConsent, ValueDecision
from neighbourhoods.operations.values.window import appeal_window
from neighbourhoods.permissions import acting_person, check, seat_in_force
from neighbourhoods.queries.consents import is_involved, matter_about, was_answered
from neighbourhoods.queries.guidelines import has_say
from neighbourhoods.states import ValueState
from people.models import Party

LONGEST_REASON: Final = 1000


class OnItsBoard(Refusal):
    """Whoever sits on the board does not answer for the municipality about its neighbourhood."""

    code = "consent_on_its_board"
    sentence = _("You are on the board of this neighbourhood. Ask a colleague to answer.")


class HasPart(Refusal):
    """They proposed it, or have an office or an interest in an organisation that it concerns."""

    code = "consent_has_part"
    sentence = _("You proposed this, or it concerns an organisation of yours. Ask a colleague to answer.")


class AnswerNeedsReason(Refusal):
    """Everybody can read why the municipality agrees or not."""

    code = "consent_needs_reason"
    sentence = _("Write down why, in no more than 1000 characters and without names.")
    field = "reason"


class NothingAsked(Refusal):
    """The pots hold enough by now, it was answered, or it is not decided yet."""

    code = "consent_not_asked"
    sentence = _("Nothing is asked of the municipality about this now. Look at where the decision stands.")


def answer_guideline(
    *, decision: ValueDecision, consents: bool, reason: str, actor: Actor, at: datetime
) -> ValueConsent:
    """Say for the municipality whether a decided value may lie outside its guideline. With its consent it is open to
    appeal from now on; without it the decision is rejected.

    :raises NotAllowed: to anybody but the owners and finance people of the municipality.
    :raises OnItsBoard, HasPart: to one of them who has a part in it.
    :raises AnswerNeedsReason: without reasons.
    :raises MoveRefused: when it does not wait for this.
    """
    person = _check_answers(decision, actor, at)
    words = _words(reason)
    proposer = [decision.proposed_by] if decision.proposed_by else []
    with transaction.atomic():
        if consents:
            along = appeal_window(decision, at)
            transition(decision, "consent", actor=actor, at=at, about=(person,), along=along)
        else:
            transition(decision, "refuse_consent", actor=actor, at=at, about=(*proposer, person))
        return _answer(decision, ConsentAbout.GUIDELINE, consents, words, person, at)


def answer_cover(
    *, decision: ValueDecision, consents: bool, reason: str, actor: Actor, at: datetime
) -> ValueConsent:
    """Say for the municipality whether a value may come into force though the pots hold too little for it, or nobody
    knows how much it costs. Without its consent the value waits until there is enough; a no can be followed by a yes.

    :raises NotAllowed, OnItsBoard, HasPart, AnswerNeedsReason: as `answer_guideline`.
    :raises NothingAsked: when the pots hold enough, or it was answered.
    :raises MoveRefused: when it is not decided yet, in force already, or annulled.
    """
    person = _check_answers(decision, actor, at)
    words = _words(reason)
    with transaction.atomic():
        rows = ValueDecision.objects.select_for_update(of=("self",), no_key=True)
        found = rows.select_related("neighbourhood__coin", "item__category", "policy").get(pk=decision.pk)
        if found.state != ValueState.APPEAL:
            raise MoveRefused
        if matter_about(found, day_of(at)) is None or (not consents and was_answered(found)):
            raise NothingAsked
        answer = _answer(found, ConsentAbout.COVER, consents, words, person, at)
        word = "yes" if consents else "no"
        record("value_decision.answer_cover", subject=found, actor=actor, at=at, about=[person], after=word)
    return answer


def check_has_no_part(decision: ValueDecision, person: Party, on: date) -> None:
    """Whoever answers for the municipality stands apart from what was decided, under whichever of their numbers.

    :raises OnItsBoard, HasPart: to who does not.
    """
    if seat_in_force(person, decision.neighbourhood, on) is not None:
        raise OnItsBoard
    if is_involved(decision, person, on):
        raise HasPart


def _check_answers(decision: ValueDecision, actor: Actor, at: datetime) -> Party:
    """The person who answers. The system answers nothing."""
    person, on = acting_person(actor), day_of(at)
    if person is None:
        raise NotAllowed
    check(has_say(person, decision.neighbourhood.municipality, on))
    check_has_no_part(decision, person, on)
    return person


def _words(reason: str) -> str:
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise AnswerNeedsReason
    return words


def _answer(
    decision: ValueDecision, about: str, consents: bool, reason: str, person: Party, at: datetime
) -> ValueConsent:
    return ValueConsent.objects.create(
        decision=decision,
        about=about,
        is_given=consents,
        reason=reason,
        given_by_id=person.canonical_id,
        at=at,
    )
