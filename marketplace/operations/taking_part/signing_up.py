"""Signing up for a shift: a place when one is free, else one on the waiting list."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.actor import Actor
from core.again import or_again
from core.audit import record
from core.form_keys import derive_key
from ledger.operations import KeyReused
from marketplace.models import Participation, Shift
from marketplace.operations.taking_part.checking import (
    AlreadySignedUp,
    check_maximum,
    check_not_elsewhere,
    check_open,
    check_person,
    check_pot,
    value_of,
)
from marketplace.operations.taking_part.consenting import give_when_missing
from marketplace.operations.taking_part.places import give_places
from marketplace.operations.taking_part.rows import (
    lock_queue,
    lock_shift,
    move,
    own_row,
    participant_or_guardian,
)
from marketplace.queries.participations import taken_of
from marketplace.states import ParticipationState
from people.models import Party
from people.permissions import is_own
from people.queries import canonical


@or_again
def sign_up(
    *, shift: Shift, person: Party, key: UUID, actor: Actor, at: datetime, knows_maximum: bool = False
) -> Participation:
    """This will sign somebody up at the value of this day: with a place, or on the waiting list when all are taken.

    A guardian who signs a child up gives their consent by it. The same form again gives the first participation.
    Whoever waits and finds a free place takes it with this too.

    :raises NotAllowed: to who is neither the person nor a guardian of the child.
    :raises NotOpen, TooLateToSignUp: for nobody any more.
    :raises NotFromHere, BirthdayMissing, TooYoung, ConsentMissing, OwnActivity, AlreadySignedUp, OverlappingShift:
        not for this person.
    :raises NoValueNow, PotTooEmpty, AboveMaximum: because of what it earns.
    """
    participant = canonical(person)
    by = participant_or_guardian(actor, participant, at)
    own_key = key_of(participant, key)
    with transaction.atomic():
        lock_shift(shift)
        queue = lock_queue(shift, participant)
        if known := Participation.objects.filter(key=own_key).first():
            return same_again(known, shift)
        check_open(shift, at)
        check_person(participant, shift, by, at)
        waiting = waiting_row(shift, participant)
        check_not_elsewhere(participant, shift)
        value = waiting.value if waiting else value_of(shift, at)
        check_maximum(participant, shift, at, knows_maximum=knows_maximum)
        if not is_own(by, participant):
            give_when_missing(child=participant, activity=shift.activity, guardian=by, actor=actor, at=at)
        give_places(shift, queue, at)  # whoever waited goes first, and is promised theirs first
        if waiting:
            return _take_at_last(waiting, actor, at)
        check_pot(shift, value)
        made = write(shift, participant, value=value, key=own_key, by=by, actor=actor, at=at)
        if taken_of(shift) < shift.places:
            move(made, "place", actor=actor, at=at)
    return made


def write(
    shift: Shift, participant: Party, *, value: int, key: UUID, by: Party, actor: Actor, at: datetime
) -> Participation:
    """A row on the waiting list of a locked shift."""
    made = Participation.objects.create(
        shift=shift, person=participant, value=value, unit=shift.activity.item.unit, label=shift.activity.label,
        signed_up_at=at, signed_up_by=by, key=key,
    )  # fmt: skip
    record(
        "participation.wait", subject=made, actor=actor, at=at, about=(participant,), after=str(made.state)
    )
    return made


def key_of(participant: Party, key: UUID) -> UUID:
    """Nobody reaches the participation of another by sending the key of their form."""
    return derive_key(scope="participation", owner=participant.pk, form_id=key)


def same_again(known: Participation, shift: Shift) -> Participation:
    """:raises KeyReused: when the form was sent before, for another shift."""
    if known.shift_id != shift.pk:
        raise KeyReused
    return known


def waiting_row(shift: Shift, participant: Party) -> Participation | None:
    """Their place on the waiting list.

    :raises AlreadySignedUp: when they have more than that.
    """
    mine = own_row(shift, participant)
    if mine is not None and mine.state != ParticipationState.WAITING:
        raise AlreadySignedUp
    return mine


def _take_at_last(waiting: Participation, actor: Actor, at: datetime) -> Participation:
    """In the last two hours places are nobody's turn: who waits takes one that came free.

    :raises AlreadySignedUp: when there is none.
    :raises PotTooEmpty: when it cannot be promised.
    """
    waiting.refresh_from_db(fields=["state"])
    if waiting.state == ParticipationState.WAITING:
        if taken_of(waiting.shift) >= waiting.shift.places:
            raise AlreadySignedUp
        check_pot(waiting.shift, waiting.value)
        move(waiting, "place", actor=actor, at=at)
    return waiting
