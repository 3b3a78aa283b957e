"""The list of the organiser: who is there, who came without signing up, who did not come. From paper too, later."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.again import or_again
from core.clock import day_of
from core.refusals import Refusal
from marketplace.door_links import OPENS_BEFORE, DoorCalledOff
from marketplace.models import Activity, CheckedIn, Participation, Shift
from marketplace.operations.doors import person_of
from marketplace.operations.standing import StoppedByBoard
from marketplace.operations.taking_part.arriving import come
from marketplace.operations.taking_part.checking import (
    BirthdayMissing,
    ConsentMissing,
    NotOpen,
    OverlappingShift,
    TooYoung,
    check_not_elsewhere,
    check_person,
    check_pot,
    value_of,
)
from marketplace.operations.taking_part.news import tell
from marketplace.operations.taking_part.rows import (
    lock_participation,
    lock_queue,
    lock_shift,
    move,
    organiser_for,
)
from marketplace.operations.taking_part.signing_up import key_of, same_again, waiting_row, write
from marketplace.permissions import NotYourActivity, OwnHours, confirms_as, may_organise
from marketplace.states import ActivityState, ShiftState
from people.models import Party
from people.queries import canonical

LISTED_WITHIN: Final = timedelta(days=14)  # of the end: from paper, entered later
WENT_ON: Final = frozenset({ActivityState.PUBLISHED, ActivityState.PAUSED, ActivityState.FINISHED})


class ListClosed(Refusal):
    """Half an hour before the beginning until two weeks after the end."""

    code = "list_closed"
    sentence = _("The list is open from half an hour before the shift until two weeks after it.")


class TooEarlyToMiss(Refusal):
    """Somebody may just be late."""

    code = "too_early_to_miss"
    sentence = _("Wait until half of the shift has passed: somebody may be late.")


class CannotComeIn(Refusal):
    """Something is missing that is theirs to tell, and nobody else's to know: which is not said."""

    code = "cannot_come_in"
    sentence = _(
        "%(name)s cannot be put on the list yet. It may be their date of birth, consent of a guardian, or another "
        "activity at these hours. They can see it themselves when they sign up for the next shift."
    )


def check_in_on_list(*, participation: Participation, actor: Actor, at: datetime) -> None:
    """This will tick somebody off as being there, or as having been there.

    :raises NotYourActivity, OwnHours: to who does not organise it, and for themself and housemates.
    :raises ListClosed, DoorCalledOff: not now.
    :raises NotOnTheList, AlreadyCheckedIn, CertificateMissing, ConsentTakenBack: not for them.
    """
    organiser_for(actor, participation.shift.activity, participation.person, at)
    with transaction.atomic():
        shift = lock_participation(participation).shift
        check_list_open(shift, at)
        come(participation, CheckedIn.LIST, actor=actor, at=at)


@or_again
def come_in(*, shift: Shift, person: Party, key: UUID, actor: Actor, at: datetime) -> Participation:
    """This will put somebody on the list who came without signing up, as being there, at the value of the day of the
    shift. Places do not count: they are there. The same form again gives the first participation.

    :raises NotYourActivity, OwnHours: to who does not organise it, and for themself and housemates.
    :raises ListClosed, DoorCalledOff, NotOpen: not now. :raises StoppedByBoard: when the board stopped the activity.
    :raises NotFromHere, OwnActivity, AlreadySignedUp, CannotComeIn, CertificateMissing: not for them.
    :raises NoValueNow, PotTooEmpty: because of what it earns.
    """
    participant = canonical(person)
    by = organiser_for(actor, shift.activity, participant, at)
    own_key = key_of(participant, key)
    with transaction.atomic():
        lock_shift(shift)
        lock_queue(shift, participant)
        if known := Participation.objects.filter(key=own_key).first():
            return same_again(known, shift)
        check_list_open(shift, at)
        _check_went_on(shift.activity)
        found = waiting_row(shift, participant)
        _check_can_come(participant, shift, at)
        # Written down later, from paper: what it was worth on the day itself.
        value = found.value if found else value_of(shift, min(at, shift.starts_at))
        check_pot(shift, value)
        if found is None:
            found = write(shift, participant, value=value, key=own_key, by=by, actor=actor, at=at)
        move(found, "place", actor=actor, at=at)
        come(found, CheckedIn.LIST, actor=actor, at=at)
        tell("participation.come_in", found, actor=actor, at=at)
    return found


def miss(*, participation: Participation, actor: Actor, at: datetime) -> None:
    """This will write that somebody was not there: by who may confirm their hours. They can contest it.

    :raises NotYourActivity, OwnHours: to who may not.
    :raises TooEarlyToMiss, MoveRefused: not now, or their hours were told.
    """
    person, on = person_of(actor), day_of(at)
    if confirms_as(person, participation, on) is None:
        if may_organise(person, participation.shift.activity.organiser, on):
            raise OwnHours
        raise NotYourActivity(name=participation.shift.activity.organiser.display_name)
    with transaction.atomic():
        shift = lock_participation(participation).shift
        if at < shift.starts_at + (shift.ends_at - shift.starts_at) / 2:
            raise TooEarlyToMiss
        mark_missed(participation, actor=actor, at=at)


def mark_missed(participation: Participation, *, actor: Actor, at: datetime) -> None:
    """The same, for who locked it and may."""
    move(participation, "miss", actor=actor, at=at)
    tell("participation.miss", participation, actor=actor, at=at)


def check_list_open(shift: Shift, at: datetime) -> None:
    """:raises ListClosed, DoorCalledOff: when nobody is ticked off on it."""
    if shift.state != ShiftState.OPEN:
        raise DoorCalledOff
    if not shift.starts_at - OPENS_BEFORE <= at <= shift.ends_at + LISTED_WITHIN:
        raise ListClosed


def _check_went_on(activity: Activity) -> None:
    """Who pauses it takes nobody new for later, and can still say who was there. What the board stopped pays nobody
    else."""
    if activity.state not in WENT_ON:
        raise NotOpen
    if activity.paused_by_board:
        raise StoppedByBoard


def _check_can_come(participant: Party, shift: Shift, at: datetime) -> None:
    """What an organiser may know is said; the rest is not."""
    try:
        check_person(participant, shift, participant, at)
        check_not_elsewhere(participant, shift)
    except (BirthdayMissing, TooYoung, ConsentMissing, OverlappingShift) as refusal:
        raise CannotComeIn(name=participant.display_name) from refusal
