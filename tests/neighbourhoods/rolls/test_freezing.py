from __future__ import annotations

import random
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from core.actor import Actor
from core.merkle import root_of
from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Neighbourhood, Roll, RollEntry, Subject
from neighbourhoods.operations.rolls import ObjectionsOpen, build_roll, freeze_roll, object_to_roll
from neighbourhoods.queries.rolls import entries_of_person, entry_of, leaf_of_entry, root_as_stored
from neighbourhoods.roll_proofs import hash_of
from neighbourhoods.states import RollState
from people.models import Party, User
from tests.factories import democracy as make
from tests.factories.people import actor, child
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, resident, seated

LATER = NOON + DAY


@pytest.fixture
def roll(ann: User, ben: User, cas: User, molenwijk: Neighbourhood) -> Roll:
    """Ann and Ben may vote; Cas came a day too late."""
    resident(ann, molenwijk)
    resident(ben, molenwijk)
    resident(cas, molenwijk, on=TODAY + DAY)
    policy = make.policy(molenwijk)
    return build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=SYSTEM, at=NOON)


def freeze(roll: Roll, who: Actor = SYSTEM) -> Roll:
    freeze_roll(roll=roll, actor=who, at=LATER)
    return roll


def refused_by_the_database(sql: str, *values: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_frozen_roll_has_a_size_a_root_and_the_moment(roll: Roll) -> None:
    freeze(roll)

    stored = Roll.objects.get(pk=roll.pk)
    assert (stored.state, stored.size, stored.frozen_at) == (RollState.FROZEN, 2, LATER)
    assert (roll.state, roll.size, roll.root) == (stored.state, stored.size, stored.root)
    assert len(stored.root) == 64
    line = AuditEntry.objects.get(event="roll.freeze")
    assert (line.before, line.after) == (RollState.BUILT, RollState.FROZEN)


def test_the_root_follows_from_the_stored_entries_in_the_order_of_their_hashes(roll: Roll) -> None:
    freeze(roll)

    entries = list(RollEntry.objects.filter(roll=roll).select_related("person"))
    random.shuffle(entries)
    leaves = sorted(hash_of(leaf_of_entry(entry)) for entry in entries)
    assert root_of(leaves).hex() == roll.root == root_as_stored(roll)
    assert [entry.position for entry in entries] == [
        leaves.index(hash_of(leaf_of_entry(entry))) for entry in entries
    ]
    assert sorted(entry.position or 0 for entry in entries) == [0, 1, 2]


def test_whatever_is_changed_in_an_entry_the_root_would_be_another(roll: Roll) -> None:
    freeze(roll)
    entry = RollEntry.objects.select_related("person").get(roll=roll, position=0)
    others = [
        hash_of(leaf_of_entry(one))
        for one in RollEntry.objects.filter(roll=roll, position__gt=0)
        .select_related("person")
        .order_by("position")
    ]

    assert root_of([hash_of(leaf_of_entry(entry)), *others]).hex() == roll.root
    changes = [("is_included", not entry.is_included), ("basis", "AGE"), ("salt", "00" * 16), ("roll", 0)]
    for name, value in changes:
        assert root_of([hash_of({**leaf_of_entry(entry), name: value}), *others]).hex() != roll.root


def test_a_frozen_roll_is_not_frozen_again(roll: Roll) -> None:
    freeze(roll)

    with pytest.raises(MoveRefused):
        freeze(roll)


def test_nobody_slips_past_an_open_objection(roll: Roll, cas: User) -> None:
    object_to_roll(
        roll=roll, person=cas.person, text="Ik woon er al.", key=uuid.uuid4(), actor=actor(cas), at=NOON
    )

    with pytest.raises(ObjectionsOpen):
        freeze(roll)

    assert Roll.objects.get(pk=roll.pk).state == RollState.BUILT
    assert not RollEntry.objects.filter(roll=roll, position__isnull=False).exists()


def test_only_the_office_and_the_clock_freeze(roll: Roll, ann: User, office: Actor) -> None:
    with pytest.raises(NotAllowed):
        freeze(roll, actor(ann))

    assert freeze(roll, office).state == RollState.FROZEN


def test_the_board_freezes_the_roll_of_its_own_vote(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    seated(ann, molenwijk)
    policy = make.policy(molenwijk, Subject.MOTION)
    roll = build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=actor(ann), at=NOON)

    assert freeze(roll, actor(ann)).size == 1


def test_the_database_lets_nobody_change_a_frozen_roll(roll: Roll, sluiskade: Neighbourhood) -> None:
    freeze(roll)
    newcomer = child("Kim")
    entry = RollEntry.objects.filter(roll=roll, is_included=True).first()
    assert entry is not None

    for column, value in [
        ("is_included", False), ("basis", "AGE"), ("salt", "00" * 16), ("position", 99), ("person_id", newcomer.pk),
    ]:  # fmt: skip
        refused_by_the_database(
            f"UPDATE neighbourhoods_rollentry SET {column} = %s WHERE id = %s", value, entry.pk
        )
    for column, value in [
        ("root", "00" * 32),
        ("size", 1),
        ("state", "BUILT"),
        ("reference_on", "2026-01-01"),
    ]:
        refused_by_the_database(f"UPDATE neighbourhoods_roll SET {column} = %s WHERE id = %s", value, roll.pk)
    refused_by_the_database("DELETE FROM neighbourhoods_rollentry WHERE id = %s", entry.pk)
    refused_by_the_database("DELETE FROM neighbourhoods_roll WHERE id = %s", roll.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.bulk_create(
            [RollEntry(roll=roll, person=newcomer, is_included=True, basis="ALL", salt="11" * 16)]
        )
    assert root_as_stored(roll) == Roll.objects.get(pk=roll.pk).root


def test_the_database_lets_nobody_be_marked_before_the_roll_is_frozen(roll: Roll) -> None:
    refused_by_the_database(
        "UPDATE neighbourhoods_rollentry SET channel = 'ONLINE' WHERE roll_id = %s", roll.pk
    )


def test_two_numbers_that_were_linked_before_freezing_give_one_vote(roll: Roll, ann: User, ben: User) -> None:
    Party.objects.filter(pk=ben.person_id).update(same_person_as=ann.person_id)

    freeze(roll)

    kept, dropped = entries_of_person(roll, Party.objects.get(pk=ben.person_id))
    assert roll.size == 1
    assert (kept.person_id, kept.is_included, kept.basis) == (ann.person_id, True, "ALL")
    assert (dropped.person_id, dropped.is_included, dropped.basis) == (ben.person_id, False, "KNOWN_TWICE")
    assert root_as_stored(roll) == roll.root


def test_who_may_vote_under_the_other_number_alone_keeps_that_vote(roll: Roll, cas: User, ben: User) -> None:
    Party.objects.filter(pk=ben.person_id).update(same_person_as=cas.person_id)

    freeze(roll)

    entry = entry_of(roll, Party.objects.get(pk=cas.person_id))
    assert entry is not None
    assert (roll.size, entry.person_id, entry.is_included) == (2, ben.person_id, True)


def test_numbers_that_are_linked_later_count_by_the_one_that_voted(roll: Roll, ann: User, ben: User) -> None:
    freeze(roll)
    RollEntry.objects.filter(roll=roll, person=ben.person).update(channel="PAPER")
    Party.objects.filter(pk=ben.person_id).update(same_person_as=ann.person_id)

    entry = entry_of(roll, Party.objects.get(pk=ann.person_id))

    assert entry is not None
    assert (entry.person_id, entry.channel) == (ben.person_id, "PAPER")


def test_a_roll_without_anybody_is_frozen_too(molenwijk: Neighbourhood) -> None:
    policy = make.policy(molenwijk)
    roll = build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=SYSTEM, at=NOON)

    assert (freeze(roll).size, roll.root) == (0, root_of([]).hex())
