"""What all deeds about hours share: the locks, who may, and what may be written down.

Everybody locks in one order: the shift, its participations, the persons, and last the ledger's accounts. The lock on
the person is what keeps two organisations from paying beyond one maximum at the same moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused, transition
from marketplace.models import Participation, Shift
from marketplace.operations.doors import person_of
from marketplace.operations.hours.news import tell
from marketplace.permissions import (
    HoursSide,
    NotYourActivity,
    OwnHours,
    confirms_as,
    is_close,
    may_organise,
    side_in,
)
from marketplace.rewarding import STEP, is_in_steps
from marketplace.states import PARTICIPATION
from people.models import Party

NOT_FOR_ORGANISER: Final = frozenset({"block", "release", "waive"})
LONGEST_TEXT: Final = 500
ALONG: Final = (
    "person__person_details", "person__same_person_as", "shift__activity__neighbourhood__coin__pegged_to",
    "shift__activity__neighbourhood__municipality", "shift__activity__neighbourhood__party",
    "shift__activity__organiser", "shift__activity__item__category", "shift__activity__pot",
)  # fmt: skip
CHANGING: Final = (
    "checked_in_at", "checked_in_how", "minutes", "claimed_at", "confirmed", "confirmed_at", "confirmed_by_id",
    "reward", "held", "signed_above_at", "transfer_id", "paid_at", "state",
)  # fmt: skip


class ForTheBoard(OwnHours):
    """Hours of who organises, owns the organisation, or lives with who does: colleagues do not confirm them."""

    code = "hours_for_the_board"
    sentence = _(
        "These hours are of somebody who leads this organisation, or lives with them. The board confirms them."
    )


class NotThoseMinutes(Refusal):
    """Hours that nobody can have made in this shift, or not in steps of five minutes."""

    code = "hours_not_those_minutes"
    sentence = _("Enter steps of five minutes, and at most the %(most)s minutes of the shift.")
    field = "minutes"


class NothingToRead(Refusal):
    """Words are needed, and there are none, or too many."""

    code = "hours_nothing_to_read"
    sentence = _("Say why, in at most %(most)s letters.")
    field = "text"


@contextmanager
def holding(participation: Participation) -> Iterator[Participation]:
    """The same participation, locked with its shift and read anew, in a transaction. What is done to it can be read on
    the one that was given too, once it is done."""
    with transaction.atomic():
        mine = hold(participation.shift_id, [participation.pk])[participation.pk]
        yield mine
    copy(mine, participation)


def hold(shift: int, participations: Collection[int]) -> dict[int, Participation]:
    """Lock a shift and these of its participations, and read them anew with all that deeds about hours ask for."""
    Shift.objects.select_for_update(no_key=True).get(pk=shift)
    rows = Participation.objects.select_for_update(no_key=True, of=("self",)).select_related(*ALONG)
    return {one.pk: one for one in rows.filter(shift=shift, pk__in=participations).order_by("pk")}


def hold_persons(participations: Collection[Participation]) -> None:
    """Lock who these hours are of, under the number that counts. It may be another than when they signed up: somebody
    who was known twice was found to be one, and then both numbers are locked."""
    numbers = {one.person_id for one in participations} | {one.person.canonical_id for one in participations}
    locked = {one.pk: one for one in _persons(numbers)}
    later = {one.canonical_id for one in locked.values()} - numbers
    locked |= {one.pk: one for one in _persons(later)}
    for one in participations:
        one.person = locked[one.person_id]
        one.person.same_person_as = locked.get(one.person.same_person_as_id or 0)


def _persons(numbers: Collection[int]) -> list[Party]:
    rows = Party.objects.select_for_update(no_key=True, of=("self",)).select_related("person_details")
    return list(rows.filter(pk__in=numbers).order_by("pk"))


def copy(of: Participation, to: Participation) -> None:
    """Bring another object of the same row up to date."""
    for name in CHANGING:
        setattr(to, name, getattr(of, name))


def move(participation: Participation, event: str, *, actor: Actor, at: datetime, **along: Any) -> None:
    """Take the step, write it down for both sides, and tell who listens. That somebody is at a maximum is theirs to
    know: it can tell that they receive social assistance."""
    about = [participation.person]
    if event not in NOT_FOR_ORGANISER:
        about.append(participation.shift.activity.organiser)
    transition(participation, event, actor=actor, at=at, about=tuple(about), along=along)
    tell(f"participation.{event}", participation, actor=actor, at=at)


def check_state(participation: Participation, event: str, *states: str) -> None:
    """:raises MoveRefused: when it is in none of these states: it was dealt with meanwhile, or has its own way on."""
    if participation.state not in states:
        raise MoveRefused(table=PARTICIPATION.name, state=participation.state, event=event)


# --- Who --------------------------------------------------------------------------------------------------------------


def confirmer_of(participation: Participation, actor: Actor, at: datetime, *sides: HoursSide) -> Party:
    """The person who may confirm or contest these hours, as one of these sides when some are named.

    :raises OwnHours: to who gains from them, also under a second login, and to who shares a household.
    :raises ForTheBoard: to an organisation, for the hours of who leads it.
    :raises NotYourActivity: to everybody else who may not.
    """
    person, on = person_of(actor), day_of(at)
    side = confirms_as(person, participation, on)
    if side is not None and (not sides or side in sides):
        return person
    if is_close(person, participation.person, on):
        raise OwnHours
    organiser = participation.shift.activity.organiser
    raise ForTheBoard if may_organise(person, organiser, on) else NotYourActivity(name=organiser.display_name)


def participant_of(participation: Participation, actor: Actor, at: datetime) -> Party:
    """Whoever speaks for the participant: they themself, or the guardian of a child.

    :raises NotAllowed: to everybody else.
    """
    person = person_of(actor)
    if side_in(participation, person, day_of(at)) not in {HoursSide.PARTICIPANT, HoursSide.GUARDIAN}:
        raise NotAllowed
    return person


# --- What -------------------------------------------------------------------------------------------------------------


def check_minutes(minutes: int, shift: Shift, *, least: int = STEP) -> None:
    """That so many minutes can be made in a shift. All of it is always fine, whatever it lasts.

    :raises NotThoseMinutes: otherwise.
    """
    if not (least <= minutes <= shift.minutes and is_in_steps(minutes, shift.minutes)):
        raise NotThoseMinutes(most=shift.minutes)


def words_in(text: str) -> str:
    """What somebody wrote, without the white space around it.

    :raises NothingToRead: when that is nothing, or too long to be kept.
    """
    written = text.strip()
    if not written or len(written) > LONGEST_TEXT:
        raise NothingToRead(most=LONGEST_TEXT)
    return written
