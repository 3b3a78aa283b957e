"""What a participant can do now. The operations say the last word; a page shows no button that they would refuse."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from marketplace.door_links import CLOSES_AFTER, OPENS_BEFORE
from marketplace.models import Participation, Shift
from marketplace.operations.hours.disputes import CONTEST_WITHIN
from marketplace.operations.hours.waiving import CAN_BE_WAIVED
from marketplace.operations.taking_part.claiming import CLAIM_WITHIN, claims_from
from marketplace.queries.hours import missed_at
from marketplace.queries.participations import UNSETTLED
from marketplace.states import ParticipationState, ShiftState

if TYPE_CHECKING:
    from collections.abc import Iterator

_S = ParticipationState
# What can be done, and need not: nobody is asked for it.
NOT_ASKED: Final = frozenset({"withdraw", "waive"})


def claim_until(shift: Shift) -> datetime:
    """Until when hours can be told; from then on the organiser's list sets them."""
    return shift.ends_at + CLAIM_WITHIN


def contest_until(found: Participation) -> datetime:
    """Until when somebody can say that they were there after all."""
    return (missed_at(found) or found.shift.ends_at) + CONTEST_WITHIN


def deeds_open(found: Participation, now: datetime) -> frozenset[str]:
    """The names of what can be done now, as in the addresses; `sign` is asked apart, it takes a judgement."""
    return frozenset(_deeds(found, now))


def _deeds(found: Participation, now: datetime) -> Iterator[str]:
    shift, state = found.shift, found.state
    if state in {_S.WAITING, _S.SIGNED_UP} and shift.state == ShiftState.OPEN and now < shift.starts_at:
        yield "withdraw"
    if state == _S.SIGNED_UP and shift.starts_at - OPENS_BEFORE <= now <= shift.ends_at + CLOSES_AFTER:
        yield "check_in"
    if state in {_S.SIGNED_UP, _S.CHECKED_IN} and claims_from(found) <= now <= claim_until(shift):
        yield "claim"
    if state == _S.NO_SHOW and now <= contest_until(found):
        yield "contest"
    if state == _S.DISPUTED and not found.dispute.participant_text:
        yield from ("answer", "agree")
    if state in CAN_BE_WAIVED:
        yield "waive"


def asks_something(found: Participation, now: datetime) -> bool:
    """Whether the participant is the one to do something now. Of who was put down as absent the days are counted from
    the shift, which is never longer than they have: a list asks no question for each row."""
    if found.state == _S.NO_SHOW:
        return now <= found.shift.ends_at + CONTEST_WITHIN
    return bool(deeds_open(found, now) - NOT_ASKED)


def going_on(now: datetime) -> Q:
    """What is not over for a participant: what still is to be settled, and what they can still contest."""
    contestable = Q(state=_S.NO_SHOW, shift__ends_at__gte=now - CONTEST_WITHIN)
    return Q(state__in=UNSETTLED) | contestable
