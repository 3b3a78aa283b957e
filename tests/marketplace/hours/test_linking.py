"""A clerk finds that two numbers are one person, and both are on the list of the same hours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.operations.hours import confirm
from marketplace.operations.hours.linking import HoursUnderBoth
from marketplace.states import ParticipationState
from people.models import Party, Role
from people.operations.links import link_same_person
from tests.factories.activities import Season, takes_part
from tests.factories.people import actor, mandate, person
from tests.marketplace.hours.scene import OVER, fresh, told


@pytest.fixture
def twin() -> Party:
    """Ann as the desk knew her before she made an account of her own."""
    return person("Ann").person


def link(there: Season, twin: Party) -> None:
    clerk = person("Els")
    mandate(person=clerk, principal=there.municipality, role=Role.CLERK)
    Party.objects.filter(pk=twin.pk).update(same_person_as=None)
    twin.login.delete()
    link_same_person(
        duplicate=Party.objects.get(pk=twin.pk), same_as=there.ann.person, reason="Dezelfde.",
        actor=actor(clerk, principal=there.municipality), at=OVER,
    )  # fmt: skip


@pytest.mark.parametrize("state", ["SIGNED_UP", "CLAIMED", "CONFIRMED"])
def test_they_are_not_linked_while_both_wait_for_the_same_hours(
    there: Season, twin: Party, state: str
) -> None:
    mine = told(there, there.ann)
    takes_part(mine.shift, twin, state)

    with pytest.raises(HoursUnderBoth):
        link(there, twin)


def test_they_are_not_linked_when_one_is_paid_and_the_other_waits(there: Season, twin: Party) -> None:
    mine = told(there, there.ann)
    takes_part(mine.shift, twin, "CONFIRMED")
    confirm(participation=mine, actor=actor(there.olaf), at=OVER)
    assert fresh(mine).state == ParticipationState.PAID

    with pytest.raises(HoursUnderBoth):
        link(there, twin)


@pytest.mark.parametrize("state", ["WITHDRAWN", "NO_SHOW", "REJECTED"])
def test_who_was_not_there_under_one_of_them_is_linked(there: Season, twin: Party, state: str) -> None:
    mine = told(there, there.ann)
    takes_part(mine.shift, twin, state)

    link(there, twin)

    assert Party.objects.get(pk=twin.pk).same_person_as == there.ann.person


def test_hours_on_another_day_are_no_reason(there: Season, twin: Party) -> None:
    mine, other = told(there, there.ann), told(there, there.ben)
    type(other.shift).objects.filter(pk=other.shift_id).update(
        starts_at=mine.shift.starts_at - timedelta(days=1), ends_at=mine.shift.ends_at - timedelta(days=1)
    )
    other.shift.refresh_from_db()
    takes_part(other.shift, twin, "CLAIMED")

    link(there, twin)

    assert Party.objects.get(pk=twin.pk).same_person_as == there.ann.person
