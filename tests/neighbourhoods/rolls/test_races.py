from __future__ import annotations

import uuid

from neighbourhoods.models import Roll, RollEntry, RollObjection
from neighbourhoods.operations.rolls import build_roll, decide_objection, freeze_roll, object_to_roll
from neighbourhoods.queries.rolls import root_as_stored
from neighbourhoods.states import ObjectionState, RollState
from people.models import Role, User
from tests.factories import democracy as make
from tests.factories.people import actor, mandate, person
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, municipality, place, resident
from tests.plugins.data import RealCommits
from tests.races import Call


def a_roll(*names: str) -> tuple[Roll, list[User]]:
    molenwijk = place("Molenwijk", of=municipality("Dijkstad"))
    logins = [person(name) for name in names]
    for login in logins:
        resident(login, molenwijk)
    policy = make.policy(molenwijk)
    roll = build_roll(neighbourhood=molenwijk, policy=policy, reference_on=TODAY, actor=SYSTEM, at=NOON)
    return roll, logins


def freeze(roll: int) -> bool:
    freeze_roll(roll=Roll.objects.get(pk=roll), actor=SYSTEM, at=NOON + DAY)
    return True


def objecting(roll: int, who: int, key: str) -> int:
    login = User.objects.select_related("person").get(pk=who)
    made = object_to_roll(
        roll=Roll.objects.get(pk=roll), person=login.person, text="Ik woon hier niet.", key=uuid.UUID(key),
        actor=actor(login), at=NOON,
    )  # fmt: skip
    return made.pk


def call(roll: Roll, who: User) -> Call:
    """A form of its own for each who objects."""
    return {"roll": roll.pk, "who": who.pk, "key": str(uuid.uuid4())}


def decide(objection: int, officer: int, upheld: int) -> bool:
    login = User.objects.select_related("person").get(pk=officer)
    decide_objection(
        objection=RollObjection.objects.get(pk=objection), upheld=bool(upheld), answer="Wij keken het na.",
        actor=actor(login), at=NOON,
    )  # fmt: skip
    return True


def test_of_those_who_freeze_one_roll_at_the_same_moment_one_does(real_commits: RealCommits) -> None:
    roll, _people = a_roll("Ann", "Ben")

    outcomes = real_commits.race(freeze, [{"roll": roll.pk}] * 4)

    assert sorted(str(one.refused) for one in outcomes) == ["None", *["move_refused"] * 3]
    roll.refresh_from_db()
    assert (roll.state, roll.size, roll.root) == (RollState.FROZEN, 2, root_as_stored(roll))


def test_who_objects_while_the_roll_is_frozen_is_refused_or_waited_for(real_commits: RealCommits) -> None:
    roll, people = a_roll("Ann", "Ben", "Cas")
    calls = [call(roll, login) for login in people]

    frozen, *objected = real_commits.race_between(
        [(freeze, {"roll": roll.pk}), *[(objecting, one) for one in calls]]
    )

    waiting = RollObjection.objects.filter(state=ObjectionState.FILED).count()
    roll.refresh_from_db()
    if frozen.refused is None:
        assert (roll.state, waiting) == (RollState.FROZEN, 0)
        assert {one.refused for one in objected} == {"roll_frozen"}
    else:
        assert (frozen.refused, roll.state) == ("objections_open", RollState.BUILT)
        assert waiting == sum(one.refused is None for one in objected) > 0


def test_one_form_sent_three_times_at_the_same_moment_objects_once(real_commits: RealCommits) -> None:
    roll, (ann,) = a_roll("Ann")

    outcomes = real_commits.race(objecting, [call(roll, ann)] * 3)

    assert {one.result for one in outcomes} == {RollObjection.objects.get().pk}


def test_of_two_forms_at_the_same_moment_one_is_refused(real_commits: RealCommits) -> None:
    roll, (ann,) = a_roll("Ann")

    outcomes = real_commits.race(objecting, [call(roll, ann) for _time in range(2)])

    assert sorted(str(one.refused) for one in outcomes) == ["None", "already_objected"]


def test_of_two_officers_who_decide_at_the_same_moment_one_does_and_the_entry_turns_once(
    real_commits: RealCommits,
) -> None:
    roll, (ann,) = a_roll("Ann")
    officers = [person(name) for name in ("Olga", "Otto")]
    for officer in officers:
        mandate(person=officer, principal=roll.neighbourhood.party, role=Role.POLLING)
    objection = objecting(roll.pk, ann.pk, str(uuid.uuid4()))

    outcomes = real_commits.race(
        decide, [{"objection": objection, "officer": officer.pk, "upheld": 1} for officer in officers]
    )

    assert sorted(str(one.refused) for one in outcomes) == ["None", "move_refused"]
    assert RollEntry.objects.get(roll=roll).is_included is False
