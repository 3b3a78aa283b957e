"""What the clock does when nobody confirms hours: a reminder, and then the board."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from marketplace.models import Shift
from marketplace.operations.clock import by_the_clock
from marketplace.operations.hours import confirm
from marketplace.operations.hours.clock import watch_disagreements, watch_payments, watch_unconfirmed
from marketplace.permissions import HoursSide, confirms_as
from tests.factories.activities import Season, takes_part
from tests.factories.people import actor
from tests.marketplace.hours.scene import DAY, disputed, events, fresh, shift_that_is_over, told

HOUR = timedelta(hours=1)


def escalated(shift: Shift) -> datetime | None:
    return Shift.objects.get(pk=shift.pk).escalated_at


def test_all_of_it_is_done_by_the_clock_of_the_market() -> None:
    assert {watch_unconfirmed, watch_disagreements, watch_payments} <= set(by_the_clock)


@pytest.mark.parametrize("state", ["SIGNED_UP", "CHECKED_IN", "CLAIMED"])
def test_after_three_days_the_organiser_is_reminded_once(there: Season, state: str) -> None:
    shift = shift_that_is_over(there)
    takes_part(shift, there.ann.person, state)

    assert watch_unconfirmed(shift.ends_at + 3 * DAY - HOUR) == 0
    assert watch_unconfirmed(shift.ends_at + 3 * DAY) == 1
    assert watch_unconfirmed(shift.ends_at + 4 * DAY) == 0
    assert escalated(shift) is None


def test_after_seven_days_it_is_brought_to_the_board_once(there: Season) -> None:
    shift = shift_that_is_over(there)
    claim = takes_part(shift, there.ann.person, "CLAIMED")
    week = shift.ends_at + 7 * DAY
    watch_unconfirmed(shift.ends_at + 3 * DAY)
    assert confirms_as(there.bea.person, fresh(claim), week.date()) is None

    assert watch_unconfirmed(week - HOUR) == 0
    assert watch_unconfirmed(week) == 1
    assert watch_unconfirmed(week + HOUR) == 0

    assert escalated(shift) == week
    assert confirms_as(there.bea.person, fresh(claim), week.date()) == HoursSide.BOARD


def test_hours_that_were_told_late_wait_from_then_on(there: Season) -> None:
    shift = shift_that_is_over(there)
    told_at = shift.ends_at + 10 * DAY
    takes_part(shift, there.ann.person, "CLAIMED", claimed_at=told_at)

    assert watch_unconfirmed(told_at + 3 * DAY - HOUR) == 0
    assert watch_unconfirmed(told_at + 3 * DAY) == 1
    assert watch_unconfirmed(told_at + 7 * DAY) == 1
    assert escalated(shift) == told_at + 7 * DAY


@pytest.mark.parametrize("state", ["WAITING", "WITHDRAWN", "NO_SHOW", "CONFIRMED"])
def test_where_nobody_waits_for_the_organiser_nothing_happens(there: Season, state: str) -> None:
    shift = shift_that_is_over(there)
    takes_part(shift, there.ann.person, state)

    assert watch_unconfirmed(shift.ends_at + 30 * DAY) == 0


def test_what_is_confirmed_in_time_comes_to_nobody(there: Season) -> None:
    claim = told(there, there.ann)
    confirm(participation=claim, actor=actor(there.olaf), at=claim.shift.ends_at)

    assert watch_unconfirmed(claim.shift.ends_at + 7 * DAY) == 0


def test_the_board_is_reminded_once_of_a_disagreement_of_thirty_days(there: Season) -> None:
    claim = disputed(there, there.ann)
    began = claim.dispute.opened_at

    assert watch_disagreements(began + 30 * DAY - HOUR) == 0
    assert watch_disagreements(began + 30 * DAY) == 1
    assert watch_disagreements(began + 40 * DAY) == 0

    assert fresh(claim).state == "DISPUTED"  # nothing is ruled by silence
    assert events(claim) == ["contest", "remind"]
