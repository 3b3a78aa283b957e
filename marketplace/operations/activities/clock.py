"""Activities by the clock: over when their last shift is, settled when everybody was paid or was not there. And none is
open for whose organiser nobody answers."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from marketplace.models import Activity
from marketplace.operations.activities.standing import check_insured, locked
from marketplace.operations.activities.telling import Told, tell
from marketplace.operations.clock import each, watched
from marketplace.operations.standing import check_takes_part
from marketplace.queries.posting_clock import out_of_place, run_out, settled

SYSTEM = Actor.system()


@watched
def watch_activities(now: datetime) -> int:
    """Pause what may not be open as it is, then what is over, then what is settled."""
    paused = each("activity, place", out_of_place(day_of(now)), partial(_pause, now))
    over = each("activity, finish", run_out(now), partial(_finish, now))
    return paused + over + each("activity, close", settled(now), partial(_close, now))


def _pause(now: datetime, pk: int) -> bool:
    """Nobody signs up for somebody who moved away, or who is not let in or insured any more. Its organiser lets it go
    on when that is mended; who has a place keeps it."""
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        activity = locked(Activity(pk=pk))
        if not out_of_place(day_of(now), pk):
            return False
        try:
            check_takes_part(activity.organiser, activity.neighbourhood, day_of(now))
            check_insured(activity.organiser, activity.neighbourhood, day_of(now))
        except Refusal as refusal:
            about = (activity.organiser,)
            transition(activity, "pause", actor=SYSTEM, at=now, about=about, reason=str(refusal))
            tell(activity, Told.NO_PLACE, at=now)
            return True
    return False


def _finish(now: datetime, pk: int) -> bool:
    """Asked anew behind the lock: its organiser may have planned a shift at this moment."""
    with transaction.atomic():
        activity = locked(Activity(pk=pk))
        if not run_out(now, pk):
            return False
        transition(activity, "finish", actor=SYSTEM, at=now, about=(activity.organiser,))
    return True


def _close(now: datetime, pk: int) -> bool:
    with transaction.atomic():
        activity = locked(Activity(pk=pk))
        if not settled(now, pk):
            return False
        transition(activity, "close", actor=SYSTEM, at=now, about=(activity.organiser,))
    return True
