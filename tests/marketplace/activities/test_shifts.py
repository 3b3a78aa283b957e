"""Planning shifts: all or none, within bounds, never twice; and changing one that people count on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Refusal
from core.states import MoveRefused
from marketplace.models import Activity, Shift
from marketplace.operations import activities, shifts
from marketplace.operations.activities.standing import ActivityOver
from marketplace.operations.shifts.planning import (
    FewerThanTaken,
    HoursPromised,
    NothingToPlan,
    ShiftClash,
    ShiftNotHeld,
    ShiftPast,
    ShiftWhileClosed,
    TooManyShifts,
)
from marketplace.operations.shifts.standing import ShiftBegun
from marketplace.operations.standing import StoppedByBoard
from marketplace.permissions import NotYourActivity
from marketplace.states import ActivityState, ParticipationState, ShiftState
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.people import actor
from tests.marketplace.activities.making import (
    DAY,
    HOUR,
    TUESDAY,
    block,
    drafted,
    lines,
    opened,
    planned,
    slot,
    submitted,
)

TEN, NOON = time(10), time(12)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


# --- Planning ---------------------------------------------------------------------------------------------------------


def test_shifts_are_planned_together_each_with_a_number_for_its_door(there: Season) -> None:
    made = opened(there)

    found = planned(there, made, slot(TUESDAY + 7 * DAY), slot(host=" Fatima\u202e "))

    first, second = Shift.objects.filter(activity=made)
    assert (first.starts_at, first.places, first.host) == (TUESDAY, 3, "Fatima")
    assert first.series == second.series is not None
    assert first.door_key != second.door_key
    assert all(one.pin.isdigit() and len(one.pin) == 4 for one in found)
    [line] = lines("shift.plan", made)
    assert line.after == "2"


def test_a_draft_gets_shifts_and_what_is_over_does_not(there: Season) -> None:
    made = drafted(there)
    assert len(planned(there, made)) == 1

    activities.withdraw(activity=made, actor=actor(there.olaf), at=AT)
    with pytest.raises(ActivityOver):
        planned(there, made, slot(TUESDAY + DAY))


def test_its_organiser_alone_plans_and_changes_shifts(there: Season) -> None:
    made = opened(there)
    [one] = planned(there, made)

    for login in (there.ann, there.bea):
        by: dict[str, Any] = {"actor": actor(login), "at": AT}
        deeds = (
            lambda by=by: planned(there, made, slot(TUESDAY + DAY), **by),
            lambda by=by: shifts.change_shift(
                shift=one, starts_at=TUESDAY, ends_at=TUESDAY + HOUR, places=9, **by
            ),
            lambda by=by: shifts.cancel_shift(shift=one, reason="Storm.", **by),
            lambda by=by: shifts.new_door(shift=one, **by),
            lambda by=by: shifts.message_shift(shift=one, text="Hoi", language="nl", key=uuid4(), **by),
        )
        for deed in deeds:
            with pytest.raises(NotYourActivity):
                deed()
    assert Shift.objects.get().places == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_at": TUESDAY + timedelta(minutes=14)}, "shift_hours"),
        ({"ends_at": TUESDAY - HOUR}, "shift_hours"),
        ({"ends_at": TUESDAY + timedelta(hours=12, minutes=1)}, "shift_hours"),
        ({"starts_at": AT, "ends_at": AT + HOUR}, "shift_past"),
        ({"starts_at": AT - DAY, "ends_at": AT - DAY + HOUR}, "shift_past"),
        ({"starts_at": AT + 401 * DAY, "ends_at": AT + 401 * DAY + HOUR}, "shift_too_far"),
        ({"places": 0}, "shift_places"),
        ({"places": -1}, "shift_places"),
        ({"places": 201}, "shift_places"),
        ({"host": "x" * 81}, "shift_host"),
        ({"host": "de goktip"}, "blocked_word"),
    ],
)
def test_one_that_does_not_do_keeps_all_of_them_out(there: Season, change: dict[str, Any], code: str) -> None:
    made = opened(there)
    block(there, "goktip")

    with pytest.raises(Refusal) as refused:
        planned(there, made, slot(TUESDAY + DAY), replace(slot(), **change))

    assert refused.value.code == code
    assert not Shift.objects.exists()


def test_no_more_than_a_hundred_and_twenty_at_once_and_not_none(there: Season) -> None:
    made = opened(there)

    with pytest.raises(NothingToPlan):
        shifts.plan_shifts(activity=made, slots=[], actor=actor(there.olaf), at=AT)
    with pytest.raises(TooManyShifts) as refused:
        planned(there, made, *[slot(TUESDAY + number * DAY) for number in range(121)])
    assert "121" in str(refused.value)
    assert len(planned(there, made, *[slot(TUESDAY + number * DAY) for number in range(120)])) == 120


def test_the_same_hours_twice_are_refused_by_name_and_nothing_is_planned(there: Season) -> None:
    made = opened(there)
    planned(there, made, slot())

    with pytest.raises(ShiftClash) as refused:
        planned(there, made, slot(TUESDAY + 7 * DAY), slot())
    with pytest.raises(ShiftClash):
        planned(there, made, slot(TUESDAY + 14 * DAY), slot(TUESDAY + 14 * DAY))

    assert "24" in str(refused.value)
    assert Shift.objects.count() == 1
    assert len(planned(there, made, slot(host="Iemand anders"))) == 1  # two rooms at once


def test_the_database_refuses_the_same_shift_twice_and_one_without_places(there: Season) -> None:
    [one] = planned(there, opened(there))

    for change in ({"places": 0}, {"ends_at": one.starts_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Shift.objects.filter(pk=one.pk).update(**change)
    one.pk, one.ref = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


def opened_before(there: Season) -> Activity:
    """Ten days ago."""
    made = opened(there)
    Activity.objects.filter(pk=made.pk).update(published_at=AT - 10 * DAY)
    made.refresh_from_db()
    return made


def test_what_was_held_before_it_was_opened_is_not_entered(there: Season) -> None:
    made, draft = opened_before(there), drafted(there)
    before, after = slot(AT - 10 * DAY - HOUR), slot(AT - 10 * DAY)

    with pytest.raises(ShiftWhileClosed):
        planned(there, made, after, before, is_held=True)
    with pytest.raises(ShiftWhileClosed):
        planned(there, draft, after, is_held=True)
    assert not Shift.objects.exists()

    assert len(planned(there, made, after, is_held=True)) == 1


def test_what_was_held_while_the_board_had_stopped_it_is_not_entered(there: Season) -> None:
    made, bea = opened_before(there), actor(there.bea)
    activities.suspend(activity=made, reason="Onveilig.", actor=bea, at=AT - 5 * DAY)
    activities.release(activity=made, reason="Weer veilig.", actor=bea, at=AT - 3 * DAY)

    with pytest.raises(ShiftWhileClosed):
        planned(there, made, slot(AT - 4 * DAY), is_held=True)

    assert len(planned(there, made, slot(AT - 6 * DAY), slot(AT - 2 * DAY), is_held=True)) == 2


def test_what_was_is_entered_from_paper_for_two_weeks_and_never_by_mistake(there: Season) -> None:
    made = opened_before(there)
    was = slot(AT - 3 * DAY)

    with pytest.raises(ShiftPast):
        planned(there, made, was)
    for wrong in (slot(AT - 14 * DAY - HOUR), slot(AT + HOUR)):
        with pytest.raises(ShiftNotHeld):
            planned(there, made, wrong, is_held=True)
    [one] = planned(there, made, was, is_held=True)

    assert one.starts_at < one.made_at


def test_what_was_over_is_open_again_with_a_shift_to_come_and_not_with_one_from_paper(there: Season) -> None:
    made = activity(there, state=ActivityState.FINISHED, at=AT - 30 * DAY)

    planned(there, made, slot(AT - DAY), is_held=True)
    assert made.state == ActivityState.FINISHED
    planned(there, made)
    assert made.state == ActivityState.PUBLISHED
    assert len(lines("activity.reopen", made)) == 1


def test_what_the_board_stopped_gets_no_shifts(there: Season) -> None:
    made = activity(there, state=ActivityState.PAUSED, paused_by_board=True)

    with pytest.raises(StoppedByBoard):
        planned(there, made)


def test_what_waits_for_the_board_can_be_planned_already(there: Season) -> None:
    assert len(planned(there, submitted(there))) == 1


# --- Changing ---------------------------------------------------------------------------------------------------------


def change(there: Season, one: Shift, **more: Any) -> Shift:
    words: dict[str, Any] = {
        "starts_at": one.starts_at, "ends_at": one.ends_at, "places": one.places, "host": one.host,
        "actor": actor(there.olaf), "at": AT,
    }  # fmt: skip
    return shifts.change_shift(shift=one, **{**words, **more})


def test_hours_change_while_nobody_signed_up_and_not_after(there: Season) -> None:
    one = shift(activity(there))
    later = {"starts_at": one.starts_at + HOUR, "ends_at": one.ends_at + HOUR}

    change(there, one, **later)
    one.refresh_from_db()
    assert one.starts_at == later["starts_at"]

    takes_part(one, there.ann.person, "WITHDRAWN")
    change(there, one, starts_at=one.starts_at + HOUR)
    takes_part(one, there.ann.person, "WAITING")
    with pytest.raises(HoursPromised):
        change(there, one, starts_at=one.starts_at + HOUR)
    assert change(there, one, host="Fatima").host == "Fatima"


def test_more_places_go_to_who_waits_and_nobody_loses_one(there: Season) -> None:
    one = shift(activity(there), places=2)
    for login in (there.ben, there.bob):
        takes_part(one, login.person)
    mine = takes_part(one, there.ann.person, "WAITING")

    with pytest.raises(FewerThanTaken):
        change(there, one, places=1)
    change(there, one, places=3)

    mine.refresh_from_db()
    assert mine.state == ParticipationState.SIGNED_UP


def test_a_shift_that_began_or_was_called_off_does_not_change(there: Season) -> None:
    made = activity(there)
    begun, off = shift(made, AT, hours=2), shift(made, state=ShiftState.CANCELLED)

    with pytest.raises(ShiftBegun):
        change(there, begun, places=9)
    with pytest.raises(MoveRefused):
        change(there, off, places=9)


def test_a_shift_does_not_move_onto_another(there: Season) -> None:
    made = activity(there)
    one, other = shift(made), shift(made, AT + 5 * DAY)

    with pytest.raises(ShiftClash):
        change(there, one, starts_at=other.starts_at, ends_at=other.ends_at)
