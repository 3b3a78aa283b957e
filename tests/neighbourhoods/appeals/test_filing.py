from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Appeal, BallotBox, Election, Neighbourhood, RollObjection
from neighbourhoods.operations.appeals import (
    AlreadyAppealed,
    AppealTooLate,
    GroundsMissing,
    NoAppealNow,
    NoStanding,
    admit_appeal,
    file_appeal,
    hear_appeal,
    withdraw_appeal,
)
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.queries.appeals import appeals_of, deadline_of, open_appeals
from neighbourhoods.states import AppealState, ElectionState
from people.models import Party, User
from tests.factories import democracy as make
from tests.factories.people import actor
from tests.factories.residency import SYSTEM, second_login
from tests.neighbourhoods.appeals.conftest import UNTIL

SECOND = timedelta(seconds=1)


def appeal(
    urn: BallotBox,
    who: User,
    *,
    by: User | None = None,
    grounds: str = "De stembus was te vroeg dicht.",
    at: datetime = make.AFTER,
    key: uuid.UUID | None = None,
) -> Appeal:
    return file_appeal(
        box=urn,
        person=who.person,
        grounds=grounds,
        language="nl",
        key=key or uuid.uuid4(),
        actor=actor(by or who),
        at=at,
    )


def test_voters_who_was_left_out_candidates_and_board_members_can_appeal(
    urn: BallotBox, ann: User, ben: User, dirk: User, bea: User
) -> None:
    made = [appeal(urn, who) for who in (ann, ben, dirk, bea)]

    assert [one.appellant for one in made] == [who.person for who in (ann, ben, dirk, bea)]
    assert {one.state for one in made} == {AppealState.FILED}
    assert list(open_appeals(urn)) == made
    line = AuditEntry.objects.filter(event="appeal.file").order_by("pk").first()
    assert line is not None
    assert line.about.get().party_id == ann.person_id


def test_who_was_told_not_to_be_on_the_roll_can_appeal(urn: BallotBox, cas: User) -> None:
    RollObjection.objects.create(
        roll=urn.roll, person=cas.person, text="Ik hoor erbij.", filed_at=make.OPENS, state="DISMISSED", answer="Nee.",
        key=uuid.uuid4(),
    )  # fmt: skip

    assert appeal(urn, cas).state == AppealState.FILED


def test_who_was_rejected_as_a_candidate_can_appeal_but_not_who_was_only_named(
    election: Election, urn: BallotBox, cas: User, olga: User
) -> None:
    make.nomination(election, cas, state="REJECTED", accepted_at=make.OPENS)
    make.nomination(election, olga, state="WITHDRAWN")

    assert appeal(urn, cas).state == AppealState.FILED
    with pytest.raises(NoStanding):
        appeal(urn, olga)


def test_whom_the_vote_does_not_concern_cannot_appeal(
    urn: BallotBox, cas: User, olga: User, pia: User
) -> None:
    for who in (cas, olga, pia):
        with pytest.raises(NoStanding):
            appeal(urn, who)

    assert Appeal.objects.count() == 0


def test_until_the_very_moment_and_not_a_second_later(urn: BallotBox, ann: User, ben: User) -> None:
    with pytest.raises(AppealTooLate):
        appeal(urn, ben, at=UNTIL)

    assert appeal(urn, ann, at=UNTIL - SECOND).state == AppealState.FILED


@pytest.mark.parametrize("state", sorted(set(ElectionState) - {ElectionState.PROVISIONAL}))
def test_only_a_provisional_result_can_be_appealed_against(
    election: Election, urn: BallotBox, ann: User, state: str
) -> None:
    Election.objects.filter(pk=election.pk).update(state=state)

    with pytest.raises(NoAppealNow):
        appeal(BallotBox.objects.get(pk=urn.pk), ann)

    assert deadline_of(BallotBox.objects.get(pk=urn.pk)) is None


def test_a_vote_that_belongs_to_nothing_takes_no_appeal(molenwijk: Neighbourhood, ann: User) -> None:
    with pytest.raises(NoAppealNow):
        appeal(make.box(molenwijk, [ann]), ann)


def test_nobody_appeals_for_another(urn: BallotBox, ann: User, olga: User) -> None:
    with pytest.raises(NotAllowed):
        appeal(urn, ann, by=olga)
    with pytest.raises(NotAllowed):
        file_appeal(
            box=urn,
            person=ann.person,
            grounds="Fout.",
            language="nl",
            key=uuid.uuid4(),
            actor=SYSTEM,
            at=make.AFTER,
        )


@pytest.mark.parametrize("grounds", ["", " \n ", "a" * 4001])
def test_an_appeal_says_what_went_wrong_and_not_endlessly(urn: BallotBox, ann: User, grounds: str) -> None:
    with pytest.raises(GroundsMissing):
        appeal(urn, ann, grounds=grounds)


def test_a_form_sent_twice_appeals_once_and_another_cannot_use_it(
    urn: BallotBox, ann: User, ben: User
) -> None:
    key = uuid.uuid4()

    assert appeal(urn, ann, key=key) == appeal(urn, ann, key=key)
    with pytest.raises(FormUsed):
        appeal(urn, ben, key=key)

    assert Appeal.objects.count() == AuditEntry.objects.filter(event="appeal.file").count() == 1


def test_one_appeal_at_a_time_also_under_a_second_number(urn: BallotBox, ann: User) -> None:
    twin = second_login(ann)
    made = appeal(urn, twin)

    for who in (ann, twin):
        with pytest.raises(AlreadyAppealed):
            appeal(urn, who)

    assert made.appellant_id == ann.person_id
    withdraw_appeal(appeal=made, actor=actor(ann), at=make.AFTER)
    again = appeal(urn, ann)
    assert list(appeals_of(urn, twin.person)) == [again, made]


def test_who_appealed_withdraws_until_it_was_heard_and_nobody_else_does(
    urn: BallotBox, ann: User, ben: User, pia: User
) -> None:
    made = appeal(urn, ann)
    for who in (ben, pia):
        with pytest.raises(NotAllowed):
            withdraw_appeal(appeal=made, actor=actor(who), at=make.AFTER)
    admit_appeal(appeal=made, actor=actor(pia), at=make.AFTER)
    hear_appeal(appeal=made, actor=actor(pia), at=make.AFTER)

    with pytest.raises(MoveRefused):
        withdraw_appeal(appeal=made, actor=actor(ann), at=make.AFTER)

    other = appeal(urn, ben)
    withdraw_appeal(appeal=other, actor=actor(ben), at=make.AFTER)
    assert (other.state, list(open_appeals(urn))) == (AppealState.WITHDRAWN, [made])


def test_the_database_keeps_who_appealed_about_what_and_when(urn: BallotBox, ann: User, ben: User) -> None:
    made = appeal(urn, ann)

    for sql in (
        f"UPDATE neighbourhoods_appeal SET appellant_id = {ben.person_id} WHERE id = %s",
        "UPDATE neighbourhoods_appeal SET filed_at = '2020-01-01' WHERE id = %s",
        "UPDATE neighbourhoods_appeal SET state = 'UPHELD' WHERE id = %s",
        "DELETE FROM neighbourhoods_appeal WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [made.pk])

    assert Appeal.objects.get().state == AppealState.FILED


def test_a_number_that_was_linked_since_is_not_asked_twice(urn: BallotBox, ann: User, ben: User) -> None:
    appeal(urn, ben)
    Party.objects.filter(pk=ben.person_id).update(same_person_as=ann.person_id)

    with pytest.raises(AlreadyAppealed):
        appeal(urn, ann)
