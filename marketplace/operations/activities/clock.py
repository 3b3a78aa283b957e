"""Activities by the clock: over when their last shift is, settled when everybody was paid or was not there."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from core.actor import Actor
from core.states import transition
from marketplace.models import Activity
from marketplace.operations.activities.standing import locked
from marketplace.operations.clock import each, watched
from marketplace.queries.posting import run_out, settled

SYSTEM = Actor.system()


@watched
def watch_activities(now: datetime) -> int:
    """First what is over, then what is settled."""
    over = each("activity, finish", list(run_out(now)), partial(_finish, now))
    return over + each("activity, close", list(settled(now)), partial(_close, now))


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
