from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils.translation import override

from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.counting import Method
from neighbourhoods.models import BallotBox, Neighbourhood, Subject
from neighbourhoods.operations import elections, rolls
from neighbourhoods.operations.elections.freezing import NoCandidates, NotYet
from neighbourhoods.operations.policies import set_policy, values_of
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.states import BoxState, NominationState, RollState
from people.models import Role, User
from tests.factories.people import actor, mandate
from tests.factories.residency import DAY, NOON, SYSTEM, second_login
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.stage import FREEZES, NOMINATING

SECOND = timedelta(seconds=1)


def test_the_roll_is_built_when_nominations_open_with_that_day_as_its_reference(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    election = stage.announced(molenwijk)

    with override("nl"), pytest.raises(NotYet, match="22 november 2026, 08:00"):
        elections.open_nominations(
            election=election, actor=actor(olga), at=election.nominations_from - SECOND
        )
    elections.open_nominations(election=election, actor=actor(olga), at=election.nominations_from)

    roll = stage.again(election).roll
    assert roll is not None
    assert (str(roll.reference_on), roll.state) == ("2026-11-22", RollState.BUILT)
    assert set(roll.entries.values_list("person", flat=True)) == {ann.person_id, olga.person_id}
    with pytest.raises(MoveRefused):
        elections.open_nominations(election=election, actor=SYSTEM, at=NOMINATING)


def test_freezing_fixes_the_roll_the_candidates_and_a_box_that_is_not_open(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User
) -> None:
    election = stage.nominating(molenwijk)
    opens_at, closes_at = election.opens_at, election.closes_at
    stage.standing(election, [ann, ben, cas])

    box = elections.freeze(election=election, actor=SYSTEM, at=FREEZES)

    election = stage.again(election)
    assert (election.state, election.box, box.state) == ("ROLL_FROZEN", box, BoxState.READY)
    assert (box.roll.state, len(box.roll.root), box.roll.size) == (RollState.FROZEN, 64, 3)
    assert (box.method, box.secrecy, box.seats, box.options) == (Method.STV, "SECRET", 2, ["1", "2", "3"])
    assert (box.opens_at, box.closes_at) == (opens_at, closes_at)
    numbers = election.nominations.filter(state=NominationState.ON_BALLOT).values_list("number", flat=True)
    assert sorted(number for number in numbers if number) == [1, 2, 3]


def test_the_number_of_a_candidate_is_drawn_and_not_who_came_first(
    molenwijk: Neighbourhood, ann: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.SystemRandom.shuffle", lambda _self, some: some.reverse())
    election = stage.frozen(stage.nominating(molenwijk, seats=1), [ann, ben])

    assert [stage.number_of(election, who) for who in (ann, ben)] == ["2", "1"]


@pytest.mark.parametrize(
    ("seats", "candidates", "method", "subject"),
    [(2, 3, "APPROVAL", "ELECTION"), (3, 3, "YES_NO", "CONFIRMATION"), (3, 1, "YES_NO", "CONFIRMATION")],
)
def test_the_method_is_that_of_the_rules_and_with_no_more_candidates_than_seats_it_is_yes_or_no(
    molenwijk: Neighbourhood, seats: int, candidates: int, method: str, subject: str
) -> None:
    rules = values_of(policy_for(molenwijk, Subject.ELECTION))
    set_policy(
        neighbourhood=molenwijk, subject=Subject.ELECTION, actor=SYSTEM, at=NOON,
        values=replace(rules, method=Method.APPROVAL),
    )  # fmt: skip
    people = stage.residents(molenwijk, *(f"Kandidaat{number}" for number in range(candidates)))

    box = stage.frozen(stage.nominating(molenwijk, seats=seats), people).box

    assert box is not None
    assert (box.method, box.policy.subject, len(box.options)) == (method, subject, candidates)
    assert box.seats == (seats if method == "APPROVAL" else None)


@pytest.mark.parametrize(("is_before", "majority"), [(True, Fraction(2, 3)), (False, Fraction(1, 2))])
def test_candidates_are_confirmed_by_the_rules_that_held_when_the_election_was_announced(
    molenwijk: Neighbourhood, ann: User, is_before: bool, majority: Fraction
) -> None:
    rules = replace(values_of(policy_for(molenwijk, Subject.CONFIRMATION)), majority="2/3")
    election = stage.announced(molenwijk)
    changed_at = NOON - stage.HOUR if is_before else NOON + stage.HOUR

    set_policy(
        neighbourhood=molenwijk, subject=Subject.CONFIRMATION, values=rules, actor=SYSTEM, at=changed_at
    )
    elections.open_nominations(election=election, actor=SYSTEM, at=election.nominations_from)
    box = stage.frozen(election, [ann]).box

    assert box is not None
    assert box.policy.majority == majority


def test_only_the_polling_office_and_the_clock_freeze(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    election = stage.nominating(molenwijk)
    stage.standing(election, [ann])

    with pytest.raises(NotAllowed):
        elections.freeze(election=election, actor=actor(ann), at=FREEZES)
    elections.freeze(election=election, actor=actor(olga), at=election.freezes_at)

    assert stage.state(election) == "ROLL_FROZEN"


def test_nothing_is_frozen_before_the_moment_that_everybody_was_told(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    election = stage.nominating(molenwijk)
    (standing,) = stage.standing(election, [ann])

    for who in (SYSTEM, actor(olga)):
        with override("nl"), pytest.raises(NotYet, match="7 december 2026, 20:00"):
            elections.freeze(election=election, actor=who, at=election.freezes_at - SECOND)
    elections.withdraw_nomination(nomination=standing, actor=actor(ann), at=election.freezes_at - SECOND)

    assert stage.state(election) == "NOMINATIONS"


def test_who_was_nominated_has_until_the_freezing_to_answer_and_then_it_lapses(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    election = stage.nominating(molenwijk)
    stage.standing(election, [ann])
    waiting = elections.nominate(
        election=election, candidate=ben.person, by=ann.person, actor=actor(ann), at=NOMINATING
    )

    with pytest.raises(NotYet):
        elections.freeze(election=election, actor=SYSTEM, at=election.freezes_at - SECOND)
    waiting.refresh_from_db()
    assert waiting.state == NominationState.PROPOSED
    elections.freeze(election=election, actor=SYSTEM, at=election.freezes_at)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.number) == (NominationState.REJECTED, None)
    assert waiting.reason


def test_while_an_objection_waits_nothing_is_frozen_and_then_voting_moves(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    election = stage.nominating(molenwijk)
    stage.standing(election, [ann])
    roll = stage.again(election).roll
    assert roll is not None
    objection = rolls.object_to_roll(
        roll=roll, person=ann.person, text="Ik sta er dubbel op.", key=uuid.uuid4(), actor=actor(ann), at=NOMINATING
    )  # fmt: skip
    opens_at, closes_at = election.opens_at, election.closes_at

    late = opens_at + 3 * DAY - stage.HOUR
    for moment in (election.freezes_at, late):
        done = stage.advance(moment)
        assert (done.steps, done.waiting) == (0, [f"election {election.pk}: objections_open"])
    rolls.decide_objection(objection=objection, upheld=False, answer="Een keer.", actor=actor(olga), at=late)
    stage.advance(late)

    election = stage.again(election)
    box = election.box
    assert box is not None
    assert (election.state, box.state) == ("ROLL_FROZEN", BoxState.READY)
    assert (box.opens_at, box.closes_at) == (opens_at + 3 * DAY, closes_at + 3 * DAY)
    assert (election.opens_at, election.closes_at) == (box.opens_at, box.closes_at)


def test_who_moved_away_or_went_to_work_at_the_polling_office_is_left_off_with_the_reason(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User
) -> None:
    election = stage.nominating(molenwijk)
    standing = stage.standing(election, [ann, ben, cas])
    ann.person.residencies.update(state="ENDED")
    mandate(person=ben, principal=molenwijk.party, role=Role.POLLING)

    elections.freeze(election=election, actor=SYSTEM, at=FREEZES)

    for one in standing:
        one.refresh_from_db()
    assert [one.state for one in standing] == ["REJECTED", "REJECTED", "ON_BALLOT"]
    assert all(one.reason for one in standing[:2])
    assert [one.number for one in standing] == [None, None, 1]


def test_two_numbers_that_became_one_person_come_on_the_ballot_once(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    election = stage.nominating(molenwijk)
    standing = stage.standing(election, [ann, ben])
    type(ben.person).objects.filter(pk=ben.person_id).update(same_person_as=ann.person)

    elections.freeze(election=election, actor=SYSTEM, at=FREEZES)

    assert [type(one).objects.get(pk=one.pk).state for one in standing] == ["ON_BALLOT", "REJECTED"]


def test_when_nobody_stands_the_clock_cancels_and_says_why(molenwijk: Neighbourhood, ann: User) -> None:
    election = stage.nominating(molenwijk)

    with pytest.raises(NoCandidates):
        elections.freeze(election=election, actor=SYSTEM, at=FREEZES)
    assert stage.state(election) == "NOMINATIONS"
    stage.advance(FREEZES)

    assert (stage.state(election), BallotBox.objects.count()) == ("CANCELLED", 0)


def test_a_refused_freezing_leaves_everything_as_it_was(molenwijk: Neighbourhood, ann: User) -> None:
    election = stage.nominating(molenwijk, seats=3)
    (made,) = stage.standing(election, [ann])
    ann.person.residencies.update(state="ENDED")

    with pytest.raises(NoCandidates):
        elections.freeze(election=election, actor=SYSTEM, at=FREEZES)

    made.refresh_from_db()
    roll = stage.again(election).roll
    assert roll is not None
    assert (made.state, roll.state) == (NominationState.ACCEPTED, RollState.BUILT)


def test_the_second_login_of_a_resident_stands_for_the_same_person(
    molenwijk: Neighbourhood, ann: User
) -> None:
    election = stage.frozen(stage.nominating(molenwijk), [second_login(ann)])

    assert election.nominations.get().candidate == ann.person
