from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed
from neighbourhoods.models import Neighbourhood, Residency, Roll, RollEntry, RuleKind, Subject
from neighbourhoods.operations.residency import end_residency
from neighbourhoods.operations.rolls import build_roll
from neighbourhoods.states import ResidencyState, RollState
from people.models import Party, PersonDetails, User
from tests.factories import democracy as make
from tests.factories.people import actor, child, person
from tests.factories.residency import NOON, SYSTEM, TODAY, ask, resident, seated, second_login

DAY = timedelta(days=1)
ALL, LIVES, DAYS, AGE, SEAT = "ALL", "LIVES_HERE", "LIVES_HERE_DAYS", "AGE", "HAS_SEAT"


def built(
    molenwijk: Neighbourhood,
    *rules: tuple[str, int | None],
    on: date = TODAY,
    subject: str = Subject.ELECTION,
) -> Roll:
    policy = make.policy(molenwijk, subject, rules=rules)
    return build_roll(neighbourhood=molenwijk, policy=policy, reference_on=on, actor=SYSTEM, at=NOON)


def who_and_why(roll: Roll) -> dict[int, tuple[bool, str]]:
    return {entry.person_id: (entry.is_included, entry.basis) for entry in roll.entries.all()}


def born(who: User, on: date | None) -> None:
    PersonDetails.objects.filter(party=who.person).update(born_on=on)


def test_who_lives_there_is_on_the_roll_and_who_lives_elsewhere_is_not_mentioned(
    ann: User, ben: User, cas: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    resident(ann, molenwijk)
    resident(cas, sluiskade)
    ask(ben, molenwijk)

    roll = built(molenwijk)

    assert who_and_why(roll) == {ann.person_id: (True, ALL)}
    assert (roll.state, roll.reference_on, roll.built_at) == (RollState.BUILT, TODAY, NOON)


def test_the_reference_day_decides_and_not_the_day_of_building(
    ann: User, ben: User, cas: User, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk, on=TODAY - 30 * DAY)
    resident(ben, molenwijk, on=TODAY)
    left = resident(cas, molenwijk, on=TODAY - 30 * DAY)
    end_residency(residency=left, on=TODAY - 10 * DAY, actor=SYSTEM, at=NOON)

    roll = built(molenwijk, on=TODAY - 10 * DAY)
    later = built(molenwijk, on=TODAY - 9 * DAY)

    assert who_and_why(roll) == {
        ann.person_id: (True, ALL), ben.person_id: (False, LIVES), cas.person_id: (True, ALL),
    }  # fmt: skip
    assert who_and_why(later) == {ann.person_id: (True, ALL), ben.person_id: (False, LIVES)}


def test_a_residency_holds_through_its_last_day_also_before_the_night_in_which_it_expires(
    ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk, on=TODAY - 90 * DAY)
    resident(ben, molenwijk, on=TODAY - 90 * DAY)
    Residency.objects.filter(person=ann.person).update(until_on=TODAY)
    Residency.objects.filter(person=ben.person).update(until_on=TODAY - DAY)

    assert who_and_why(built(molenwijk)) == {ann.person_id: (True, ALL)}


@pytest.mark.parametrize(
    ("born_on", "outcome"),
    [
        (date(2010, 11, 21), (True, ALL)),
        (date(2010, 11, 22), (False, AGE)),
        (date(1940, 1, 1), (True, ALL)),
        (date(2024, 1, 1), (False, AGE)),
        (None, (True, ALL)),
    ],
)
def test_sixteen_on_the_day_itself_is_old_enough_and_so_is_who_did_not_say(
    ann: User, molenwijk: Neighbourhood, born_on: date | None, outcome: tuple[bool, str]
) -> None:
    resident(ann, molenwijk)
    born(ann, born_on)

    assert who_and_why(built(molenwijk, (LIVES, None), (AGE, 16))) == {ann.person_id: outcome}


@pytest.mark.parametrize(("on", "is_included"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True)])
def test_who_was_born_on_the_29th_of_february_comes_of_age_on_the_first_of_march(
    ann: User, molenwijk: Neighbourhood, on: date, is_included: bool
) -> None:
    resident(ann, molenwijk, on=on - DAY)
    born(ann, date(2008, 2, 29))

    assert who_and_why(built(molenwijk, (AGE, 18), on=on))[ann.person_id][0] is is_included


@pytest.mark.parametrize(("days", "outcome"), [(30, (True, ALL)), (31, (False, DAYS))])
def test_so_many_days_are_counted_from_the_day_of_enrolment(
    ann: User, molenwijk: Neighbourhood, days: int, outcome: tuple[bool, str]
) -> None:
    resident(ann, molenwijk, on=TODAY - 30 * DAY)

    assert who_and_why(built(molenwijk, (DAYS, days))) == {ann.person_id: outcome}


