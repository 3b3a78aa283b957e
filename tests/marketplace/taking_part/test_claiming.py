"""Telling hours: in steps of five minutes, never more than the shift, from its end until two weeks later."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from core.refusals import NotAllowed
from core.states import MoveRefused
from marketplace.forms.taking_part import ClaimForm
from marketplace.models import Shift
from marketplace.operations.taking_part import arriving, claim, claiming, sign_up
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.residency import second_login
from tests.marketplace.taking_part.scene import DAY, HOUR, MINUTE, by, kim_of, signed_up, state_of, trail_of

BEGINS = AT + 2 * DAY
ENDS = BEGINS + 3 * HOUR


@pytest.fixture
def that(there: Season) -> Shift:
    return shift(activity(there))


def test_who_was_there_tells_how_long(there: Season, that: Shift) -> None:
    mine = takes_part(that, there.ann.person, "CHECKED_IN")

    claim(participation=mine, minutes=150, **by(there.ann, ENDS))

    mine.refresh_from_db()
    assert (mine.state, mine.minutes, mine.claimed_at, mine.confirmed) == ("CLAIMED", 150, ENDS, None)
    assert trail_of(mine) == ["participation.claim"]


def test_who_scanned_nothing_can_tell_too(there: Season, that: Shift) -> None:
    mine = signed_up(that, there.ann)

    claim(participation=mine, minutes=180, **by(second_login(there.ann), ENDS))

    assert state_of(mine) == "CLAIMED"


@pytest.mark.parametrize("minutes", [0, -5, 185, 100_000])
def test_nobody_tells_more_than_the_shift_or_less_than_nothing(
    there: Season, that: Shift, minutes: int
) -> None:
    mine = takes_part(that, there.ann.person, "CHECKED_IN")

    with pytest.raises(claiming.TooManyHours) as said:
        claim(participation=mine, minutes=minutes, **by(there.ann, ENDS))

    assert "180" in str(said.value)
    assert state_of(mine) == "CHECKED_IN"


@pytest.mark.parametrize("minutes", [1, 4, 62, 179])
def test_hours_are_told_in_steps_of_five_minutes(there: Season, that: Shift, minutes: int) -> None:
    mine = takes_part(that, there.ann.person, "CHECKED_IN")

    with pytest.raises(claiming.OddMinutes):
        claim(participation=mine, minutes=minutes, **by(there.ann, ENDS))


def test_who_checked_in_tells_from_half_of_it_and_who_did_not_from_its_end(
    there: Season, that: Shift
) -> None:
    half = BEGINS + 90 * MINUTE
    here, not_seen = takes_part(that, there.ann.person, "CHECKED_IN"), takes_part(that, there.ben.person)
    with pytest.raises(claiming.TooEarlyToClaim) as said:
        claim(participation=here, minutes=60, **by(there.ann, half - MINUTE))
    assert "11:30" in str(said.value)
    with pytest.raises(claiming.TooEarlyToClaim):
        claim(participation=not_seen, minutes=60, **by(there.ben, ENDS - MINUTE))

    claim(participation=here, minutes=60, **by(there.ann, half))
    claim(participation=not_seen, minutes=60, **by(there.ben, ENDS))

    assert (state_of(here), state_of(not_seen)) == ("CLAIMED", "CLAIMED")


def test_after_two_weeks_it_is_the_organisers_list_that_counts(there: Season, that: Shift) -> None:
    early, late = takes_part(that, there.ann.person), takes_part(that, there.ben.person)

    claim(participation=early, minutes=60, **by(there.ann, ENDS + 14 * DAY))
    with pytest.raises(claiming.TooLateToClaim):
        claim(participation=late, minutes=60, **by(there.ben, ENDS + 14 * DAY + MINUTE))


def test_nobody_tells_hours_of_somebody_else(there: Season, that: Shift) -> None:
    mine = takes_part(that, there.ann.person, "CHECKED_IN")

    for login in (there.ben, there.olaf, there.bea):
        with pytest.raises(NotAllowed):
            claim(participation=mine, minutes=60, **by(login, ENDS))


@pytest.mark.parametrize(
    "state", ["WAITING", "WITHDRAWN", "CLAIMED", "NO_SHOW", "CONFIRMED", "REJECTED", "DISPUTED"]
)
def test_hours_are_told_once_and_by_who_had_a_place(there: Season, that: Shift, state: str) -> None:
    mine = takes_part(that, there.ann.person, state)

    with pytest.raises(MoveRefused):
        claim(participation=mine, minutes=60, **by(there.ann, ENDS))


def test_a_parent_tells_the_hours_of_a_child(there: Season) -> None:
    kim = kim_of(there, there.ann)
    that = shift(activity(there, lowest_age=12))
    theirs = sign_up(shift=that, person=kim, key=uuid.uuid4(), **by(there.ann))

    claim(participation=theirs, minutes=60, **by(there.ann, ENDS))

    assert state_of(theirs) == "CLAIMED"


def test_telling_hours_is_no_way_round_a_certificate(there: Season) -> None:
    that = shift(activity(there, asks_conduct_certificate=True))
    mine = signed_up(that, there.ann)

    with pytest.raises(arriving.CertificateMissing):
        claim(participation=mine, minutes=60, **by(there.ann, ENDS))


def test_who_came_to_a_shift_that_was_called_off_meanwhile_tells_their_hours(there: Season) -> None:
    that: Any = shift(activity(there))
    mine = takes_part(that, there.ann.person, "CHECKED_IN")
    Shift.objects.filter(pk=that.pk).update(state="CANCELLED")

    claim(participation=mine, minutes=60, **by(there.ann, ENDS))

    assert state_of(mine) == "CLAIMED"


def test_who_came_all_of_a_shift_can_say_so_whatever_it_lasts(there: Season) -> None:
    mine = takes_part(shift(activity(there), hours=92 / 60), there.ann.person, "CHECKED_IN")

    with pytest.raises(claiming.OddMinutes):
        claim(participation=mine, minutes=91, **by(there.ann, ENDS))
    claim(participation=mine, minutes=92, **by(there.ann, ENDS))

    mine.refresh_from_db()
    assert (mine.state, mine.minutes) == ("CLAIMED", 92)


@pytest.mark.parametrize("most", [92, 90, 60, 45, 47, 120, 183])
def test_the_form_says_all_of_a_shift_unless_somebody_says_otherwise(most: int) -> None:
    asked = ClaimForm(most=most)

    sent = ClaimForm({name: field.initial for name, field in asked.fields.items()}, most=most)

    assert sent.is_valid()
    assert sent.told == most
