"""What an organiser does with an open activity: pause it, let it go on, call it off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core.actor import Actor
from core.clock import day_of
from core.states import transition
from marketplace.models import Activity, Shift
from marketplace.operations.activities.judging import checked_reason
from marketplace.operations.activities.standing import (
    check_fit,
    check_insured,
    locked,
    organiser_of,
)
from marketplace.operations.doors import judge_of, person_of
from marketplace.operations.shifts.running import call_off_shift
from marketplace.operations.standing import StoppedByBoard
from marketplace.permissions import may_organise
from marketplace.states import ShiftState


def pause(*, activity: Activity, actor: Actor, at: datetime, reason: str = "") -> Activity:
    """Let nobody sign up for now. Whoever has a place keeps it, and the shifts go on.

    :raises NotYourActivity: to who does not organise for its organiser.
    """
    with transaction.atomic():
        locked(activity)
        organiser_of(actor, activity.organiser, at)
        transition(activity, "pause", actor=actor, at=at, about=(activity.organiser,), reason=reason)
    return activity


def resume(*, activity: Activity, actor: Actor, at: datetime) -> Activity:
    """Let people sign up again.

    :raises NotYourActivity: to who does not organise for its organiser.
    :raises StoppedByBoard: when the board stopped it.
    :raises Refusal: when the organiser, its words or its facts do not do any more.
    """
    with transaction.atomic():
        locked(activity)
        organiser_of(actor, activity.organiser, at)
        if activity.paused_by_board:
            raise StoppedByBoard
        check_fit(activity, at)
        check_insured(activity.organiser, activity.neighbourhood, day_of(at))
        transition(activity, "resume", actor=actor, at=at, about=(activity.organiser,))
    return activity


def cancel(*, activity: Activity, reason: str, actor: Actor, at: datetime) -> Activity:
    """Call it off for good, with every shift that has not begun; who signed up for these is told why. Hours of shifts
    that were are confirmed and paid as ever. The board calls off what it stopped.

    :raises NotYourActivity: to who does not organise for its organiser.
    :raises ActivityReasonNeeded: without a reason.
    """
    why = checked_reason(reason)
    with transaction.atomic():
        locked(activity)
        _check_may_cancel(activity, actor, at)
        call_off(activity, why, actor, at)
    return activity


def call_off(activity: Activity, why: str, actor: Actor, at: datetime) -> None:
    """The same of a locked activity, for who may do so."""
    # First the activity: whoever waits for the lock of a shift below finds it called off afterwards.
    transition(activity, "cancel", actor=actor, at=at, about=(activity.organiser,), reason=why)
    ahead = Shift.objects.filter(activity=activity, state=ShiftState.OPEN, starts_at__gt=at)
    for pk in list(ahead.order_by("pk").values_list("pk", flat=True)):
        call_off_shift(Shift(pk=pk), why, actor, at)


def _check_may_cancel(activity: Activity, actor: Actor, at: datetime) -> None:
    if activity.paused_by_board and not may_organise(person_of(actor), activity.organiser, day_of(at)):
        judge_of(actor, activity.neighbourhood, activity.organiser, at)
    else:
        organiser_of(actor, activity.organiser, at)
