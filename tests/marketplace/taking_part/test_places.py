"""Places that come free: to who waited longest, until two hours before the beginning, and never twice."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest
from django.core import mail

from core.clock import day_of
from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from marketplace.models import GuardianConsent, Participation, Shift
from marketplace.operations import shifts
from marketplace.operations.consents import give_consent
from marketplace.operations.taking_part import (
    call_off,
    checking,
    promote,
    sign_up,
    withdraw,
)
from marketplace.operations.taking_part.leaving import TooLateToWithdraw
from neighbourhoods.operations.residency import end_residency
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.people import person
from tests.factories.residency import second_login
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


@pytest.fixture
def full(there: Season) -> Shift:
    """One place, which Ann has."""
    that = shift(activity(there), places=1)
    signed_up(that, there.ann)
    return that


def of(that: Shift, login: object) -> Participation:
    return Participation.objects.get(shift=that, person=login.person)  # type: ignore[attr-defined]


def test_who_withdraws_gives_the_place_to_who_waited_longest(there: Season, full: Shift) -> None:
    cor = one_more(there)
    late = signed_up(full, cor, at=AT + 2 * MINUTE)
    early = signed_up(full, there.ben, at=AT + MINUTE)
    mail.outbox.clear()

    withdraw(participation=of(full, there.ann), **by(there.ann, AT + HOUR))

    assert [state_of(one) for one in (of(full, there.ann), early, late)] == [
        "WITHDRAWN",
        "SIGNED_UP",
        "WAITING",
    ]
    assert trail_of(early) == ["participation.wait", "participation.place"]
    assert [one.to for one in mail.outbox] == [[there.ben.email]]


def test_who_only_waited_and_withdraws_gives_nobody_anything(there: Season, full: Shift) -> None:
    cor = one_more(there)
    mine, other = signed_up(full, there.ben), signed_up(full, cor)

    withdraw(participation=mine, **by(there.ben))

    assert (state_of(mine), state_of(other)) == ("WITHDRAWN", "WAITING")


@pytest.mark.parametrize(("before", "becomes"), [(2 * HOUR, "SIGNED_UP"), (2 * HOUR - MINUTE, "WAITING")])
def test_places_are_given_until_two_hours_before(
    there: Season, full: Shift, before: object, becomes: str
) -> None:
    waiting = signed_up(full, there.ben)

    withdraw(participation=of(full, there.ann), **by(there.ann, full.starts_at - before))  # type: ignore[operator]

    assert state_of(waiting) == becomes


def test_in_the_last_two_hours_who_waits_can_take_the_place_that_came_free(
    there: Season, full: Shift
) -> None:
    waiting = signed_up(full, there.ben)
    with pytest.raises(checking.AlreadySignedUp):
        signed_up(full, there.ben)
    withdraw(participation=of(full, there.ann), **by(there.ann, full.starts_at - HOUR))

    taken = signed_up(full, there.ben, at=full.starts_at - HOUR)

    assert (taken.pk, state_of(waiting)) == (waiting.pk, "SIGNED_UP")


def test_in_the_last_two_hours_somebody_new_takes_it_too(there: Season, full: Shift) -> None:
    signed_up(full, there.ben)
    withdraw(participation=of(full, there.ann), **by(there.ann, full.starts_at - HOUR))

    assert signed_up(full, one_more(there), at=full.starts_at - HOUR).state == "SIGNED_UP"


def test_who_is_elsewhere_by_now_is_skipped_and_keeps_waiting(there: Season, full: Shift) -> None:
    busy, free = signed_up(full, there.ben), signed_up(full, one_more(there))
    signed_up(shift(activity(there, "Gras maaien")), there.ben)

    withdraw(participation=of(full, there.ann), **by(there.ann))

    assert (state_of(busy), state_of(free)) == ("WAITING", "SIGNED_UP")


def test_who_moved_away_is_skipped(there: Season, full: Shift) -> None:
    gone, here = signed_up(full, there.ben), signed_up(full, one_more(there))
    residency = there.ben.person.residencies.get()
    end_residency(residency=residency, actor=by(there.ben)["actor"], at=AT, on=day_of(AT), reason="Moved")

    withdraw(participation=of(full, there.ann), **by(there.ann))

    assert (state_of(gone), state_of(here)) == ("WAITING", "SIGNED_UP")


def test_nobody_is_moved_up_while_the_pot_has_too_little(there: Season, full: Shift) -> None:
    waiting = signed_up(full, there.ben)
    other = shift(activity(there, "Gras maaien"), AT + 4 * DAY, places=200)
    for number in range(27):
        takes_part(other, person(f"P{number}").person)

    withdraw(participation=of(full, there.ann), **by(there.ann))

    assert state_of(waiting) == "WAITING"


def test_somebody_new_does_not_pass_who_waits(there: Season, full: Shift) -> None:
    """Ben was elsewhere when the place came free; now he is not, and the place is his before Cor's."""
    waiting = signed_up(full, there.ben)
    other = signed_up(shift(activity(there, "Gras maaien")), there.ben)
    withdraw(participation=of(full, there.ann), **by(there.ann))
    withdraw(participation=other, **by(there.ben))
    assert state_of(waiting) == "WAITING"

    new = signed_up(full, one_more(there))

    assert (state_of(waiting), new.state) == ("SIGNED_UP", "WAITING")


