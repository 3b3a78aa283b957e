"""Objecting to one's own entry on a roll, before it is frozen."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Election, Roll, RollEntry, RollObjection
from neighbourhoods.operations.impartial import check_is_no_candidate
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.operations.rolls.build import OBJECTION, new_entry
from neighbourhoods.permissions import acting_person, check, check_not_own, is_self, may_run_elections
from neighbourhoods.queries.rolls import entry_of, open_objections
from neighbourhoods.states import ROLL_OBJECTION, RollState
from people.models import Party
from people.queries import canonical, numbers_of

LONGEST: Final = 2000


class RollFrozen(Refusal):
    """It is fixed who may vote."""

    code = "roll_frozen"
    sentence = _(
        "It is fixed who may vote. Objections are no longer possible; you can appeal after the result."
    )


class TooLateToObject(Refusal):
    """The moment at which the roll is to be frozen has passed, though somebody still waits for an answer."""

    code = "too_late_to_object"
    sentence = _("The time to object is over. You can appeal after the result.")


class AlreadyObjected(Refusal):
    """One at a time, also under a second number."""

    code = "already_objected"
    sentence = _("You already objected. Wait for the answer, or withdraw it first.")


class WordsMissing(Refusal):
    """An objection says what is wrong."""

    code = "objection_words_missing"
    sentence = _("Write down what is wrong, in no more than 2000 characters.")
    field = "text"


class AnswerMissing(Refusal):
    """Whoever objected may know why it was decided so."""

    code = "objection_answer_missing"
    sentence = _("Write down why you decide so, in no more than 2000 characters.")
    field = "answer"


def object_to_roll(
    *, roll: Roll, person: Party, text: str, key: uuid.UUID, actor: Actor, at: datetime
) -> RollObjection:
    """Say that one's own entry is wrong, or is missing. The same key again returns the objection that it made.

    :raises NotAllowed: about anybody but oneself.
    :raises WordsMissing: without words, or with too many.
    :raises RollFrozen: once the roll is frozen.
    :raises TooLateToObject: from the moment at which an election's roll is to be frozen.
    :raises AlreadyObjected: while another one waits.
    :raises FormUsed: when the form was another person's.
    """
    check(is_self(actor, person))
    words = _words(text, WordsMissing())
    with transaction.atomic():
        _lock_built(roll)
        mine = canonical(Party.objects.get(pk=person.pk))
        made = RollObjection.objects.filter(key=key).first()
        if made:
            return _own(made, roll, mine)
        _check_in_time(roll, at)
        if open_objections(roll).filter(person__in=numbers_of(mine)).exists():
            raise AlreadyObjected
        objection = RollObjection.objects.create(roll=roll, person=mine, text=words, filed_at=at, key=key)
        record(
            "roll_objection.file", subject=objection, actor=actor, at=at, about=[mine], after=objection.state
        )
    return objection


def withdraw_objection(*, objection: RollObjection, actor: Actor, at: datetime) -> None:
    """Whoever objected leaves it at that.

    :raises NotAllowed: to anybody else.
    :raises MoveRefused: when it was decided.
    """
    check(is_self(actor, objection.person))
    transition(objection, "withdraw", actor=actor, at=at, about=(objection.person,))


def decide_objection(
    *, objection: RollObjection, upheld: bool, answer: str, actor: Actor, at: datetime
) -> None:
    """Answer an objection, with reasons. Upheld: who was left out is on the roll, and who was on it is not.

    :raises NotAllowed: to anybody but the polling office.
    :raises OwnMatter: to whoever objected.
    :raises OfficerStands: to a candidate in that election.
    :raises AnswerMissing: without reasons.
    :raises RollFrozen: once the roll is frozen.
    :raises MoveRefused: when it was dealt with already.
    """
    officer = acting_person(actor)
    check(officer is not None and may_run_elections(actor, objection.roll.neighbourhood, day_of(at)))
    reasons = _words(answer, AnswerMissing())
    event = "uphold" if upheld else "dismiss"
    with transaction.atomic():
        roll = _lock_built(objection.roll)
        transition(objection, event, actor=actor, at=at, about=(objection.person,), along={"answer": reasons})
        if upheld:
            _turn(roll, objection.person)


@ROLL_OBJECTION.guard("uphold")
@ROLL_OBJECTION.guard("dismiss")
def without_interest(objection: RollObjection, actor: Actor) -> None:
    """Nobody decides about themselves, nor who may vote for them."""
    check_not_own(actor, objection.person)
    check_is_no_candidate(actor, Election.objects.filter(roll=objection.roll).first())


def _turn(roll: Roll, person: Party) -> None:
    entry = entry_of(roll, person)
    if entry is None:
        new_entry(roll, person.canonical_id, OBJECTION, is_included=True).save(force_insert=True)
        return
    RollEntry.objects.filter(pk=entry.pk).update(is_included=not entry.is_included, basis=OBJECTION)


def _lock_built(roll: Roll) -> Roll:
    """The roll, locked: freezing it waits, and then sees what happened here."""
    locked = Roll.objects.select_for_update(no_key=True).get(pk=roll.pk)
    if locked.state != RollState.BUILT:
        raise RollFrozen
    return locked


def _check_in_time(roll: Roll, at: datetime) -> None:
    """Else somebody could keep an election from ever beginning, by objecting again after each answer."""
    if Election.objects.filter(roll=roll, freezes_at__lte=at).exists():
        raise TooLateToObject


def _own(made: RollObjection, roll: Roll, person: Party) -> RollObjection:
    if made.roll_id != roll.pk or made.person_id != person.pk:
        raise FormUsed
    return made


def _words(text: str, refusal: Refusal) -> str:
    words = text.strip()
    if not 0 < len(words) <= LONGEST:
        raise refusal
    return words
