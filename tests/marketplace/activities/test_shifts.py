"""Planning shifts: all or none, within bounds, never twice; and changing one that people count on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from marketplace.models import Shift, ShiftMessage, ShiftTemplate
from marketplace.operations import activities, shifts
from marketplace.operations.activities.standing import ActivityOver, StoppedByBoard
from marketplace.operations.shifts import Slot, TemplateLine
from marketplace.operations.shifts.planning import (
    FewerThanTaken,
    HoursPromised,
    NothingToPlan,
    ShiftClash,
    ShiftNotHeld,
    ShiftPast,
    TooManyShifts,
)
from marketplace.operations.shifts.running import MessageRefused, ShiftReasonNeeded
from marketplace.operations.shifts.slots import of_period, of_template, slot_on, weekly
from marketplace.operations.shifts.standing import ShiftBegun
from marketplace.operations.shifts.templates import TemplateGone
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


# --- Working out days -------------------------------------------------------------------------------------------------


def test_a_weekly_shift_falls_on_its_days_and_skips_weeks() -> None:
    found = weekly(
        first_on=date(2026, 11, 24), until_on=date(2026, 12, 17), every=2, weekdays={1, 2, 4}, starts=TEN, ends=NOON,
        places=3, host="Fatima",
    )  # fmt: skip

    assert [one.starts_at for one in found] == [
        local("2026-11-24T10:00+01:00"), local("2026-11-26T10:00+01:00"), local("2026-12-07T10:00+01:00"),
        local("2026-12-08T10:00+01:00"), local("2026-12-10T10:00+01:00"),
    ]  # fmt: skip
    assert {(one.ends_at - one.starts_at, one.places, one.host) for one in found} == {(2 * HOUR, 3, "Fatima")}


def test_across_a_change_of_clocks_a_weekly_shift_keeps_its_hours() -> None:
    words: dict[str, Any] = {"every": 1, "weekdays": {7}, "starts": time(0, 30), "ends": TEN, "places": 1}

    spring = weekly(first_on=date(2027, 3, 21), until_on=date(2027, 4, 4), **words)
    autumn = weekly(first_on=date(2027, 10, 24), until_on=date(2027, 11, 7), **words)

    assert [one.starts_at.hour * 60 + one.starts_at.minute for one in spring] == [
        23 * 60 + 30,
        23 * 60 + 30,
        22 * 60 + 30,
    ]
    assert [(one.ends_at - one.starts_at) / HOUR for one in spring] == [9.5, 8.5, 9.5]
    assert [(one.ends_at - one.starts_at) / HOUR for one in autumn] == [9.5, 10.5, 9.5]


def test_an_hour_that_the_clock_skips_begins_when_it_goes_on() -> None:
    one = slot_on(date(2027, 3, 28), time(2, 30), time(4), 1)

    assert (one.starts_at, one.ends_at) == (local("2027-03-28T03:30+02:00"), local("2027-03-28T04:00+02:00"))


def test_an_evening_may_end_after_midnight() -> None:
    one = slot_on(date(2026, 11, 24), time(20), time(0, 30), 1)

    assert one.ends_at == local("2026-11-25T00:30+01:00")


def test_last_years_season_comes_again_on_the_same_days_without_what_was_called_off(there: Season) -> None:
    made = activity(there)
    summer = shift(made, local("2026-07-07T10:00+02:00"), host="Fatima", places=4)
    shift(made, local("2026-07-14T10:00+02:00"), state=ShiftState.CANCELLED)
    shift(made, local("2026-08-04T10:00+02:00"))

    found = of_period(
        activity=made, from_on=date(2026, 7, 7), until_on=date(2026, 7, 31), by=timedelta(weeks=20)
    )

    assert found == [
        Slot(
            starts_at=local("2026-11-24T10:00+01:00"), ends_at=local("2026-11-24T13:00+01:00"), places=summer.places,
            host="Fatima",
        )
    ]  # fmt: skip


def test_a_template_gives_its_week_so_many_times(there: Season) -> None:
    week = kept(there)

    found = of_template(template=week, monday=date(2026, 11, 25), weeks=2)

    assert [(one.starts_at, one.places) for one in found] == [
        (local("2026-11-23T10:00+01:00"), 2), (local("2026-11-26T19:00+01:00"), 5),
        (local("2026-11-30T10:00+01:00"), 2), (local("2026-12-03T19:00+01:00"), 5),
    ]  # fmt: skip


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


def test_what_was_is_entered_from_paper_for_two_weeks_and_never_by_mistake(there: Season) -> None:
    made = opened(there)
    was = slot(AT - 3 * DAY)

    with pytest.raises(ShiftPast):
        planned(there, made, was)
    for wrong in (slot(AT - 14 * DAY - HOUR), slot(AT + HOUR)):
        with pytest.raises(ShiftNotHeld):
            planned(there, made, wrong, is_held=True)
    [one] = planned(there, made, was, is_held=True)

    assert one.starts_at < one.made_at


def test_what_was_over_is_open_again_with_a_shift_to_come_and_not_with_one_from_paper(there: Season) -> None:
    made = activity(there, state=ActivityState.FINISHED)

    planned(there, made, slot(AT - DAY), is_held=True)
    assert made.state == ActivityState.FINISHED
    planned(there, made)
    assert made.state == ActivityState.PUBLISHED
    assert len(lines("activity.reopen", made)) == 1


def test_what_the_board_stopped_gets_no_shifts(there: Season) -> None:
    made = activity(there, state=ActivityState.PAUSED, paused_by_board=True)

    with pytest.raises(StoppedByBoard):
        planned(there, made)


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


# --- Calling off ------------------------------------------------------------------------------------------------------


def test_calling_off_takes_everybody_off_who_did_not_come_yet(there: Season) -> None:
    one = shift(activity(there), AT + timedelta(minutes=20), places=2)
    here = takes_part(one, there.ann.person, "CHECKED_IN")
    coming = takes_part(one, there.ben.person)
    waiting = takes_part(one, there.bob.person, "WAITING")

    shifts.cancel_shift(shift=one, reason=" Storm op komst. ", actor=actor(there.olaf), at=AT)

    one.refresh_from_db()
    assert (one.state, one.cancel_reason) == (ShiftState.CANCELLED, "Storm op komst.")
    for participation, state in ((here, "CHECKED_IN"), (coming, "WITHDRAWN"), (waiting, "WITHDRAWN")):
        participation.refresh_from_db()
        assert participation.state == state
    assert len(lines("shift.cancel", one)) == 1


def test_calling_off_needs_a_reason_comes_once_and_not_once_it_began(there: Season) -> None:
    made = activity(there)
    one, begun = shift(made), shift(made, AT, hours=2)
    by: dict[str, Any] = {"actor": actor(there.olaf), "at": AT}

    for reason in ("", "\u202e", "x" * 301):
        with pytest.raises(ShiftReasonNeeded):
            shifts.cancel_shift(shift=one, reason=reason, **by)
    with pytest.raises(ShiftBegun):
        shifts.cancel_shift(shift=begun, reason="Storm.", **by)
    shifts.cancel_shift(shift=one, reason="Storm.", **by)
    with pytest.raises(MoveRefused):
        shifts.cancel_shift(shift=one, reason="Storm.", **by)


def test_calling_off_an_activity_calls_off_what_is_to_come_and_leaves_what_was(there: Season) -> None:
    made = opened(there)
    was, begun, to_come = shift(made, AT - DAY), shift(made, AT - HOUR, hours=2), shift(made)
    done, mine = takes_part(was, there.ann.person, "CLAIMED"), takes_part(to_come, there.ann.person)

    activities.cancel(activity=made, reason="De keuken is dicht.", actor=actor(there.olaf), at=AT)

    states = dict(Shift.objects.values_list("pk", "state"))
    assert states == {was.pk: "OPEN", begun.pk: "OPEN", to_come.pk: "CANCELLED"}
    for participation, state in ((done, "CLAIMED"), (mine, "WITHDRAWN")):
        participation.refresh_from_db()
        assert participation.state == state
    made.refresh_from_db()
    assert made.state == ActivityState.CANCELLED
    with pytest.raises(ActivityOver):
        planned(there, made)


def test_the_board_calls_off_only_what_it_stopped(there: Season) -> None:
    made = opened(there)
    bea: dict[str, Any] = {"actor": actor(there.bea), "at": AT}

    with pytest.raises(NotYourActivity):
        activities.cancel(activity=made, reason="Onveilig.", **bea)
    activities.suspend(activity=made, reason="Onveilig.", **bea)
    with pytest.raises(Refusal):
        activities.cancel(activity=made, reason="Onveilig.", actor=actor(there.ann), at=AT)
    assert activities.cancel(activity=made, reason="Onveilig.", **bea).state == ActivityState.CANCELLED


# --- The door, messages -----------------------------------------------------------------------------------------------


def test_a_new_number_makes_the_old_one_and_its_links_worthless(there: Season) -> None:
    one = shift(activity(there))
    pin, key = one.pin, one.door_key

    shifts.new_door(shift=one, actor=actor(there.olaf), at=AT)

    one.refresh_from_db()
    assert one.pin != pin
    assert one.door_key != key


def test_who_comes_or_waits_hears_of_a_message_once_and_nobody_else(there: Season) -> None:
    one = shift(activity(there), places=3)
    takes_part(one, there.ann.person)
    takes_part(one, there.ben.person, "WAITING")
    takes_part(one, there.bob.person, "WITHDRAWN")
    words: dict[str, Any] = {
        "shift": one, "text": "Neem <b>handschoenen</b> mee.\n\n\n\nTot dan.", "language": "nl", "key": uuid4(),
        "actor": actor(there.olaf), "at": AT,
    }  # fmt: skip
    mail.outbox.clear()

    assert shifts.message_shift(**words) == shifts.message_shift(**words)

    assert sorted(sent.to for sent in mail.outbox) == [[there.ann.email], [there.ben.email]]
    assert ShiftMessage.objects.get().text == "Neem <b>handschoenen</b> mee.\n\nTot dan."


def test_nobody_sends_nothing_or_with_the_key_of_another_shift(there: Season) -> None:
    made = activity(there)
    one, other = shift(made), shift(made, AT + 5 * DAY)
    words: dict[str, Any] = {"language": "nl", "key": uuid4(), "actor": actor(there.olaf), "at": AT}

    for text in ("", " \n ", "x" * 1001):
        with pytest.raises(MessageRefused):
            shifts.message_shift(shift=one, text=text, **words)
    with pytest.raises(MessageRefused):
        shifts.message_shift(shift=one, text="Hoi", **{**words, "language": "de"})
    shifts.message_shift(shift=one, text="Hoi", **words)
    with pytest.raises(NotAllowed):
        shifts.message_shift(shift=other, text="Hoi", **words)
    assert ShiftMessage.objects.count() == 1


# --- Weeks to plan again ----------------------------------------------------------------------------------------------


def week_of(*more: TemplateLine) -> list[TemplateLine]:
    return [
        TemplateLine(weekday=4, starts_at=time(19), ends_at=time(21), places=5),
        TemplateLine(weekday=1, starts_at=TEN, ends_at=NOON, places=2, host="Fatima"),
        *more,
    ]


def kept(there: Season, name: str = "Gewone week", **more: Any) -> ShiftTemplate:
    words: dict[str, Any] = {"lines": week_of(), "actor": actor(there.olaf), "at": AT, **more}
    return shifts.save_template(organiser=there.club, name=name, **words)


def test_a_week_is_kept_over_the_one_of_the_same_name(there: Season) -> None:
    kept(there)
    kept(there, lines=week_of()[:1])
    kept(there, "Vakantie")

    assert [(one.name, one.lines.count()) for one in ShiftTemplate.objects.all()] == [
        ("Gewone week", 1),
        ("Vakantie", 2),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        TemplateLine(weekday=0, starts_at=TEN, ends_at=NOON, places=1),
        TemplateLine(weekday=8, starts_at=TEN, ends_at=NOON, places=1),
        TemplateLine(weekday=1, starts_at=NOON, ends_at=TEN, places=1),
        TemplateLine(weekday=1, starts_at=TEN, ends_at=NOON, places=0),
        TemplateLine(weekday=1, starts_at=TEN, ends_at=NOON, places=1, host="x" * 81),
    ],
)
def test_a_week_that_does_not_do_is_not_kept(there: Season, wrong: TemplateLine) -> None:
    with pytest.raises(Refusal) as refused:
        kept(there, lines=week_of(wrong))

    assert refused.value.code == "shift_template_lines"
    assert not ShiftTemplate.objects.exists()


def test_a_week_has_a_name_and_lines(there: Season) -> None:
    for name, found, code in (("", week_of(), "shift_template_name"), ("Week", [], "shift_template_lines")):
        with pytest.raises(Refusal) as refused:
            kept(there, name, lines=found)
        assert refused.value.code == code


def test_its_organiser_alone_keeps_and_removes_a_week_once(there: Season) -> None:
    week = kept(there)

    with pytest.raises(NotYourActivity):
        kept(there, "Van Ann", actor=actor(there.ann))
    with pytest.raises(NotYourActivity):
        shifts.remove_template(template=week, actor=actor(there.ann), at=AT)
    shifts.remove_template(template=week, actor=actor(there.olaf), at=AT)
    week.pk = week.pk or 1
    with pytest.raises(TemplateGone):
        shifts.remove_template(template=week, actor=actor(there.olaf), at=AT)


def test_what_waits_for_the_board_can_be_planned_already(there: Season) -> None:
    assert len(planned(there, submitted(there))) == 1
