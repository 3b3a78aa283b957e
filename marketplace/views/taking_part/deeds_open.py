"""What a participant can do now. The operations say the last word; a page shows no button that they would refuse."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from marketplace.models import Participation, Shift
from marketplace.states import ParticipationState, ShiftState

if TYPE_CHECKING:
    from collections.abc import Iterator

_S = ParticipationState

CHECKS: Final = timedelta(minutes=30)  # before the beginning, and after the end
CLAIMS: Final = timedelta(days=14)
ANSWERED_FOR: Final = timedelta(days=14)


def claim_until(shift: Shift) -> datetime:
    """Until when hours can be told; from then on the organiser's list sets them."""
    return shift.ends_at + CLAIMS


def deeds_open(found: Participation, now: datetime) -> frozenset[str]:
    """The names of what can be done now, as in the addresses; `sign` is asked apart, it takes a judgement."""
    return frozenset(_deeds(found, now))


def _deeds(found: Participation, now: datetime) -> Iterator[str]:
    shift, state = found.shift, found.state
    if state in {_S.WAITING, _S.SIGNED_UP} and shift.state == ShiftState.OPEN and now < shift.starts_at:
        yield "withdraw"
    if state == _S.SIGNED_UP and shift.starts_at - CHECKS <= now <= shift.ends_at + CHECKS:
        yield "check_in"
    if state in {_S.SIGNED_UP, _S.CHECKED_IN} and _claims_from(found) <= now < claim_until(shift):
        yield "claim"
    if state == _S.NO_SHOW and now < shift.ends_at + ANSWERED_FOR:
        yield "contest"
    if state == _S.DISPUTED and not found.dispute.participant_text:
        yield "answer"
        if found.dispute.offered:
            yield "agree"


def _claims_from(found: Participation) -> datetime:
    """From when hours can be told: its end, or its middle for who is known to be there."""
    shift = found.shift
    if found.state == _S.CHECKED_IN:
        return shift.starts_at + (shift.ends_at - shift.starts_at) / 2
    return shift.ends_at


def asks_something(found: Participation, now: datetime) -> bool:
    """Whether the participant is the one to do something now."""
    return bool(deeds_open(found, now) - {"withdraw"})
