"""Four mails per election: nominations, voting, two days left, result. Each goes out once.

They go to everybody on the roll who has a login, and never look at who has voted: a mail to those who have not would
tell whoever reads along who has. That a mail goes out is one line in the trail of the election, in the transaction of
the task that writes it. Nothing else is kept of it: a row per person with a moment would be one more thing that stands
beside a secret vote. The task of each mail names a login, the same for all who may vote, whether they did or not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from core.actor import Actor
from core.audit import record
from neighbourhoods.models import Election
from neighbourhoods.operations.elections.drafting import lock
from neighbourhoods.queries.elections import REMINDED, was_reminded
from neighbourhoods.states import ElectionState

LAST_DAYS = timedelta(days=2)


class Moment(StrEnum):
    """What a mail is about."""

    NOMINATIONS = "NOMINATIONS"
    VOTING = "VOTING"
    LAST_DAYS = "LAST_DAYS"
    RESULT = "RESULT"


Send = Callable[[Election, Moment], None]
# Whoever writes the mails puts themself here: tasks stand a floor above the operations.
senders: list[Send] = []


def due_reminder(election: Election, at: datetime) -> Moment | None:
    """The mail that fits the moment, whether or not it went out. One that came too late is left: nobody needs a mail
    about nominations when voting has begun.
    """
    match election.state:
        case ElectionState.NOMINATIONS if at < election.nominations_until:
            return Moment.NOMINATIONS
        case ElectionState.VOTING if election.opens_at <= at < election.closes_at:
            has_two_days = election.closes_at - election.opens_at > 2 * LAST_DAYS
            is_near = at >= election.closes_at - LAST_DAYS
            return Moment.LAST_DAYS if is_near and has_two_days else Moment.VOTING
        case ElectionState.PROVISIONAL:
            return Moment.RESULT
    return None


def remind(*, election: Election, moment: Moment, at: datetime) -> bool:
    """This will have the mail of a moment written to all, unless it was before. Says whether it was now."""
    with transaction.atomic():
        locked = lock(election)
        if was_reminded(locked, moment) or due_reminder(locked, at) != moment:
            return False
        record(REMINDED, subject=locked, actor=Actor.system(), at=at, after=moment)
        for send in senders:
            send(locked, moment)
    return True
