"""Two of the board at one moment, a shift called off while people sign up, a form sent four times: real processes."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest

from marketplace.models import Activity, Participation, Shift
from marketplace.states import ActivityState, ParticipationState, ShiftState
from tests.factories.activities import AT, Season, activity, season, shift, takes_part
from tests.marketplace.activities.making import DAY, lines, submitted
from tests.marketplace.activities.racers import (
    cancel,
    cancel_shift,
    clock,
    give_back,
    more_places,
    plan,
    post,
    publish,
    take_part,
)
from tests.plugins.data import RealCommits
from tests.races import Call


@pytest.fixture
def there(real_commits: RealCommits) -> Season:
    return season()


def test_of_two_who_open_it_at_once_one_does(there: Season, real_commits: RealCommits) -> None:
    made = submitted(there)
    calls: list[Call] = [{"login": login.pk, "activity": made.pk} for login in (there.bea, there.bob) * 2]

    outcomes = real_commits.race(publish, calls)

    assert Counter(one.result or one.refused for one in outcomes) == {"PUBLISHED": 1, "move_refused": 3}
    assert len(lines("activity.publish", made)) == 1


def test_of_one_who_opens_it_and_one_who_sends_it_back_it_ends_open_or_is_told_so(
    there: Season, real_commits: RealCommits
) -> None:
    made = submitted(there)

    came_out, went_back = real_commits.race_between([
        (publish, {"login": there.bea.pk, "activity": made.pk}),
        (give_back, {"login": there.bob.pk, "activity": made.pk}),
    ])  # fmt: skip

    # What was sent back the board can still open; what is open it cannot send back.
    made.refresh_from_db()
    assert came_out.result == "PUBLISHED"
    assert went_back.refused in {None, "move_refused"}
    assert made.state == ActivityState.PUBLISHED


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("_round", range(3))
def test_nobody_is_left_with_a_place_in_what_was_called_off(
    there: Season, real_commits: RealCommits, whole: bool, _round: int
) -> None:
    made = activity(there)
    one = shift(made, places=1)
    olaf: Call = (
        {"login": there.olaf.pk, "activity": made.pk} if whole else {"login": there.olaf.pk, "shift": one.pk}
    )

    outcomes = real_commits.race_between([
        (take_part, {"login": there.ann.pk, "shift": one.pk}),
        (cancel if whole else cancel_shift, olaf),
        (take_part, {"login": there.ben.pk, "shift": one.pk}),
    ])  # fmt: skip

    one.refresh_from_db()
    assert one.state == ShiftState.CANCELLED
    assert outcomes[1].result == "CANCELLED"
    assert {outcomes[0].refused, outcomes[2].refused} <= {None, "activity_not_open"}
    states = Counter(Participation.objects.filter(shift=one).values_list("state", flat=True))
    signed_up = sum(outcome.refused is None for outcome in (outcomes[0], outcomes[2]))
    assert states == ({ParticipationState.WITHDRAWN: signed_up} if signed_up else {})


def test_of_four_who_plan_the_same_shift_one_does(there: Season, real_commits: RealCommits) -> None:
    made = activity(there)
    call: Call = {"login": there.olaf.pk, "activity": made.pk, "days": 3}

    outcomes = real_commits.race(plan, [call] * 4)

    assert Counter(one.result or one.refused for one in outcomes) == {1: 1, "shift_clash": 3}
    assert Shift.objects.count() == 1


@pytest.mark.parametrize("_round", range(2))
def test_a_shift_that_is_planned_while_the_clock_comes_by_keeps_it_open(
    there: Season, real_commits: RealCommits, _round: int
) -> None:
    made = activity(there)
    shift(made, AT - DAY, hours=2)

    outcomes = real_commits.race_between([
        (clock, {"days": 0}),
        (plan, {"login": there.olaf.pk, "activity": made.pk, "days": 3}),
        (clock, {"days": 0}),
    ])  # fmt: skip

    made.refresh_from_db()
    assert outcomes[1].result == 1
    assert made.state == ActivityState.PUBLISHED
    assert len(lines("activity.finish", made)) == len(lines("activity.reopen", made)) <= 1


def test_places_that_are_added_twice_at_once_are_given_away_once(
    there: Season, real_commits: RealCommits
) -> None:
    one = shift(activity(there), places=1)
    takes_part(one, there.bob.person)
    waiting = [takes_part(one, login.person, "WAITING") for login in (there.ann, there.ben)]

    real_commits.race(more_places, [{"login": there.olaf.pk, "shift": one.pk, "places": 2}] * 4)

    states = Participation.objects.filter(pk__in=[each.pk for each in waiting]).values_list(
        "state", flat=True
    )
    assert Counter(states) == {"SIGNED_UP": 1, "WAITING": 1}


def test_a_form_that_is_sent_four_times_at_once_makes_one_activity_with_one_shift(
    there: Season, real_commits: RealCommits
) -> None:
    call: Call = {
        "login": there.olaf.pk, "neighbourhood": there.neighbourhood.pk, "organiser": there.club.pk,
        "item": there.item.pk, "key": str(uuid4()),
    }  # fmt: skip

    outcomes = real_commits.race(post, [call] * 4)

    assert len({one.result for one in outcomes}) == 1
    assert (Activity.objects.count(), Shift.objects.count()) == (1, 1)
    assert Activity.objects.get().state == ActivityState.SUBMITTED