def test_who_renewed_has_lived_there_all_along_and_who_was_away_has_not(
    ann: User, ben: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    for who in (ann, ben):
        resident(who, molenwijk, on=TODAY - 700 * DAY)
    Residency.objects.filter(person__in=[ann.person, ben.person]).update(until_on=TODAY - 5 * DAY)
    resident(ann, molenwijk, on=TODAY - 20 * DAY)
    resident(ben, sluiskade, on=TODAY - 60 * DAY)
    resident(ben, molenwijk, on=TODAY - 20 * DAY)

    roll = built(molenwijk, (DAYS, 365))

    assert who_and_why(roll) == {ann.person_id: (True, ALL), ben.person_id: (False, DAYS)}


def test_the_first_rule_that_does_not_hold_is_the_reason(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    born(ann, date(2020, 1, 1))

    assert who_and_why(built(molenwijk, (DAYS, 10), (AGE, 16))) == {ann.person_id: (False, DAYS)}
    assert who_and_why(built(molenwijk, (AGE, 16), (DAYS, 10))) == {ann.person_id: (False, AGE)}


def test_a_roll_of_the_board_has_who_sits_there_and_who_will(
    ann: User, ben: User, cas: User, molenwijk: Neighbourhood
) -> None:
    for who in (ann, ben, cas):
        resident(who, molenwijk)
    seated(ann, molenwijk)
    seated(ben, molenwijk, from_on=TODAY + DAY)

    roll = built(molenwijk, subject=Subject.MOTION)

    assert who_and_why(roll) == {ann.person_id: (True, ALL), ben.person_id: (False, SEAT)}


def test_a_person_known_twice_is_on_the_roll_once_under_the_number_that_counts(
    ann: User, molenwijk: Neighbourhood
) -> None:
    twin = second_login(ann)
    home = resident(ann, molenwijk)
    # As linking leaves behind what was over already under the other number.
    over = {
        "attested_on": TODAY - 90 * DAY,
        "until_on": TODAY,
        "state": ResidencyState.ENDED,
        "key": uuid.uuid4(),
    }
    Residency.objects.create(
        person=twin.person, neighbourhood=molenwijk, attestation=home.attestation, requested_at=NOON, **over
    )

    assert who_and_why(built(molenwijk, (DAYS, 60))) == {ann.person_id: (True, ALL)}


def test_who_was_erased_is_not_on_a_roll(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    Party.objects.filter(pk=ann.person_id).update(erased_at=NOON)

    assert who_and_why(built(molenwijk)) == {}


def test_the_same_facts_give_the_same_roll_with_other_salts(
    ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk)
    resident(ben, molenwijk)
    born(ben, date(2020, 1, 1))

    one, other = (built(molenwijk, (LIVES, None), (AGE, 16)) for _time in range(2))

    assert who_and_why(one) == who_and_why(other) != {}
    salts = set(RollEntry.objects.values_list("salt", flat=True))
    assert len(salts) == 4
    assert {len(salt) for salt in salts} == {32}


def test_the_office_and_the_clock_build_rolls_and_a_board_only_its_own(
    ann: User, cas: User, office: Actor, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk)
    seated(ann, molenwijk)
    residents = make.policy(molenwijk)
    motion = make.policy(molenwijk, Subject.MOTION)

    for policy, who in [(residents, actor(ann)), (residents, actor(cas)), (motion, actor(cas))]:
        with pytest.raises(NotAllowed):
            build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=who, at=NOON)
    for policy, who in [(residents, office), (residents, SYSTEM), (motion, actor(ann)), (motion, office)]:
        build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=who, at=NOON)

    assert AuditEntry.objects.filter(event="roll.build").count() == Roll.objects.count() == 4


def settle(molenwijk: Neighbourhood, names: int) -> None:
    """Many residents at once, as plain rows."""
    people = Party.objects.bulk_create(
        Party(kind="PERSON", created_at=NOON, uuid=uuid.uuid4()) for _number in range(names)
    )
    PersonDetails.objects.bulk_create(
        PersonDetails(party=one, given_name="Somebody", born_on=date(1990 + number % 30, 5, 1))
        for number, one in enumerate(people)
    )
    Residency.objects.bulk_create(
        Residency(
            person=one, neighbourhood=molenwijk, state=ResidencyState.ATTESTED, attestation="CLERK", requested_at=NOON,
            attested_on=TODAY - DAY, until_on=TODAY + DAY, key=uuid.uuid4(),
        )
        for one in people
    )  # fmt: skip


@contextmanager
def queries() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as seen:
        yield seen


def reads(seen: CaptureQueriesContext) -> int:
    return sum(query["sql"].lstrip("( ").upper().startswith("SELECT") for query in seen.captured_queries)


def test_reading_takes_the_same_queries_for_one_resident_as_for_three_thousand(
    molenwijk: Neighbourhood,
) -> None:
    settle(molenwijk, 1)
    policy = make.policy(molenwijk, rules=[(LIVES, None), (AGE, 16)])
    with queries() as one:
        build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=SYSTEM, at=NOON)
    settle(molenwijk, 2999)

    with queries() as many:
        roll = build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=SYSTEM, at=NOON)

    assert reads(one) == reads(many) == 2
    assert roll.entries.count() == 3000
    assert {basis for _is_in, basis in who_and_why(roll).values()} == {ALL, AGE}
    # What is left is writing, by as many rows a statement as the database takes.
    assert len(many) - len(one) <= 3000 / 100


def test_a_child_without_a_login_counts_like_everybody(molenwijk: Neighbourhood) -> None:
    kim, lou = child("Kim", born_on=date(2009, 1, 1)), child("Lou", born_on=date(2015, 1, 1))
    for who in (kim, lou):
        resident(who, molenwijk)

    assert who_and_why(built(molenwijk, (LIVES, None), (AGE, 16))) == {
        kim.pk: (True, ALL),
        lou.pk: (False, AGE),
    }


def test_every_kind_of_rule_can_be_asked() -> None:
    from neighbourhoods.operations.rolls.build import HOLDS

    assert set(HOLDS) == set(RuleKind)


def test_a_clerk_without_the_office_builds_nothing(molenwijk: Neighbourhood) -> None:
    with pytest.raises(NotAllowed):
        build_roll(
            neighbourhood=molenwijk, policy=make.policy(molenwijk), reference_on=TODAY, actor=actor(person("Dora")),
            at=NOON,
        )  # fmt: skip