def test_what_who_waits_is_promised_first_is_not_promised_to_somebody_new(there: Season) -> None:
    """Two places, coins for one more reward: Ben has waited, so Cor is refused, and nobody is promised too much."""
    that = shift(activity(there), places=2)
    waiting = takes_part(that, there.ben.person, "WAITING")
    for number in range(26):
        takes_part(shift(activity(there), AT + 9 * DAY, places=200), person(f"P{number}").person)

    with pytest.raises(checking.PotTooEmpty):
        signed_up(that, one_more(there))
    assert promote(shift=that, at=AT) == 1

    assert state_of(waiting) == "SIGNED_UP"


def test_more_places_move_as_many_up(there: Season, full: Shift) -> None:
    waiting = [
        signed_up(full, one_more(there, name), at=AT + number * MINUTE) for number, name in enumerate("DEF")
    ]
    Shift.objects.filter(pk=full.pk).update(places=3)

    assert promote(shift=full, at=AT + HOUR) == 2

    assert [state_of(one) for one in waiting] == ["SIGNED_UP", "SIGNED_UP", "WAITING"]
    assert promote(shift=full, at=AT + HOUR) == 0


def test_no_place_is_given_away_of_what_is_paused(there: Season, full: Shift) -> None:
    waiting = signed_up(full, there.ben)
    type(full.activity).objects.filter(pk=full.activity_id).update(state="PAUSED")

    withdraw(participation=of(full, there.ann), **by(there.ann))

    assert state_of(waiting) == "WAITING"


def test_a_child_whose_parent_took_back_consent_is_skipped(there: Season) -> None:
    that = shift(activity(there, lowest_age=12), places=1)
    mine = signed_up(that, there.ben)
    kim = kim_of(there, there.ann)
    theirs = sign_up(shift=that, person=kim, key=uuid.uuid4(), **by(there.ann))
    GuardianConsent.objects.filter(child=kim).update(withdrawn_at=AT)

    withdraw(participation=mine, **by(there.ben))
    assert state_of(theirs) == "WAITING"

    give_consent(child=kim, activity=that.activity, **by(there.ann))
    assert promote(shift=that, at=AT) == 1


# --- Withdrawing ------------------------------------------------------------------------------------------------------


def test_one_withdraws_until_it_begins(there: Season, full: Shift) -> None:
    mine = of(full, there.ann)
    with pytest.raises(TooLateToWithdraw):
        withdraw(participation=mine, **by(there.ann, full.starts_at))

    withdraw(participation=mine, **by(there.ann, full.starts_at - MINUTE))

    assert state_of(mine) == "WITHDRAWN"


def test_a_second_login_withdraws_and_nobody_else_does(there: Season, full: Shift) -> None:
    mine = of(full, there.ann)
    for login in (there.ben, there.olaf, there.bea):
        with pytest.raises(NotAllowed):
            withdraw(participation=mine, **by(login))

    withdraw(participation=mine, **by(second_login(there.ann)))

    assert state_of(mine) == "WITHDRAWN"


def test_a_parent_withdraws_a_child(there: Season) -> None:
    kim = kim_of(there, there.ann)
    that = shift(activity(there, lowest_age=12))
    theirs = sign_up(shift=that, person=kim, key=uuid.uuid4(), **by(there.ann))

    withdraw(participation=theirs, **by(there.ann))

    assert state_of(theirs) == "WITHDRAWN"


def test_who_is_there_already_does_not_withdraw(there: Season) -> None:
    that = shift(activity(there))
    mine = takes_part(that, there.ann.person, "CHECKED_IN")

    with pytest.raises(MoveRefused):
        withdraw(participation=mine, **by(there.ann, that.starts_at - MINUTE))


# --- Called off -------------------------------------------------------------------------------------------------------


def test_a_shift_that_is_called_off_takes_everybody_off_who_is_not_there(there: Season) -> None:
    that = shift(activity(there), places=1)
    coming, waiting = signed_up(that, there.ann), signed_up(that, there.ben)
    here = takes_part(that, one_more(there).person, "CHECKED_IN")
    mail.outbox.clear()

    shifts.cancel_shift(shift=that, reason="Storm", **by(there.olaf))

    assert [state_of(one) for one in (coming, waiting, here)] == ["WITHDRAWN", "WITHDRAWN", "CHECKED_IN"]
    assert sorted(one.to[0] for one in mail.outbox) == sorted([there.ann.email, there.ben.email])
    assert trail_of(coming)[-1] == trail_of(waiting)[-1] == "participation.call_off"
    assert promote(shift=that, at=AT) == 0


def test_calling_off_counts_who_was_told(there: Season, full: Shift) -> None:
    signed_up(full, there.ben)

    assert call_off(shift=full, reason="Storm", **by(there.olaf)) == 2
    assert call_off(shift=full, reason="Storm", **by(there.olaf)) == 0


def test_the_moment_of_a_move_is_the_moment_that_was_told(there: Season, full: Shift) -> None:
    waiting = signed_up(full, there.ben)
    later: datetime = AT + 5 * HOUR

    withdraw(participation=of(full, there.ann), **by(there.ann, later))

    line = AuditEntry.objects.get(event="participation.place", subject_id=str(waiting.pk))
    assert (line.at, line.acted_by_id) == (later, None)
