"""Letting go of coins that wait: an end, by the participant alone, which takes no room of anything any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditAbout
from core.refusals import NotAllowed
from core.states import MoveRefused
from marketplace.models import Held, Participation
from marketplace.operations.activities.clock import watch_activities
from marketplace.operations.hours import settle, waive
from marketplace.operations.hours.clock import watch_payments
from marketplace.queries.hours import hours_of
from marketplace.queries.pots import promised_from
from marketplace.queries.rewards import room_for
from marketplace.states import ActivityState
from marketplace.views.organising.telling import phase_of_hours, why_it_waits
from people.models import Role
from tests.factories.activities import Season, activity, born, confirm_year, shift, takes_part
from tests.factories.ledger import SYSTEM
from tests.factories.people import actor, mandate
from tests.marketplace.hours.scene import BEGAN, DAY, OVER, balance, check_books, events, fresh, paid

WAITS = "BLOCKED_BY_CAP"


def waiting(there: Season, state: str = WAITS, held: str = "") -> Participation:
    """Three hours of Ann that earned 18.00, where the maximum of an hour is five and what is more is not paid."""
    confirm_year(there.municipality, version=2, per_hour=5_00, over_hour="BLOCK")
    that = activity(there, state=ActivityState.FINISHED)
    return takes_part(shift(that, BEGAN), there.ann.person, state, held=held)


@pytest.mark.parametrize(
    ("state", "held"), [(WAITS, ""), ("CONFIRMED", Held.POT), ("CONFIRMED", Held.ACCOUNT)]
)
def test_the_participant_lets_go_of_what_waits_and_it_is_never_paid(
    there: Season, state: str, held: str
) -> None:
    hours = waiting(there, state, held=held)

    waive(participation=hours, actor=actor(there.ann), at=OVER)

    assert (hours.state, hours.held, hours.confirmed, hours.transfer_id) == ("WAIVED", "", 180, None)
    with pytest.raises(MoveRefused):
        settle(participation=hours, actor=SYSTEM, at=OVER)
    watch_payments(OVER + DAY)
    assert fresh(hours).state == "WAIVED"
    assert balance(there.place.ann) == 0
    check_books()


def test_it_takes_no_room_of_pot_or_maximum_and_its_activity_is_settled(there: Season) -> None:
    confirm_year(there.municipality, version=3, per_hour=None)
    hours = waiting(there, "CONFIRMED", held=Held.POT)
    confirm_year(there.municipality, version=4, per_hour=None)
    later = OVER + timedelta(days=40)

    def promised() -> tuple[int, int]:
        room = room_for(there.ann.person, there.neighbourhood, OVER.date())
        return promised_from([there.pot])[there.pot.pk], room.year.promised

    before = promised()
    watch_activities(later)
    still_open = activity_state(hours)
    waive(participation=hours, actor=actor(there.ann), at=OVER)
    watch_activities(later)

    assert (before, promised()) == ((18_00, 18_00), (0, 0))
    assert (still_open, activity_state(hours)) == (ActivityState.FINISHED, ActivityState.CLOSED)


def activity_state(hours: Participation) -> str:
    return fresh(hours).shift.activity.state


def test_what_will_never_be_paid_takes_no_room_from_what_will(there: Season) -> None:
    waiting(there)

    assert room_for(there.ann.person, there.neighbourhood, OVER.date()).month.promised == 0


def test_who_is_told_is_the_participant_alone_and_the_organiser_reads_that_it_is_done(there: Season) -> None:
    hours = waiting(there)

    waive(participation=hours, actor=actor(there.ann), at=OVER)

    about = AuditAbout.objects.filter(entry__event="participation.waive")
    assert list(about.values_list("party", flat=True)) == [there.ann.person.pk]
    assert events(hours) == ["waive"]
    assert phase_of_hours(hours) == ("done", "Done")
    assert why_it_waits(hours) == ""
    assert list(hours_of(there.ann.person, there.club, BEGAN.date(), OVER.date())) == [hours]


def test_a_guardian_lets_go_for_a_child_and_nobody_else_for_anybody(there: Season) -> None:
    hours = waiting(there)
    for login in (there.ben, there.olaf, there.bea):
        with pytest.raises(NotAllowed):
            waive(participation=hours, actor=actor(login), at=OVER)
    with pytest.raises(NotAllowed):
        waive(participation=hours, actor=SYSTEM, at=OVER)
    born(there.ann.person, (OVER - 13 * 366 * DAY).date())
    mandate(person=there.ben, principal=there.ann.person, role=Role.HELPER)

    waive(participation=hours, actor=actor(there.ben), at=OVER)

    assert fresh(hours).state == "WAIVED"


@pytest.mark.parametrize("state", ["SIGNED_UP", "CHECKED_IN", "CLAIMED", "WITHDRAWN", "NO_SHOW"])
def test_what_is_not_confirmed_cannot_be_let_go_of(there: Season, state: str) -> None:
    hours = waiting(there, state)

    with pytest.raises(MoveRefused):
        waive(participation=hours, actor=actor(there.ann), at=OVER)
    assert fresh(hours).state == state


def test_what_is_paid_stays_paid_and_what_was_let_go_of_is_let_go_of_once(there: Season) -> None:
    settled, hours = paid(there, there.ben), waiting(there)
    waive(participation=hours, actor=actor(there.ann), at=OVER)

    for one, who in ((settled, there.ben), (hours, there.ann)):
        with pytest.raises(MoveRefused):
            waive(participation=one, actor=actor(who), at=OVER)
    check_books()


def test_the_database_keeps_no_coins_and_no_unconfirmed_hours_in_what_was_let_go_of(there: Season) -> None:
    settled, told = paid(there, there.ben), waiting(there, "CLAIMED")

    for row in (settled, told):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participation.objects.filter(pk=row.pk).update(state="WAIVED")
