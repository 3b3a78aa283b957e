"""Whoever asks to be forgotten, and whoever turns out to be known twice: what becomes of what they take part in."""

from __future__ import annotations

import pytest

from marketplace.models import GuardianConsent
from marketplace.operations.consents import withdraw_consent
from marketplace.queries.participations import UNSETTLED, participations_of
from marketplace.queries.pots import promised_from
from marketplace.queries.taking_part_clock import children_without_consent
from people.models import Party
from people.operations.privacy import erase_person
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.people import actor, child, person
from tests.marketplace.taking_part.scene import DAY, OF_TWELVE, by, kim_of, state_of


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("WAITING", "WITHDRAWN"),
        ("SIGNED_UP", "NO_SHOW"),
        ("CHECKED_IN", "NO_SHOW"),
        ("CLAIMED", "REJECTED"),
        ("DISPUTED", "REJECTED"),
        ("CONFIRMED", "WAIVED"),
        ("BLOCKED_BY_CAP", "WAIVED"),
        ("NO_SHOW", "NO_SHOW"),
    ],
)
def test_of_who_is_forgotten_nothing_stays_open(there: Season, before: str, after: str) -> None:
    """It would keep coins in the pot, and the activity from closing, for ever."""
    login = person("Zoe")
    mine = takes_part(shift(activity(there), AT - DAY), login.person, before)

    erase_person(person=login.person, actor=actor(login), at=AT)

    assert state_of(mine) == after
    assert after not in UNSETTLED
    assert promised_from([there.pot]) == {there.pot.pk: 0}


def test_who_is_forgotten_withdraws_from_what_is_to_come(there: Season) -> None:
    login = person("Zoe")
    mine = takes_part(shift(activity(there)), login.person)

    erase_person(person=login.person, actor=actor(login), at=AT)

    assert state_of(mine) == "WITHDRAWN"


def test_whoever_is_linked_still_finds_what_they_signed_up_for(there: Season) -> None:
    twin = person("Ann").person
    first, second = shift(activity(there)), shift(activity(there), AT + 5 * DAY)
    mine = [takes_part(second, twin), takes_part(first, there.ann.person)]
    Party.objects.filter(pk=twin.pk).update(same_person_as=there.ann.person)

    twin.refresh_from_db()

    for number in (there.ann.person, twin):
        assert list(participations_of(number)) == mine


def test_consent_under_another_number_counts_and_is_taken_back(there: Season) -> None:
    """Given for one of two numbers; the child signed up under the other. A clerk finds out that they are one."""
    kim, twin = kim_of(there, there.ann), child("Kim", born_on=OF_TWELVE)
    made = activity(there)
    GuardianConsent.objects.create(child=twin, guardian=there.ann.person, activity=made, given_at=AT)
    mine, other = takes_part(shift(made), kim), takes_part(shift(made, AT + 5 * DAY), twin)
    assert list(children_without_consent(AT)) == [mine]

    Party.objects.filter(pk=twin.pk).update(same_person_as=kim)
    assert list(children_without_consent(AT)) == []

    withdraw_consent(child=kim, activity=made, **by(there.ann))
    assert (state_of(mine), state_of(other)) == ("WITHDRAWN", "WITHDRAWN")
