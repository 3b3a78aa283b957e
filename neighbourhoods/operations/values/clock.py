"""What happens by the clock in decisions about values: each goes on by itself when nobody takes the next step.

One step of each decision at a time, in a transaction of its own that asks again, under lock, whether it is due. See
`operations.elections.clock`, which calls this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.actor import Actor
from core.clock import day_of
from neighbourhoods.models import Decider, Meeting, MeetingKind, ValueDecision, ValueVote
from neighbourhoods.operations.elections.clock import Deed, by_the_clock
from neighbourhoods.operations.motions import MEETING_LASTS
from neighbourhoods.operations.values.admitting import expire
from neighbourhoods.operations.values.confirming import close_confirmation, stay_silent
from neighbourhoods.operations.values.consulting import CONSULT_WITHIN, consult
from neighbourhoods.operations.values.lapsing import ANSWER_WITHIN, lapse, lapses_at
from neighbourhoods.operations.values.outcome import take_effect
from neighbourhoods.operations.values.voting import close_vote, open_vote
from neighbourhoods.queries.cover import CoverShort, VolumeMissing
from neighbourhoods.queries.values import lacks_amount, support_until
from neighbourhoods.states import BoxState, MeetingState, ValueState

SYSTEM = Actor.system()
MEETING_WITHIN: Final = timedelta(days=14)  # after the time to react: then the board votes in writing

Step = Callable[[ValueDecision, datetime], object]


def values_due(now: datetime) -> list[Deed]:
    """Every decision of which the next step is due at this moment, with that step."""
    return [
        (f"value decision {one.pk}", partial(step, one, now)) for find, step in STEPS for one in find(now)
    ]


# --- What is due ------------------------------------------------------------------------------------------------------


def _unsupported(now: datetime) -> Iterable[ValueDecision]:
    """The days for support are in the policy of each."""
    return [one for one in _in(ValueState.PROPOSED) if now >= support_until(one)]


def _left_lying(now: datetime) -> Iterable[ValueDecision]:
    """On the agenda, and no board said what is put to the vote."""
    return _in(ValueState.ADMITTED).filter(admitted_at__lte=now - CONSULT_WITHIN)


def _heard(now: datetime) -> Iterable[ValueDecision]:
    """Everybody could react. A vote of the board waits for its next meeting, when that is soon and not over."""
    meetings = Meeting.objects.filter(
        neighbourhood=OuterRef("neighbourhood"),
        kind=MeetingKind.BOARD,
        starts_at__gt=now - MEETING_LASTS,
        starts_at__lte=OuterRef("consulted_until") + MEETING_WITHIN,
    ).exclude(state=MeetingState.CANCELLED)
    waits = Q(Exists(meetings), policy__decider=Decider.BOARD)
    return _in(ValueState.CONSULTATION).filter(consulted_until__lte=now).exclude(waits)


def _voted(now: datetime) -> Iterable[ValueDecision]:
    """The time to vote is over; also what was closed or counted and then interrupted, or waits for ballots on paper."""
    going_on = ValueVote.objects.filter(
        decision=OuterRef("pk"), box__state=BoxState.OPEN, box__closes_at__gt=now
    )
    return _in(ValueState.VOTING).exclude(Exists(going_on))


def _board_voted(now: datetime) -> Iterable[ValueDecision]:
    return _in(ValueState.AWAITING_BOARD).filter(Exists(_board_votes().filter(box__closes_at__lte=now)))


def _unanswered(now: datetime) -> Iterable[ValueDecision]:
    late = _in(ValueState.AWAITING_BOARD).filter(board_until__lte=now)
    return late.exclude(Exists(_board_votes()))


def _without_consent(now: datetime) -> Iterable[ValueDecision]:
    """Outside the guideline, and the municipality did not say whether it may be."""
    return _in(ValueState.AWAITING_CONSENT).filter(decided_at__lte=now - ANSWER_WITHIN)


def _unappealed(now: datetime) -> Iterable[ValueDecision]:
    return _in(ValueState.APPEAL).filter(appeals_until__lte=now, effective_on__lte=day_of(now))


def _in(state: ValueState) -> QuerySet[ValueDecision]:
    along = ("neighbourhood__coin", "neighbourhood__municipality", "item__category", "policy", "proposed_by")
    return ValueDecision.objects.filter(state=state).select_related(*along).order_by("pk")


def _board_votes() -> QuerySet[ValueVote]:
    """Of the decision of a query around this one, the vote that is not counted yet."""
    return ValueVote.objects.filter(decision=OuterRef("pk")).exclude(box__state=BoxState.COUNTED)


# --- What is done -----------------------------------------------------------------------------------------------------


def _expire(decision: ValueDecision, at: datetime) -> None:
    expire(decision=decision, at=at)


def _consult(decision: ValueDecision, at: datetime) -> None:
    """A board says yes or no to an amount; where nobody named one, there is nothing to ask."""
    if lacks_amount(decision):
        expire(decision=decision, at=at)
        return
    consult(decision=decision, terms=None, actor=SYSTEM, at=at)


def _begin(decision: ValueDecision, at: datetime) -> None:
    """While there is no money for it, it waits, and in the end no longer."""
    try:
        take_effect(decision=decision, actor=SYSTEM, at=at)
    except (CoverShort, VolumeMissing):
        moment = lapses_at(decision)
        if moment is None or at < moment:
            raise
        lapse(decision=decision, actor=SYSTEM, at=at)


def _by_system(operation: Callable[..., object]) -> Step:
    def step(decision: ValueDecision, at: datetime) -> None:
        operation(decision=decision, actor=SYSTEM, at=at)

    return step


STEPS: tuple[tuple[Callable[[datetime], Iterable[ValueDecision]], Step], ...] = (
    (_unsupported, _expire),
    (_left_lying, _consult),
    (_heard, _by_system(open_vote)),
    (_voted, _by_system(close_vote)),
    (_board_voted, _by_system(close_confirmation)),
    (_unanswered, _by_system(stay_silent)),
    (_without_consent, _by_system(lapse)),
    (_unappealed, _begin),
)


by_the_clock.append(values_due)
