"""Places that come free go to who waited longest. Behind the lock of the shift: no place is given away twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from core.actor import Actor
from core.again import or_again
from core.clock import day_of
from marketplace.models import Participation, Shift
from marketplace.operations.taking_part.checking import can_promise, other_shift
from marketplace.operations.taking_part.news import tell
from marketplace.operations.taking_part.rows import lock_queue, lock_shift, move
from marketplace.permissions import is_child
from marketplace.queries.guardians import consent_of
from marketplace.queries.participations import taken_of
from marketplace.states import ActivityState, ParticipationState, ShiftState
from neighbourhoods.queries.residency import lives_in
from people.permissions import is_own

PROMOTED_UNTIL: Final = timedelta(hours=2)  # before the beginning: whoever waits plans their day by then


@or_again
def promote(*, shift: Shift, at: datetime) -> int:
    """This will give the places that are free to who waits, first come first served, until two hours before the
    beginning. Gives how many got one.

    Skipped, and left waiting: who has another shift in these hours now, moved away, or is a child whose guardian took
    back consent. Nobody gets one while the pot has too little.
    """
    with transaction.atomic():
        lock_shift(shift)
        return give_places(shift, lock_queue(shift), at)


def give_places(shift: Shift, queue: list[Participation], at: datetime) -> int:
    """The same, for who locked the shift and its queue."""
    if not _gives_places(shift, at):
        return 0
    free = shift.places - taken_of(shift)
    given = 0
    for one in queue:
        if given >= free:
            break
        if _can_come(one, at):
            move(one, "place", actor=Actor.system(), at=at)
            tell("participation.promote", one, actor=Actor.system(), at=at)
            given += 1
    return given


def _gives_places(shift: Shift, at: datetime) -> bool:
    is_open = shift.activity.state == ActivityState.PUBLISHED and shift.state == ShiftState.OPEN
    return is_open and at <= shift.starts_at - PROMOTED_UNTIL


def _can_come(waiting: Participation, at: datetime) -> bool:
    person, activity = waiting.person, waiting.shift.activity
    if waiting.state != ParticipationState.WAITING or not lives_in(person, activity.neighbourhood):
        return False
    if is_child(person, day_of(at)) and consent_of(person, activity) is None:
        return False
    if is_own(person, activity.organiser) or other_shift(person, waiting.shift) is not None:
        return False
    return can_promise(waiting.shift, waiting.value)
