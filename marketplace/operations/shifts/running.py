"""What an organiser does with a shift that people signed up for: call it off, give it a new number, write to them."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import NotAllowed, Refusal
from core.states import transition
from core.words import one_line
from marketplace.models import Shift, ShiftMessage
from marketplace.operations.activities.standing import organiser_of
from marketplace.operations.shifts.planning import new_pin
from marketplace.operations.shifts.standing import ShiftBegun, locked, locked_row
from marketplace.operations.shifts.telling import tell
from marketplace.operations.taking_part import call_off
from marketplace.operations.words_of_offer import lines

LONGEST_REASON: Final = 300
LONGEST_MESSAGE: Final = 1000


class ShiftReasonNeeded(Refusal):
    """Whoever kept the day free must hear why."""

    code = "shift_reason_needed"
    sentence = _("Say why, in no more than 300 characters.")
    field = "reason"


class MessageRefused(Refusal):
    """Nothing, or more than anybody reads before they go out."""

    code = "shift_message"
    sentence = _("Write a message of no more than 1000 characters.")
    field = "text"


def cancel_shift(*, shift: Shift, reason: str, actor: Actor, at: datetime) -> Shift:
    """Call off a shift that has not begun. Who signed up or waits is told why; who checked in already goes on.

    :raises NotYourActivity: to who does not organise for its organiser.
    :raises ShiftReasonNeeded: without a reason. :raises ShiftBegun: when it has begun.
    :raises MoveRefused: when it was called off already.
    """
    why = one_line(reason)
    if not 0 < len(why) <= LONGEST_REASON:
        raise ShiftReasonNeeded
    with transaction.atomic():
        locked(shift)
        organiser_of(actor, shift.activity.organiser, at)
        if shift.starts_at <= at:
            raise ShiftBegun
        call_off_shift(shift, why, actor, at)
    return shift


def call_off_shift(shift: Shift, why: str, actor: Actor, at: datetime) -> None:
    """The same for who may call off the whole activity, and asked that. Nothing when it was called off meanwhile."""
    locked_row(shift)
    if (shift.state, "cancel") not in shift.table.moves:
        return
    transition(
        shift, "cancel", actor=actor, at=at, about=(shift.activity.organiser,), reason=why,
        along={"cancel_reason": why[:LONGEST_REASON]},
    )  # fmt: skip
    call_off(shift=shift, reason=why, actor=actor, at=at)


def new_door(*, shift: Shift, actor: Actor, at: datetime) -> Shift:
    """Give a shift a new number and key for its door: what was photographed or said on is worth nothing any more.

    :raises NotYourActivity: to who does not organise for its organiser.
    :raises MoveRefused: when it was called off.
    """
    with transaction.atomic():
        locked(shift)
        organiser_of(actor, shift.activity.organiser, at)
        shift.pin, shift.door_key = _another(shift.pin), uuid4()
        shift.save(update_fields=["pin", "door_key"])
        record("shift.door", subject=shift, actor=actor, at=at, about=[shift.activity.organiser])
    return shift


def message_shift(
    *, shift: Shift, text: str, language: str, key: UUID, actor: Actor, at: datetime
) -> ShiftMessage:
    """Tell everybody who comes to a shift something. The same key again sends nothing twice.

    :raises NotYourActivity: to who does not organise for its organiser.
    :raises MessageRefused: for nothing, or too much.
    :raises NotAllowed: when it comes with the key of another.
    """
    words = lines(text)
    if not 0 < len(words) <= LONGEST_MESSAGE or language not in dict(settings.LANGUAGES):
        raise MessageRefused
    with transaction.atomic():
        locked_row(shift)  # a form that is sent twice at once takes turns here
        author = organiser_of(actor, shift.activity.organiser, at)
        known = ShiftMessage.objects.filter(key=key).first()
        if known is not None:
            if known.shift_id != shift.pk:
                raise NotAllowed
            return known
        message = ShiftMessage.objects.create(
            shift=shift, author=author, text=words, language=language, at=at, key=key
        )
        record("shift.message", subject=shift, actor=actor, at=at, about=[shift.activity.organiser])
        tell(message, at=at)
    return message


def _another(pin: str) -> str:
    """Never the same one again, which one in ten thousand would be."""
    while (other := new_pin()) == pin:
        continue
    return other
