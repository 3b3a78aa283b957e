"""What a decided value waits for, from the end of the time to appeal until it holds."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from core.clock import day_of
from neighbourhoods.models import ConsentAbout, ValueDecision
from neighbourhoods.queries.cover import would_need_cover
from neighbourhoods.queries.value_record import Record
from neighbourhoods.queries.value_votes import appeals_open
from neighbourhoods.states import ValueState


class Wait(StrEnum):
    """Why it does not hold yet."""

    APPEAL = "APPEAL"  # somebody appealed, and the panel did not answer yet
    DAY = "DAY"  # its day has still to come
    VOLUME = "VOLUME"  # nobody said how often it is expected, so nobody knows what it costs
    COVER = "COVER"  # the pots hold too little
    TURN = "TURN"  # nothing but the clock, or another value of the same that began today


def is_waiting(decision: ValueDecision, now: datetime) -> bool:
    """Whether it is decided, can be appealed no more, and does not hold yet. No queries."""
    until = decision.appeals_until
    return decision.state == ValueState.APPEAL and until is not None and until <= now


def is_late(decision: ValueDecision, now: datetime) -> bool:
    """Whether it waits beyond the day from which it was to hold. No queries."""
    return is_waiting(decision, now) and not _has_still_to_come(decision, now)


def waits_for(record: Record, now: datetime) -> Wait | None:
    """What a decision waits for; None while it can be appealed, and when it waits for nothing. At most one query."""
    decision = record.decision
    if not is_waiting(decision, now):
        return None
    if appeals_open(decision):
        return Wait.APPEAL
    if _has_still_to_come(decision, now):
        return Wait.DAY
    return _money_for(record) or Wait.TURN


def _money_for(record: Record) -> Wait | None:
    """What about money it waits for, when it does."""
    if not has_to_be_paid(record):
        return None
    if record.decision.volume is None:
        return Wait.VOLUME
    return Wait.COVER if record.cover is None or record.cover.is_short else None


def has_to_be_paid(record: Record) -> bool:
    """Whether it is decided and begins only when the pots hold enough, or the municipality agrees. No queries."""
    decision = record.decision
    agreed = any(one.about == ConsentAbout.COVER and one.is_given for one in record.consents)
    return decision.state == ValueState.APPEAL and would_need_cover(decision, record.present) and not agreed


def _has_still_to_come(decision: ValueDecision, now: datetime) -> bool:
    return decision.effective_on is not None and day_of(now) < decision.effective_on
