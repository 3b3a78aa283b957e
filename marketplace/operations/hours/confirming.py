"""Somebody else confirms hours: of one participant, or of a whole shift at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.again import or_again
from core.refusals import NotAllowed, Refusal
from marketplace.models import CheckedIn, Participation, Shift
from marketplace.operations.doors import person_of
from marketplace.operations.hours.disputes import contest_held
from marketplace.operations.hours.holding import (
    CHANGING,
    check_minutes,
    check_state,
    confirmer_of,
    copy,
    hold,
    hold_persons,
    holding,
    move,
)
from marketplace.operations.hours.paying import pay_for
from marketplace.operations.taking_part.arriving import check_papers
from marketplace.operations.taking_part.listing import mark_missed
from marketplace.states import ParticipationState

_T = ParticipationState
WITHOUT_CLAIM: Final = frozenset({_T.SIGNED_UP, _T.CHECKED_IN})


class ShiftNotOver(Refusal):
    """Nobody told hours yet, and the shift still goes on."""

    code = "hours_shift_not_over"
    sentence = _("This shift is not over yet. You can confirm these hours once it is.")


class LessThanTold(Refusal):
    """The participant told more: then they hear why it is less, and can say that they do not agree."""

    code = "hours_less_than_told"
    sentence = _(
        "The participant told more hours. Say why it is less: they can agree, or leave it to the board."
    )
    field = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the organiser says of one participant: was there for so many minutes (all, or what was told, unless said
    otherwise), or was absent. Less than was told needs a reason."""

    participation: Participation
    minutes: int | None = None
    is_absent: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a line: the participation as it is now, and what it was refused with, if it was."""

    participation: Participation
    refusal: Refusal | None = None

    @property
    def is_paid(self) -> bool:
        return self.participation.state == _T.PAID


@or_again
def confirm(*, participation: Participation, minutes: int | None = None, actor: Actor, at: datetime) -> None:
    """This will confirm hours and pay them, in one transaction: what was told unless `minutes` says otherwise.

    Where nobody told hours, they are put on the list as having come, for all of the shift. What cannot be paid now
    stays confirmed (`settle` says why).

    :raises OwnHours, ForTheBoard, NotYourActivity: to who may not.
    :raises NotThoseMinutes, LessThanTold, ShiftNotOver, MoveRefused: nothing happened.
    :raises CertificateMissing, ConsentTakenBack: for who could not have checked in.
    """
    with holding(participation) as mine:
        confirm_held(mine, minutes, actor, at)


@or_again
def confirm_group(*, shift: Shift, lines: Sequence[Line], actor: Actor, at: datetime) -> list[Outcome]:
    """This will deal with everybody of a shift at once, each on their own: whoever cannot be confirmed or paid hinders
    nobody else. Gives what came of each line, in their order.

    :raises NotAllowed: to the system.
    """
    person_of(actor)
    with transaction.atomic():
        held = hold(shift.pk, [line.participation.pk for line in lines])
        hold_persons(list(held.values()))
        outcomes = [_outcome(line, held.get(line.participation.pk), actor, at) for line in lines]
    for line, outcome in zip(lines, outcomes, strict=True):
        copy(outcome.participation, line.participation)
    return outcomes


def confirm_held(participation: Participation, minutes: int | None, actor: Actor, at: datetime) -> None:
    """The same as `confirm` for hours of which the row is locked."""
    check_state(participation, "confirm", *WITHOUT_CLAIM, _T.CLAIMED)
    person = confirmer_of(participation, actor, at)
    given = minutes if minutes is not None else participation.minutes or participation.shift.minutes
    check_minutes(given, participation.shift)
    if participation.state in WITHOUT_CLAIM:
        _put_on_list(participation, given, actor, at)
    elif given < (participation.minutes or 0):
        raise LessThanTold
    pay_for(participation, given, by=person, actor=actor, at=at)


def _outcome(line: Line, held: Participation | None, actor: Actor, at: datetime) -> Outcome:
    """Each line stands in a savepoint of its own: what it did goes back when it is refused."""
    if held is None:
        return Outcome(participation=line.participation, refusal=NotAllowed())
    try:
        with transaction.atomic():
            _take(line, held, actor, at)
    except Refusal as refusal:
        held.refresh_from_db(fields=CHANGING)
        return Outcome(participation=held, refusal=refusal)
    return Outcome(participation=held)


def _take(line: Line, held: Participation, actor: Actor, at: datetime) -> None:
    was_told = held.minutes or 0 if held.state == _T.CLAIMED else 0
    minutes = 0 if line.is_absent and was_told else line.minutes
    if line.is_absent and not was_told:
        _miss(held, actor, at)
    elif minutes is not None and minutes < was_told and line.reason.strip():
        contest_held(held, minutes, line.reason, actor, at)
    elif line.is_absent:
        raise LessThanTold
    else:
        confirm_held(held, minutes, actor, at)


def _miss(participation: Participation, actor: Actor, at: datetime) -> None:
    """Say that somebody was not there. They can say that they were, for fourteen days."""
    check_state(participation, "miss", *WITHOUT_CLAIM)
    confirmer_of(participation, actor, at)
    _check_over(participation.shift, at)
    mark_missed(participation, actor=actor, at=at)


def _put_on_list(participation: Participation, minutes: int, actor: Actor, at: datetime) -> None:
    """Write down for a participant who told no hours that they came, and for how long.

    :raises ShiftNotOver: as long as it goes on.
    :raises CertificateMissing, ConsentTakenBack: for who was not seen to come, and could not have come in.
    """
    _check_over(participation.shift, at)
    if participation.state == _T.SIGNED_UP:
        check_papers(participation, at)
        move(participation, "check_in", actor=actor, at=at, checked_in_at=at, checked_in_how=CheckedIn.LIST)
    move(participation, "claim", actor=actor, at=at, minutes=minutes, claimed_at=at)


def _check_over(shift: Shift, at: datetime) -> None:
    if at < shift.ends_at:
        raise ShiftNotOver
