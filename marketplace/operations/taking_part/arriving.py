"""Checking in at the door, by the code or the number that is there. It says that somebody came; hours need a human."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.again import or_again
from core.clock import day_of
from core.refusals import Refusal
from marketplace.door_links import check_door_open, shift_of
from marketplace.models import CheckedIn, Participation, PinTry
from marketplace.operations.taking_part.rows import (
    lock_participation,
    lock_people,
    move,
    own_row,
    participant_or_guardian,
)
from marketplace.permissions import is_child
from marketplace.queries.conduct import lacks_certificate
from marketplace.queries.guardians import consent_of
from marketplace.states import ParticipationState
from people.models import Party
from people.queries import canonical

WITHIN: Final = timedelta(hours=1)
MOST: Final = 5  # wrong numbers in that time


class NotOnTheList(Refusal):
    """Who did not sign up, or waits for a place, cannot come in with the code of somebody who did."""

    code = "door_not_on_the_list"
    sentence = _("You are not signed up for this shift. Ask the organiser to put you on the list.")


class AlreadyCheckedIn(Refusal):
    """Once is enough."""

    code = "door_already_checked_in"
    sentence = _("You are checked in already.")


class CertificateMissing(Refusal):
    """The activity asks for a certificate of conduct, and its organiser saw none that holds on this day."""

    code = "activity_certificate_missing"
    sentence = _("For this you need a certificate of conduct (VOG). Show it to %(name)s first.")


class ConsentTakenBack(Refusal):
    """A child whose guardian took back consent."""

    code = "door_consent_taken_back"
    sentence = _("There is no consent of a parent or guardian for this.")


class WrongPin(Refusal):
    """Another number is at the door."""

    code = "door_wrong_pin"
    sentence = _("That is not the number at the door. Look at it again.")
    field = "pin"


class TooManyPins(Refusal):
    """Whoever tries numbers waits."""

    code = "door_too_many_pins"
    sentence = _("Too many wrong numbers. Try again in an hour, or ask the organiser to tick you off.")
    field = "pin"


def check_in_by_link(*, token: str, person: Party, actor: Actor, at: datetime) -> Participation:
    """This will check somebody in with the code at the door. It works for who signed up, and once.

    :raises NotAllowed: to who is neither the person nor a guardian of the child.
    :raises DoorLinkForged, DoorLinkStale, DoorClosed, DoorCalledOff: nothing is written of it.
    :raises NotOnTheList, AlreadyCheckedIn, CertificateMissing, ConsentTakenBack: not for them.
    """
    participant = canonical(person)
    participant_or_guardian(actor, participant, at)
    with transaction.atomic():
        shift = shift_of(token, at)
        found = own_row(shift, participant)
        if found is None:
            raise NotOnTheList
        lock_participation(found)
        shift_of(token, at)  # the key may have been replaced, or the shift called off, while we waited
        come(found, CheckedIn.LINK, actor=actor, at=at)
    return found


@or_again
def check_in_by_pin(*, participation: Participation, pin: str, actor: Actor, at: datetime) -> None:
    """This will check somebody in with the number at the door. Wrong ones are counted for who types them: after five in
    an hour none is looked at any more.

    :raises NotAllowed: to who is neither the participant nor a guardian.
    :raises WrongPin, TooManyPins: of the number.
    :raises DoorClosed, DoorCalledOff, NotOnTheList, AlreadyCheckedIn, CertificateMissing, ConsentTakenBack: as above.
    """
    by = participant_or_guardian(actor, participation.person, at)
    with transaction.atomic():
        shift = lock_participation(participation).shift
        check_door_open(shift, at)
        lock_people([by.pk])  # of two wrong numbers at once none is forgotten
        if PinTry.objects.filter(person=by, at__gt=at - WITHIN).count() >= MOST:
            raise TooManyPins
        is_right = constant_time_compare(shift.pin, pin.strip())
        if is_right:
            come(participation, CheckedIn.PIN, actor=actor, at=at)
        else:
            PinTry.objects.create(person=by, shift=shift, at=at)
    if not is_right:
        raise WrongPin


def come(participation: Participation, how: str, *, actor: Actor, at: datetime) -> None:
    """Write that somebody is there. For who locked it and knows that it is so.

    :raises NotOnTheList, AlreadyCheckedIn, CertificateMissing, ConsentTakenBack: not for them.
    """
    if participation.state in {ParticipationState.WAITING, ParticipationState.WITHDRAWN}:
        raise NotOnTheList
    if participation.state != ParticipationState.SIGNED_UP:
        raise AlreadyCheckedIn
    check_papers(participation, at)
    move(participation, "check_in", actor=actor, at=at, checked_in_at=at, checked_in_how=how)


def check_papers(participation: Participation, at: datetime) -> None:
    """Whether what an activity asks of people is there on the day. Asked wherever somebody would be found to have come.

    :raises CertificateMissing, ConsentTakenBack: when it is not.
    """
    shift, person = participation.shift, participation.person
    if lacks_certificate(shift, person):
        raise CertificateMissing(name=shift.activity.organiser.display_name)
    if is_child(person, day_of(at)) and consent_of(person, shift.activity) is None:
        raise ConsentTakenBack
