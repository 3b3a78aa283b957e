from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Neighbourhood, Roll, RollEntry, RollObjection
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.operations.rolls import (
    AlreadyObjected,
    AnswerMissing,
    OfficerStands,
    RollFrozen,
    TooLateToObject,
    WordsMissing,
    build_roll,
    decide_objection,
    freeze_roll,
    object_to_roll,
    withdraw_objection,
)
from neighbourhoods.permissions import OwnMatter
from neighbourhoods.queries.rolls import entry_of, explain, last_objection, objections_of, open_objections
from neighbourhoods.states import NominationState, ObjectionState
from people.models import Role, User
from tests.factories import democracy as make
from tests.factories.people import actor, mandate, person
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, resident, second_login


@pytest.fixture
def roll(ann: User, molenwijk: Neighbourhood) -> Roll:
    """Ann is on it; Ben lives elsewhere, and Cas came a day too late."""
    resident(ann, molenwijk)
    policy = make.policy(molenwijk)
    return build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=SYSTEM, at=NOON)


def objection(
    roll: Roll,
    who: User,
    *,
    by: User | None = None,
    text: str = "Ik woon hier al jaren.",
    key: uuid.UUID | None = None,
    at: datetime = NOON,
) -> RollObjection:
    return object_to_roll(
        roll=roll, person=who.person, text=text, key=key or uuid.uuid4(), actor=actor(by or who), at=at
    )


def decide(
    made: RollObjection, who: Actor, *, upheld: bool = True, answer: str = "Wij keken het na."
) -> None:
    decide_objection(objection=made, upheld=upheld, answer=answer, actor=who, at=NOON + DAY)


def stands(roll: Roll, who: User, state: str = NominationState.ACCEPTED) -> None:
    make.nomination(make.election(roll.neighbourhood, policy=roll.policy, roll=roll), who, state=state)


def test_who_is_missing_and_is_right_comes_on_the_roll(roll: Roll, ben: User, office: Actor) -> None:
    made = objection(roll, ben)

    decide(made, office, answer="Je woont hier inderdaad.")

    entry = entry_of(roll, ben.person)
    assert entry is not None
    assert (entry.is_included, entry.basis) == (True, "OBJECTION")
    assert explain(entry) == "You may vote. You objected, and you were right."
    assert (made.state, made.answer) == (ObjectionState.UPHELD, "Je woont hier inderdaad.")
    told = AuditEntry.objects.filter(event__startswith="roll_objection.", about__party=ben.person)
    assert [line.event for line in told.order_by("pk")] == ["roll_objection.file", "roll_objection.uphold"]


def test_who_was_left_out_and_is_right_is_put_on_it(
    roll: Roll, cas: User, office: Actor, molenwijk: Neighbourhood
) -> None:
    resident(cas, molenwijk, on=TODAY + DAY)
    later = build_roll(neighbourhood=molenwijk, policy=roll.policy, reference_on=TODAY, actor=SYSTEM, at=NOON)
    before = entry_of(later, cas.person)

    decide(objection(later, cas), office)

    after = entry_of(later, cas.person)
    assert before is not None
    assert after is not None
    assert (before.is_included, after.is_included, after.pk) == (False, True, before.pk)


def test_who_does_not_belong_on_it_and_says_so_is_taken_off(roll: Roll, ann: User, office: Actor) -> None:
    decide(objection(roll, ann, text="Ik ben verhuisd."), office)

    entry = entry_of(roll, ann.person)
    assert entry is not None
    assert (entry.is_included, entry.basis) == (False, "OBJECTION")


def test_a_dismissed_objection_changes_nothing_and_gives_the_reasons(
    roll: Roll, ben: User, office: Actor
) -> None:
    decide(objection(roll, ben), office, upheld=False, answer="Je bent hier niet ingeschreven.")

    assert entry_of(roll, ben.person) is None
    last = last_objection(roll, ben.person)
    assert last is not None
    assert (last.state, last.answer) == (ObjectionState.DISMISSED, "Je bent hier niet ingeschreven.")


def test_a_form_sent_twice_objects_once(roll: Roll, ann: User) -> None:
    key = uuid.uuid4()

    assert objection(roll, ann, key=key) == objection(roll, ann, key=key)
    assert RollObjection.objects.count() == 1
    assert AuditEntry.objects.filter(event="roll_objection.file").count() == 1


def test_a_form_of_somebody_else_is_refused(roll: Roll, ann: User, ben: User) -> None:
    key = uuid.uuid4()
    objection(roll, ann, key=key)

    with pytest.raises(FormUsed):
        objection(roll, ben, key=key)


def test_nobody_objects_about_another_nor_withdraws_for_them(
    roll: Roll, ann: User, ben: User, olga: User
) -> None:
    for by in (ben, olga):
        with pytest.raises(NotAllowed):
            objection(roll, ann, by=by)
    made = objection(roll, ann)

    with pytest.raises(NotAllowed):
        withdraw_objection(objection=made, actor=actor(ben), at=NOON)

    assert open_objections(roll).get() == made


