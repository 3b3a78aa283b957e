"""Not coming after all, and shifts that are called off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.again import or_again
from core.refusals import Refusal
from marketplace.models import Participation, Shift
from marketplace.operations.taking_part.news import tell
from marketplace.operations.taking_part.places import give_places
from marketplace.operations.taking_part.rows import (
    lock_participation,
    lock_queue,
    lock_shift,
    move,
    participant_or_guardian,
)
from marketplace.states import ParticipationState


class TooLateToWithdraw(Refusal):
    """It has begun: who is not there is found out by the organiser."""

    code = "too_late_to_withdraw"
    sentence = _("This shift has begun. Tell the organiser that you do not come.")


def withdraw(*, participation: Participation, actor: Actor, at: datetime) -> None:
    """This will take somebody off a shift that has not begun, without any consequence. Who waits gets the place.

    :raises NotAllowed: to who is neither the participant nor a guardian.
    :raises TooLateToWithdraw, MoveRefused: when it has begun, or they are there already.
    """
    participant_or_guardian(actor, participation.person, at)
    take_off(participation=participation, actor=actor, at=at)


@or_again
def take_off(*, participation: Participation, actor: Actor, at: datetime) -> None:
    """The same, for who may.

    :raises TooLateToWithdraw, MoveRefused: as above.
    """
    with transaction.atomic():
        shift = lock_participation(participation).shift
        if at >= shift.starts_at:
            raise TooLateToWithdraw
        queue = [one for one in lock_queue(shift, participation.person) if one.pk != participation.pk]
        move(participation, "withdraw", actor=actor, at=at)
        give_places(shift, queue, at)


def call_off(*, shift: Shift, reason: str, actor: Actor, at: datetime) -> int:
    """This will tell everybody who would come, or waits, that a shift does not go on. Who is there already goes on.
    For who may, and calls the shift off in the same transaction. Gives how many were told."""
    with transaction.atomic():
        lock_shift(shift)
        rows = shift.participations.select_for_update(no_key=True)
        coming = rows.filter(state__in=[ParticipationState.WAITING, ParticipationState.SIGNED_UP])
        told = list(coming.order_by("pk"))
        for one in told:
            one.shift = shift
            move(one, "call_off", actor=actor, at=at, reason=reason)
            tell("participation.call_off", one, actor=actor, at=at)
    return len(told)
