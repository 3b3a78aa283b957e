"""Calling off shifts; the number at their door, and messages to who comes."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from marketplace.models import Shift, ShiftMessage
from marketplace.operations import activities, shifts
from marketplace.operations.activities.standing import ActivityOver
from marketplace.operations.shifts.running import MessageRefused, ShiftReasonNeeded
from marketplace.operations.shifts.standing import ShiftBegun
from marketplace.permissions import NotYourActivity
from marketplace.states import ActivityState, ShiftState
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.people import actor
from tests.marketplace.activities.making import (
    DAY,
    HOUR,
    lines,
    opened,
    planned,
)

TEN, NOON = time(10), time(12)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


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
