"""What happens to hours by the clock: the organiser is reminded, the board asked, and what waits for coins tried again.

Nothing is confirmed or ruled by silence: that somebody saw the hours is what makes them worth anything.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from ledger.operations import BookingRefused
from marketplace.models import Participation, Shift
from marketplace.operations.clock import each, watched
from marketplace.operations.hours.disputes import RULE_WITHIN
from marketplace.operations.hours.holding import holding
from marketplace.operations.hours.news import tell
from marketplace.operations.hours.settling import settle
from marketplace.queries.hours import (
    REMINDED,
    RETRIED,
    TO_CONFIRM,
    is_told,
    places_to_retry,
    unruled_since,
    waiting_for_payment,
    waiting_since,
)
from marketplace.states import ParticipationState
from people.models import Party

SYSTEM: Final = Actor.system()
REMIND_AFTER: Final = timedelta(days=3)
ESCALATE_AFTER: Final = timedelta(days=7)


@watched
def watch_unconfirmed(now: datetime) -> int:
    """This will remind organisers of hours that wait for three days, and bring those to the board that wait for seven.
    Gives how many shifts it were."""
    to_remind = waiting_since(now - REMIND_AFTER).filter(escalated_at__isnull=True)
    done = each("shift, hours wait", to_remind.values_list("pk", flat=True), partial(_remind, now))
    late = waiting_since(now - ESCALATE_AFTER).filter(escalated_at__isnull=True)
    return done + each("shift, to the board", late.values_list("pk", flat=True), partial(_escalate, now))


@watched
def watch_disagreements(now: datetime) -> int:
    """This will remind the board of disagreements on which it did not rule within thirty days. Gives how many."""
    return each("disagreement", unruled_since(now - RULE_WITHIN), partial(_remind_board, now))


@watched
def watch_payments(now: datetime) -> int:
    """This will try once a day to pay what waits for coins, for room under a maximum, or for something that was
    missing: the oldest first. Gives how many were paid."""
    places = places_to_retry(day_of(now))
    try:
        return each("hours", waiting_for_payment(places), partial(_try_again, now))
    finally:
        with transaction.atomic():
            for place in places:
                record(RETRIED, subject=place, actor=SYSTEM, at=now)


def _remind(now: datetime, pk: int) -> bool:
    with transaction.atomic():
        shift = _locked(pk)
        if is_told(shift) or not waiting_since(now - REMIND_AFTER).filter(pk=pk).exists():
            return False
        record(REMINDED, subject=shift, actor=SYSTEM, at=now, about=(shift.activity.organiser,))
        tell("shift.hours_wait", shift, actor=SYSTEM, at=now)
    return True


def _escalate(now: datetime, pk: int) -> bool:
    with transaction.atomic():
        shift = _locked(pk)
        if shift.escalated_at or not waiting_since(now - ESCALATE_AFTER).filter(pk=pk).exists():
            return False
        shift.escalated_at = now
        Shift.objects.filter(pk=pk).update(escalated_at=now)
        waiting = Party.objects.filter(participations__shift=pk, participations__state__in=TO_CONFIRM)
        about = (shift.activity.organiser, *waiting.order_by("pk"))
        record("shift.escalate", subject=shift, actor=SYSTEM, at=now, about=about)
        tell("shift.escalate", shift, actor=SYSTEM, at=now)
    return True


def _remind_board(now: datetime, pk: int) -> bool:
    participation = Participation.objects.get(pk=pk)
    with holding(participation) as mine:
        if mine.state != ParticipationState.DISPUTED or is_told(mine, since=mine.dispute.opened_at):
            return False
        record(
            REMINDED,
            subject=mine,
            actor=SYSTEM,
            at=now,
            about=(mine.person, mine.shift.activity.organiser),
            after="unruled",
        )
        tell("participation.unruled", mine, actor=SYSTEM, at=now)
    return True


def _try_again(now: datetime, pk: int) -> bool:
    """:raises RuntimeError: when the ledger will never do it, such as from a pot of another coin: for somebody to look
    at."""
    try:
        return settle(participation=Participation.objects.get(pk=pk), actor=SYSTEM, at=now)
    except BookingRefused as refusal:
        raise RuntimeError(f"Hours {pk} are confirmed and cannot be paid: {refusal.code}") from refusal


def _locked(pk: int) -> Shift:
    """Under this lock the second of two clocks sees what the first did."""
    rows = Shift.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "activity__organiser", "activity__neighbourhood"
    )
    return rows.get(pk=pk)
