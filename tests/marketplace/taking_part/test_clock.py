"""What happens by itself: a reminder the day before, the end of waiting, two weeks without a word, a free place."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from core.clock import day_of
from core.privacy import checks_before_erasure
from marketplace.models import ConductCertificate, GuardianConsent, Participation, PinTry, Shift
from marketplace.operations.clock import by_the_clock
from marketplace.operations.taking_part import clock, erasing, sign_up, withdraw
from marketplace.operations.taking_part.rows import move
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.marketplace.taking_part.scene import (
    DAY,
    HOUR,
    MINUTE,
    by,
    kim_of,
    one_more,
    signed_up,
    state_of,
    trail_of,
)

EVENING_BEFORE = AT + DAY + 8 * HOUR  # a shift of the season begins in two days at ten in the morning
MORNING_BEFORE = AT + DAY - 3 * HOUR  # seven o'clock


def test_the_market_clock_does_all_of_it() -> None:
    ours = {
        clock.watch_participations,
        clock.remind_of_shifts,
        clock.remind_of_certificates,
        clock.forget_tries,
    }

    assert ours <= set(by_the_clock)
    assert erasing.leave_shifts in checks_before_erasure()


# --- Reminders --------------------------------------------------------------------------------------------------------


def test_who_comes_tomorrow_is_reminded_once_in_the_daytime(there: Season) -> None:
    mine = signed_up(shift(activity(there)), there.ann)
    mail.outbox.clear()

    assert clock.remind_of_shifts(MORNING_BEFORE - MINUTE) == 0
    assert clock.remind_of_shifts(MORNING_BEFORE) == 1
    assert clock.remind_of_shifts(EVENING_BEFORE) == 0

    mine.refresh_from_db()
    assert mine.reminded_at == MORNING_BEFORE
    assert trail_of(mine)[-1] == "participation.remind"
    assert [one.to for one in mail.outbox] == [[there.ann.email]]


def test_nobody_is_reminded_two_days_before_or_once_it_has_begun(there: Season) -> None:
    signed_up(shift(activity(there)), there.ann)

    assert clock.remind_of_shifts(AT + 5 * HOUR) == 0
    assert clock.remind_of_shifts(AT + 2 * DAY) == 0


def test_a_clock_that_stood_still_reminds_on_the_day_itself(there: Season) -> None:
    signed_up(shift(activity(there)), there.ann)

    assert clock.remind_of_shifts(AT + 2 * DAY - HOUR) == 1


def test_who_signed_up_today_knows(there: Season) -> None:
    signed_up(shift(activity(there)), there.ann, at=MORNING_BEFORE)

    assert clock.remind_of_shifts(EVENING_BEFORE) == 0


@pytest.mark.parametrize("state", ["WAITING", "WITHDRAWN", "CHECKED_IN"])
def test_only_who_comes_is_reminded(there: Season, state: str) -> None:
    takes_part(shift(activity(there)), there.ann.person, state)

    assert clock.remind_of_shifts(EVENING_BEFORE) == 0


def test_the_day_before_is_a_local_day_also_when_the_clocks_change(there: Season) -> None:
    """Sunday 28 March 2027 has 23 hours: a shift at one minute to midnight on it is tomorrow's all Saturday."""
    late = shift(activity(there), datetime(2027, 3, 28, 21, 59, tzinfo=UTC))
    early = shift(activity(there), datetime(2027, 3, 28, 22, 0, tzinfo=UTC))
    takes_part(late, there.ann.person)
    takes_part(early, there.ben.person)

    assert clock.remind_of_shifts(datetime(2027, 3, 27, 12, tzinfo=UTC)) == 1
    assert Participation.objects.get(reminded_at__isnull=False).shift == late


# --- Waiting, and no word ---------------------------------------------------------------------------------------------


def test_who_still_waits_when_it_begins_hears_that_no_place_came_free(there: Season) -> None:
    that = shift(activity(there), places=1)
    signed_up(that, there.ann)
    mine = signed_up(that, there.ben)
    mail.outbox.clear()

    assert clock.watch_participations(that.starts_at - MINUTE) == 0
    assert clock.watch_participations(that.starts_at) == 1
    assert clock.watch_participations(that.starts_at) == 0

    assert (state_of(mine), trail_of(mine)[-1]) == ("WITHDRAWN", "participation.lapse")
    assert [one.to for one in mail.outbox] == [[there.ben.email]]


