"""What was decided and waits in vain: for an answer of the municipality, or for money. It ends, so that the next
proposal about the same thing gets its turn."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import get_default_timezone
from django.utils.translation import ngettext

from core.actor import Actor
from core.clock import day_of
from core.states import MoveRefused, transition
from neighbourhoods.models import ValueDecision
from neighbourhoods.operations.elections.freezing import check_moment
from neighbourhoods.operations.elections.words import in_our_language
from neighbourhoods.operations.values.outcome import appeals_are_decided, lock_before
from neighbourhoods.operations.values.proposing import about, locked
from neighbourhoods.permissions import check
from neighbourhoods.queries.cover import CoverShort, VolumeMissing, check_cover
from neighbourhoods.states import VALUE_DECISION, ValueState

ANSWER_WITHIN: Final = timedelta(days=90)  # the municipality, after the decision
LAPSE_AFTER: Final = timedelta(days=180)  # without money, after the day on which it could have begun

# An appeal that waits keeps the decision, as it does when it is about to begin.
VALUE_DECISION.guard("lapse")(appeals_are_decided)


def lapse(*, decision: ValueDecision, actor: Actor, at: datetime) -> None:
    """This will end a decision that waited in vain, with a reason that everybody reads. What held goes on to hold.

    :raises NotAllowed: to anybody but the system.
    :raises NotYet: before its time to wait is over.
    :raises AppealsOpen: while one waits.
    :raises MoveRefused: when it waits for nothing, or is over.
    """
    check(actor.is_system)
    with transaction.atomic():
        lock_before(decision)
        found = locked(decision)
        VALUE_DECISION.after(found.state, "lapse")
        moment = lapses_at(found)
        if moment is None:
            raise MoveRefused
        check_moment(moment, at)
        with in_our_language():
            reason = _reason(found, at)
        transition(decision, "lapse", actor=actor, at=at, about=about(found), reason=reason)


def lapses_at(decision: ValueDecision) -> datetime | None:
    """When a decision ends that still waits: for the municipality, or for money. None when it waits for neither."""
    if decision.state == ValueState.AWAITING_CONSENT and decision.decided_at is not None:
        return decision.decided_at + ANSWER_WITHIN
    if decision.state != ValueState.APPEAL or decision.appeals_until is None or decision.effective_on is None:
        return None
    first = datetime.combine(decision.effective_on, time.min, tzinfo=get_default_timezone())
    return max(decision.appeals_until, first) + LAPSE_AFTER


def _reason(decision: ValueDecision, at: datetime) -> str:
    if decision.state == ValueState.AWAITING_CONSENT:
        days = ANSWER_WITHIN.days
        return ngettext(
            "The amount lies outside the guideline of the municipality, which did not answer within %(days)d day.",
            "The amount lies outside the guideline of the municipality, which did not answer within %(days)d days.",
            days,
        ) % {"days": days}
    days = LAPSE_AFTER.days
    try:
        check_cover(decision, day_of(at))
    except CoverShort:
        return ngettext(
            "The pots held too little for it, %(days)d day long.",
            "The pots held too little for it, %(days)d days long.",
            days,
        ) % {"days": days}
    except VolumeMissing:
        return ngettext(
            "Nobody said within %(days)d day how often a month this is expected, so nobody knows what it costs.",
            "Nobody said within %(days)d days how often a month this is expected, so nobody knows what it costs.",
            days,
        ) % {"days": days}
    raise MoveRefused  # it can begin
