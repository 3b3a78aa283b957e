"""Over when the last shift is, settled when everybody is; whoever leaves organises nothing any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from core.privacy import before_erasure
from marketplace.models import Activity
from marketplace.operations import activities
from marketplace.operations.activities.clock import watch_activities
from marketplace.operations.activities.leaving import leave_activities
from marketplace.operations.activities.standing import NotInsured
from marketplace.states import ActivityState, ParticipationState
from neighbourhoods.models import Residency
from neighbourhoods.states import ResidencyState
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.people import actor
from tests.factories.residency import second_login
from tests.marketplace.activities.making import (
    DAY,
    HOUR,
    TODAY,
    admission_of_club,
    drafted,
    lines,
    opened,
    submitted,
)

_A = ActivityState


def state(made: Activity) -> str:
    made.refresh_from_db()
    return made.state


def test_an_activity_is_over_when_its_last_shift_is(there: Season) -> None:
    made = activity(there)
    shift(made, AT - 2 * DAY)
    last = shift(made, AT, hours=2)

    assert watch_activities(AT + HOUR) == 0
    assert state(made) == _A.PUBLISHED
    assert watch_activities(last.ends_at) == 1
    assert state(made) == _A.FINISHED
    assert watch_activities(last.ends_at) == 0


def test_without_shifts_or_with_one_called_off_it_is_not_over(there: Season) -> None:
    made = activity(there)
    shift(made, AT - DAY, state="CANCELLED")

    assert watch_activities(AT) == 0
    assert state(made) == _A.PUBLISHED


def test_what_the_board_stopped_stays_stopped(there: Season) -> None:
    made = activity(there, state=_A.PAUSED, paused_by_board=True)
    shift(made, AT - DAY)

    assert watch_activities(AT) == 0
    assert state(made) == _A.PAUSED


def test_a_paused_activity_is_over_too(there: Season) -> None:
    made = activity(there, state=_A.PAUSED)
    shift(made, AT - DAY)

    watch_activities(AT)

    assert state(made) == _A.FINISHED


@pytest.mark.parametrize(
    "unsettled", ["SIGNED_UP", "CHECKED_IN", "CLAIMED", "CONFIRMED", "BLOCKED_BY_CAP", "DISPUTED"]
)
def test_it_is_settled_when_nobody_waits_for_anything(there: Season, unsettled: str) -> None:
    made = activity(there, state=_A.FINISHED)
    was = shift(made, AT - 15 * DAY)
    one = takes_part(was, there.ann.person, unsettled)

    assert watch_activities(AT) == 0
    one.state = ParticipationState.REJECTED
    one.save()
    assert watch_activities(AT) == 1
    assert state(made) == _A.CLOSED


def test_while_somebody_can_be_put_on_the_list_it_is_not_settled(there: Season) -> None:
    made = activity(there, state=_A.FINISHED)
    was = shift(made, AT - 14 * DAY, hours=2)

    assert watch_activities(AT) == 0
    assert watch_activities(was.ends_at + 14 * DAY) == 1


def test_while_somebody_can_say_that_they_were_there_it_is_not_settled(there: Season) -> None:
    made = activity(there, state=_A.FINISHED)
    takes_part(shift(made, AT - 20 * DAY), there.ann.person, "NO_SHOW")

    assert watch_activities(AT) == 0
    assert watch_activities(AT + 9 * DAY) == 1


def test_nobody_signs_up_for_an_organisation_that_is_not_let_in_or_insured_any_more(there: Season) -> None:
    made = opened(there)
    board = activity(there, "Vegen", organiser=there.neighbourhood.party)
    town = activity(there, "Lezen", organiser=there.municipality)
    own = activity(there, "Fietsles", organiser=there.ann.person)
    admission_of_club(there, insured_until_on=TODAY)
    assert watch_activities(AT) == 0

    mail.outbox.clear()
    assert watch_activities(AT + DAY) == 1
    assert [state(one) for one in (made, board, town, own)] == [_A.PAUSED, *[_A.PUBLISHED] * 3]
    [told] = mail.outbox
    assert told.to == [there.olaf.email]
    assert "niet verzekerd" in told.body or "not insured" in told.body
    with pytest.raises(NotInsured):
        activities.resume(activity=made, actor=actor(there.olaf), at=AT + DAY)
    admission_of_club(there, insured_until_on=TODAY + 9 * DAY)
    activities.resume(activity=made, actor=actor(there.olaf), at=AT + DAY)
    assert watch_activities(AT + DAY) == 0


def test_nobody_signs_up_for_who_moved_away(there: Season) -> None:
    made = activity(there, organiser=there.ann.person)
    second_login(there.ann)
    assert watch_activities(AT) == 0

    Residency.objects.filter(person=there.ann.person).update(state=ResidencyState.ENDED)

    assert watch_activities(AT) == 1
    assert state(made) == _A.PAUSED


def test_who_leaves_takes_back_drafts_and_calls_off_what_was_to_come(there: Season) -> None:
    organiser = there.ann.person
    draft = drafted(there, there.ann, organiser=organiser, title="Een")
    sent = submitted(there, there.ann, organiser=organiser, title="Twee")
    running = activity(there, "Drie", organiser=organiser)
    over = activity(there, "Vier", organiser=organiser, state=_A.FINISHED)
    other = opened(there)
    mine = takes_part(shift(running), there.ben.person)
    done = takes_part(shift(running, AT - DAY), there.ben.person, "CLAIMED")

    leave_activities(organiser, AT)

    found = [state(one) for one in (draft, sent, running, over, other)]
    assert found == [_A.CANCELLED, _A.CANCELLED, _A.CANCELLED, _A.FINISHED, _A.PUBLISHED]
    for one, is_now in ((mine, "WITHDRAWN"), (done, "CLAIMED")):
        one.refresh_from_db()
        assert one.state == is_now


def test_leaving_is_asked_before_somebody_is_forgotten() -> None:
    assert before_erasure(leave_activities) is leave_activities


def test_its_organiser_pauses_and_goes_on(there: Season) -> None:
    made = opened(there)
    olaf = actor(there.olaf)

    activities.pause(activity=made, actor=olaf, at=AT, reason="Vakantie")
    assert state(made) == _A.PAUSED
    activities.resume(activity=made, actor=olaf, at=AT + timedelta(days=1))
    assert state(made) == _A.PUBLISHED
    assert len(lines("activity.pause", made)) == len(lines("activity.resume", made)) == 1