def test_one_objection_at_a_time_also_under_a_second_number(roll: Roll, ann: User, office: Actor) -> None:
    twin = second_login(ann)
    made = objection(roll, twin)

    for who in (ann, twin):
        with pytest.raises(AlreadyObjected):
            objection(roll, who)

    assert made.person_id == ann.person_id
    withdraw_objection(objection=made, actor=actor(ann), at=NOON)
    assert objection(roll, ann).state == ObjectionState.FILED


def test_the_database_lets_nobody_have_two_open_objections(roll: Roll, ann: User) -> None:
    objection(roll, ann)

    with pytest.raises(IntegrityError), transaction.atomic():
        RollObjection.objects.bulk_create(
            [RollObjection(roll=roll, person=ann.person, text="Nog een.", filed_at=NOON, key=uuid.uuid4())]
        )


@pytest.mark.parametrize("text", ["", "   ", "a" * 2001])
def test_an_objection_and_its_answer_have_words_and_not_too_many(
    roll: Roll, ann: User, office: Actor, text: str
) -> None:
    with pytest.raises(WordsMissing):
        objection(roll, ann, text=text)
    made = objection(roll, ann)

    with pytest.raises(AnswerMissing):
        decide(made, office, answer=text)

    assert RollObjection.objects.get().state == ObjectionState.FILED


def test_what_is_frozen_is_neither_objected_to_nor_decided_about(
    roll: Roll, ann: User, office: Actor
) -> None:
    made = objection(roll, ann)
    withdraw_objection(objection=made, actor=actor(ann), at=NOON)
    freeze_roll(roll=roll, actor=SYSTEM, at=NOON)

    with pytest.raises(RollFrozen):
        objection(roll, ann)
    with pytest.raises(RollFrozen):
        decide(made, office)


def test_from_the_moment_of_freezing_on_nobody_keeps_an_election_waiting_with_another_objection(
    roll: Roll, ann: User, ben: User
) -> None:
    election = make.election(roll.neighbourhood, policy=roll.policy, roll=roll)

    with pytest.raises(TooLateToObject):
        objection(roll, ann, at=election.freezes_at)

    assert objection(roll, ben, at=election.freezes_at - DAY / 86400).state == ObjectionState.FILED


def test_only_a_person_of_the_polling_office_decides(roll: Roll, ann: User, ben: User, cas: User) -> None:
    made = objection(roll, ann)
    mandate(person=cas, principal=roll.neighbourhood.municipality, role=Role.APPEALS)

    for who in (SYSTEM, actor(ben), actor(cas), actor(ann)):
        with pytest.raises(NotAllowed):
            decide(made, who)

    assert RollObjection.objects.get().state == ObjectionState.FILED


def test_nobody_decides_about_themselves_whichever_login_they_use(roll: Roll, olga: User) -> None:
    twin = second_login(olga)
    mandate(person=twin, principal=roll.neighbourhood.municipality, role=Role.POLLING)
    made = objection(roll, olga)

    for who in (olga, twin):
        with pytest.raises(OwnMatter):
            decide(made, actor(who))


def test_who_stands_does_not_decide_who_votes_but_to_be_named_by_others_is_not_to_stand(
    roll: Roll, ann: User, olga: User, office: Actor
) -> None:
    made = objection(roll, ann)
    stands(roll, olga)

    with pytest.raises(OfficerStands):
        decide(made, office)

    roll.election.nominations.update(state=NominationState.PROPOSED)
    decide(made, office)
    assert made.state == ObjectionState.UPHELD


def test_what_was_decided_is_not_decided_again_nor_withdrawn(roll: Roll, ann: User, office: Actor) -> None:
    made = objection(roll, ann)
    decide(made, office, upheld=False)

    with pytest.raises(MoveRefused):
        decide(made, office, upheld=True)
    with pytest.raises(MoveRefused):
        withdraw_objection(objection=made, actor=actor(ann), at=NOON)

    assert RollEntry.objects.get(roll=roll).is_included is True


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_objections_takes_one_query(
    roll: Roll, number: int, django_assert_num_queries: Any
) -> None:
    for name in ("Dirk", "Els", "Fien")[:number]:
        objection(roll, person(name))

    with django_assert_num_queries(1):
        names = [made.person.display_name for made in objections_of(roll)]

    assert len(names) == number


def test_open_objections_come_first(roll: Roll, ann: User, ben: User, cas: User, office: Actor) -> None:
    decided = objection(roll, ann)
    decide(decided, office)
    waiting = [objection(roll, ben), objection(roll, cas, at=NOON + DAY)]

    assert list(objections_of(roll)) == [*waiting, decided]
    assert list(open_objections(roll)) == waiting