def test_who_nobody_said_anything_of_in_two_weeks_was_not_there(there: Season) -> None:
    that = shift(activity(there), places=3)
    silent, here, told = (
        takes_part(that, one.person, state)
        for one, state in ((there.ann, "SIGNED_UP"), (there.ben, "CHECKED_IN"), (there.bea, "CLAIMED"))
    )
    mail.outbox.clear()

    assert clock.watch_participations(that.ends_at + 14 * DAY) == 0
    assert clock.watch_participations(that.ends_at + 14 * DAY + MINUTE) == 1

    assert [state_of(one) for one in (silent, here, told)] == ["NO_SHOW", "CHECKED_IN", "CLAIMED"]
    assert [one.to for one in mail.outbox] == [[there.ann.email]]


def test_a_place_that_came_free_in_another_way_is_given_by_the_clock(there: Season) -> None:
    """Somebody was erased, another shift withdrawn from, a pot filled up: nobody withdrew from this one."""
    that = shift(activity(there), places=1)
    signed_up(that, there.ann)
    mine = signed_up(that, there.ben)
    Shift.objects.filter(pk=that.pk).update(places=2)

    assert clock.watch_participations(AT + HOUR) == 1
    assert clock.watch_participations(AT + HOUR) == 0

    assert state_of(mine) == "SIGNED_UP"


def test_a_child_that_stayed_on_the_list_without_consent_comes_off(there: Season) -> None:
    kim = kim_of(there, there.ann)
    that = shift(activity(there, lowest_age=12))
    theirs = sign_up(shift=that, person=kim, key=uuid.uuid4(), **by(there.ann))
    assert clock.watch_participations(AT + HOUR) == 0

    GuardianConsent.objects.update(withdrawn_at=AT)

    assert clock.watch_participations(AT + HOUR) == 1
    assert state_of(theirs) == "WITHDRAWN"


def test_who_withdrew_at_this_moment_is_nobody_that_the_clock_has_to_do_with(there: Season) -> None:
    that = shift(activity(there))
    mine = signed_up(that, there.ann)
    withdraw(participation=mine, **by(there.ann))

    assert clock._remind(EVENING_BEFORE, mine.pk) is False
    assert clock._miss(that.ends_at + 20 * DAY, mine.pk) is False
    assert clock._lapse(that.starts_at, mine.pk) is False


# --- Certificates and numbers -----------------------------------------------------------------------------------------


def test_a_certificate_that_runs_out_is_told_of_once(there: Season) -> None:
    until_on = day_of(AT) + 30 * DAY
    seen = ConductCertificate.objects.create(
        organisation=there.club, person=there.ann.person, until_on=until_on, seen_by=there.olaf.person, seen_at=AT
    )  # fmt: skip

    assert clock.remind_of_certificates(AT - DAY) == 0
    assert clock.remind_of_certificates(AT) == 1
    assert clock.remind_of_certificates(AT + DAY) == 0

    seen.refresh_from_db()
    assert seen.reminded_on == day_of(AT)
    assert sorted(one.to[0] for one in mail.outbox) == sorted([there.ann.email, there.olaf.email])


def test_wrong_numbers_are_forgotten_after_a_day(there: Season) -> None:
    that = shift(activity(there))
    for hours in (1, 23, 25):
        PinTry.objects.create(person=there.ann.person, shift=that, at=AT - timedelta(hours=hours))

    assert clock.forget_tries(AT) == 1
    assert PinTry.objects.count() == 2


# --- Whoever is forgotten ---------------------------------------------------------------------------------------------


def test_whoever_is_erased_leaves_their_place_to_others(there: Season) -> None:
    that = shift(activity(there), places=1)
    mine, waiting = signed_up(that, there.ann), signed_up(that, there.ben)
    past = takes_part(shift(activity(there), AT - 5 * DAY), there.ann.person)

    erasing.leave_shifts(there.ann.person, AT + HOUR)
    clock.watch_participations(AT + HOUR)

    assert [state_of(one) for one in (mine, waiting, past)] == ["WITHDRAWN", "SIGNED_UP", "NO_SHOW"]


def test_one_that_goes_wrong_stops_nobody_else(there: Season, monkeypatch: pytest.MonkeyPatch) -> None:
    that = shift(activity(there), places=2)
    for login in (there.ann, there.ben, one_more(there)):
        takes_part(that, login.person, "WAITING")
    broken = Participation.objects.get(person=there.ben.person)

    def fails(participation: Participation, *words: object, **more: object) -> None:
        if participation.pk == broken.pk:
            raise ValueError("broken on purpose")
        move(participation, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(clock, "move", fails)

    with pytest.raises(RuntimeError, match="waiting list"):
        clock.watch_participations(that.starts_at)
    assert Participation.objects.filter(state="WITHDRAWN").count() == 2
