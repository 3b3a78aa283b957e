"""Somebody who earned almost all that a month allows: a week of helping every day, confirmed on the day of loading."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from home.demo.load.season.scene import HOUR, Scene
from marketplace.models import Activity, Participation, Shift
from marketplace.operations import hours
from marketplace.operations.taking_part import check_in_by_pin, claim, sign_up
from marketplace.queries.rewards import room_for
from marketplace.states import ParticipationState

MOST_DAYS = 9
LEFT = 2_00  # about so much of the maximum is left
STEP = 5  # hours are told in steps of so many minutes


def come_near(scene: Scene, there: dict[str, Activity]) -> None:
    """One who worked every day is paid up to the maximum of the month. A day more waits for room, and for the last
    one they want no coins."""
    assert scene.season.near is not None  # noqa: S101 - asked of seasons that have one
    who, title = scene.season.near
    activity, now = there[title], scene.crowd.at
    recent = activity.shifts.filter(ends_at__lt=now - HOUR).order_by("-starts_at")
    days = sorted(islice(recent, MOST_DAYS), key=lambda shift: shift.starts_at)
    mine = [_come(scene, who, shift) for shift in days]
    filled = False
    for one in mine:
        minutes, left = one.shift.minutes, _left(scene, who)
        if one.value * minutes // 60 > left and not filled:
            # The last that fits; what comes after it waits.
            minutes = max(STEP, (left - LEFT) * 60 // one.value // STEP * STEP)
            filled = True
        _told(scene, who, one, minutes)
        hours.confirm(participation=one, actor=scene.confirms(one, _organiser(scene, title)), at=now)
    if mine and mine[-1].state == ParticipationState.BLOCKED_BY_CAP:
        hours.waive(participation=mine[-1], actor=scene.own(who), at=now)


def _left(scene: Scene, who: str) -> int:
    """What the maximums leave besides what was paid."""
    room = room_for(person=scene.person(who), neighbourhood=scene.place, on=scene.today)
    spans = [span for span in (room.month, room.year) if span.maximum is not None]
    return min((span.maximum or 0) - span.received for span in spans)


def _come(scene: Scene, who: str, shift: Shift) -> Participation:
    made = sign_up(
        shift=shift, person=scene.person(who), key=scene.key("near", shift.ref), actor=scene.own(who),
        at=shift.starts_at - timedelta(days=2), knows_maximum=True,
    )  # fmt: skip
    check_in_by_pin(participation=made, pin=shift.pin, actor=scene.own(who), at=shift.starts_at)
    made.shift = shift
    return made


def _told(scene: Scene, who: str, one: Participation, minutes: int) -> None:
    claim(
        participation=one,
        minutes=minutes,
        actor=scene.own(who),
        at=min(one.shift.ends_at + HOUR, scene.crowd.at),
    )


def _organiser(scene: Scene, title: str) -> str:
    return next(to_do.by for to_do in scene.season.to_do if to_do.title.nl == title)
