"""Planning shifts, and changing one that was planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from core.states import transition
from core.words import one_line
from marketplace.models import Activity, Shift
from marketplace.operations.activities.standing import (
    OVER,
    ActivityOver,
    organiser_of,
)
from marketplace.operations.activities.standing import (
    locked as locked_activity,
)
from marketplace.operations.shifts.slots import Slot
from marketplace.operations.shifts.standing import ShiftBegun, locked
from marketplace.operations.standing import StoppedByBoard
from marketplace.operations.taking_part import promote
from marketplace.operations.words import check_words
from marketplace.queries.participations import UNSETTLED, taken_of
from marketplace.queries.posting_clock import was_open
from marketplace.states import ActivityState, ShiftState

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=12)
FARTHEST, LATEST = timedelta(days=400), timedelta(days=14)
MOST_PLACES, MOST_SHIFTS, LONGEST_HOST = 200, 120, 80
DIGITS: Final = 4


class NothingToPlan(Refusal):
    """A rule that falls on no day, a template without lines."""

    code = "shift_nothing_to_plan"
    sentence = _("These words give no shift at all. Choose other days.")


class TooManyShifts(Refusal):
    """Details: `number`, `most`."""

    code = "shift_too_many"
    sentence = _("This would be %(number)s shifts. Plan no more than %(most)s in one go.")


class ShiftHoursRefused(Refusal):
    """Details: `when`."""

    code = "shift_hours"
    sentence = _("A shift lasts 15 minutes to 12 hours. Look at the hours of %(when)s.")
    field = "ends"


class ShiftPast(Refusal):
    """Who was somewhere already cannot sign up for it. Details: `when`."""

    code = "shift_past"
    sentence = _("%(when)s has passed. Choose a later day or hour.")
    field = "day"


class ShiftNotHeld(Refusal):
    """What is entered from a list on paper was, and not long ago. Details: `when`."""

    code = "shift_not_held"
    sentence = _("Enter from paper what was in the last 14 days. %(when)s is not.")
    field = "day"


class ShiftTooFar(Refusal):
    """Details: `when`."""

    code = "shift_too_far"
    sentence = _("%(when)s is too far ahead. Plan no more than 400 days ahead.")
    field = "day"


class PlacesRefused(Refusal):
    """Nobody, or more than anybody keeps an eye on."""

    code = "shift_places"
    sentence = _("Choose 1 to 200 places.")
    field = "places"


class HostRefused(Refusal):
    """A name, and no story."""

    code = "shift_host"
    sentence = _("Say who is there in no more than 80 characters.")
    field = "host"


class ShiftClash(Refusal):
    """The same hours twice. Details: `when`."""

    code = "shift_clash"
    sentence = _("There is a shift on %(when)s at these hours already. Nothing was planned.")


class HoursPromised(Refusal):
    """People arranged their day around it."""

    code = "shift_hours_promised"
    sentence = _("People have signed up for these hours. Call this shift off and plan another one.")
    field = "day"


class FewerThanTaken(Refusal):
    """Nobody who has a place loses it. Details: `taken`."""

    code = "shift_fewer_than_taken"
    sentence = _("%(taken)s places are taken. Choose at least so many.")
    field = "places"


class ShiftWhileClosed(Refusal):
    """From paper comes what people could come to."""

    code = "shift_while_closed"
    sentence = _(
        "On %(when)s this activity was not open yet, or the board had stopped it. Choose another day."
    )


def plan_shifts(
    *, activity: Activity, slots: Sequence[Slot], actor: Actor, at: datetime, is_held: bool = False
) -> list[Shift]:
    """Plan shifts, all of them or none. An activity that was over is open again when it gets one that is to come.
    `is_held`: they were held already, and are entered from a list on paper.

    :raises NotYourActivity: to who does not organise for its organiser.
    :raises ActivityOver: when it is settled or was called off. :raises StoppedByBoard: when the board stopped it.
    :raises NothingToPlan, TooManyShifts, ShiftHoursRefused, ShiftPast, ShiftNotHeld, ShiftTooFar, PlacesRefused,
        HostRefused: for what cannot be planned.
    :raises ShiftWhileClosed: for what was held before it was opened, or while the board had stopped it.
    :raises ShiftClash: naming the first that is there already.
    """
    with transaction.atomic():
        locked_activity(activity)
        organiser_of(actor, activity.organiser, at)
        if activity.state in OVER:
            raise ActivityOver
        if activity.paused_by_board:
            raise StoppedByBoard
        checked = checked_slots(activity, slots, at, is_held=is_held)
        if is_held:
            _check_was_open(activity, checked)
        _check_no_clash(activity, checked)
        series = uuid4() if len(checked) > 1 else None
        person_number = getattr(actor.person, "pk", None)
        shifts = Shift.objects.bulk_create(
            Shift(
                activity=activity, starts_at=slot.starts_at, ends_at=slot.ends_at, places=slot.places, host=slot.host,
                series=series, pin=new_pin(), made_by_id=person_number, made_at=at,
            )
            for slot in checked
        )  # fmt: skip
        about = (activity.organiser,)
        record("shift.plan", subject=activity, actor=actor, at=at, about=about, after=str(len(shifts)))
        if activity.state == ActivityState.FINISHED and any(slot.ends_at > at for slot in checked):
            transition(activity, "reopen", actor=actor, at=at, about=about)
    return shifts


def change_shift(
    *,
    shift: Shift,
    starts_at: datetime,
    ends_at: datetime,
    places: int,
    host: str = "",
    actor: Actor,
    at: datetime,
) -> Shift:
    """Change a shift that has not begun: its hours while nobody signed up, its places and who is there always. Who
    waits gets a place that came free.

    :raises NotYourActivity: to who does not organise for its organiser.
    :raises MoveRefused: when it was called off. :raises ShiftBegun: when it has begun.
    :raises HoursPromised, FewerThanTaken: for what was promised to who signed up.
    :raises ShiftClash, Refusal: as `plan_shifts`.
    """
    with transaction.atomic():
        locked(shift)
        organiser_of(actor, shift.activity.organiser, at)
        if shift.starts_at <= at:
            raise ShiftBegun
        slot = Slot(starts_at=starts_at, ends_at=ends_at, places=places, host=host)
        [slot] = checked_slots(shift.activity, [slot], at)
        moved = (slot.starts_at, slot.ends_at) != (shift.starts_at, shift.ends_at)
        taken = taken_of(shift)
        if moved and shift.participations.filter(state__in=UNSETTLED).exists():
            raise HoursPromised
        if slot.places < taken:
            raise FewerThanTaken(taken=taken)
        _check_no_clash(shift.activity, [slot], besides=shift)
        more = slot.places > shift.places
        before = f"{shift.starts_at:%Y-%m-%d %H:%M}/{shift.places}"
        shift.starts_at, shift.ends_at = slot.starts_at, slot.ends_at
        shift.places, shift.host = slot.places, slot.host
        shift.save(update_fields=["starts_at", "ends_at", "places", "host"])
        record(
            "shift.change", subject=shift, actor=actor, at=at, about=[shift.activity.organiser], before=before,
            after=f"{shift.starts_at:%Y-%m-%d %H:%M}/{shift.places}",
        )  # fmt: skip
        if more:
            promote(shift=shift, at=at)
    return shift


def checked_slots(
    activity: Activity, slots: Sequence[Slot], at: datetime, *, is_held: bool = False
) -> list[Slot]:
    """The same slots in their order, made fit to be written.

    :raises Refusal: the first thing that does not do.
    """
    if not slots:
        raise NothingToPlan
    if len(slots) > MOST_SHIFTS:
        raise TooManyShifts(number=len(slots), most=MOST_SHIFTS)
    checked = [_checked(slot, at, is_held=is_held) for slot in slots]
    check_words(activity.neighbourhood, *{slot.host for slot in checked}, party=activity.organiser)
    return sorted(checked, key=lambda slot: (slot.starts_at, slot.ends_at, slot.host))


def _checked(slot: Slot, at: datetime, *, is_held: bool) -> Slot:
    when, host = in_words(slot.starts_at), one_line(slot.host)
    if not SHORTEST <= slot.ends_at - slot.starts_at <= LONGEST:
        raise ShiftHoursRefused(when=when)
    if is_held and not at - LATEST <= slot.starts_at < at:
        raise ShiftNotHeld(when=when)
    if not is_held and slot.starts_at <= at:
        raise ShiftPast(when=when)
    if slot.starts_at > at + FARTHEST:
        raise ShiftTooFar(when=when)
    if not 1 <= slot.places <= MOST_PLACES:
        raise PlacesRefused
    if len(host) > LONGEST_HOST:
        raise HostRefused
    return Slot(starts_at=slot.starts_at, ends_at=slot.ends_at, places=slot.places, host=host)


def _check_was_open(activity: Activity, slots: Sequence[Slot]) -> None:
    """Nobody is paid for what nobody could come to: before the board opened it, or while it had stopped it."""
    for slot in slots:
        if not was_open(activity, slot.starts_at):
            raise ShiftWhileClosed(when=in_words(slot.starts_at))


def _check_no_clash(activity: Activity, slots: Sequence[Slot], besides: Shift | None = None) -> None:
    """The same hours twice, with the same person there: a form that was sent twice, a week that is planned already."""
    wanted = [(slot.starts_at, slot.ends_at, slot.host) for slot in slots]
    there = Shift.objects.filter(
        activity=activity, state=ShiftState.OPEN, starts_at__gte=wanted[0][0], starts_at__lte=wanted[-1][0]
    )  # fmt: skip
    if besides is not None:
        there = there.exclude(pk=besides.pk)
    known = Counter(wanted) + Counter(set(there.values_list("starts_at", "ends_at", "host")))
    for hours in wanted:
        if known[hours] > 1:
            raise ShiftClash(when=in_words(hours[0]))


def in_words(when: datetime) -> str:
    """A moment as people say it: "Tuesday 24 November, 10:00"."""
    local = timezone.localtime(when, timezone.get_default_timezone())
    return f"{date_format(local, 'l j F')}, {date_format(local, 'H:i')}"


def new_pin() -> str:
    """A number that can be said across a room. Guessing is stopped after a few tries."""
    return f"{randbelow(10**DIGITS):0{DIGITS}d}"
