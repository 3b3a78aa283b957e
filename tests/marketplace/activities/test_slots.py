"""Working out on which days shifts fall, and weeks that are kept to plan again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from core.refusals import Refusal
from marketplace.models import ShiftTemplate
from marketplace.operations import shifts
from marketplace.operations.shifts import Slot, TemplateLine
from marketplace.operations.shifts.slots import of_period, of_template, slot_on, weekly
from marketplace.operations.shifts.templates import TemplateGone
from marketplace.permissions import NotYourActivity
from marketplace.states import ShiftState
from tests.factories.activities import AT, Season, activity, shift
from tests.factories.people import actor
from tests.marketplace.activities.making import (
    HOUR,
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
