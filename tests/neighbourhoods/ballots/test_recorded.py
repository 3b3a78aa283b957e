"""Votes of the board, with names: in office, changed until the end, and stepping aside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.actor import Actor
from core.refusals import NotAllowed
from neighbourhoods.models import Ballot, BallotBox, Neighbourhood, RecordedVote
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import (
    BadBallot,
    NotOnRoll,
    NotRecorded,
    SeatExpired,
    SteppedAside,
    TooLate,
)
from neighbourhoods.queries.ballots import last_votes, turnout
from neighbourhoods.queries.results import published
from people.models import User
from tests.factories.democracy import CLOSES, DAY, VOTING, box, policy
from tests.factories.people import actor, person
from tests.factories.residency import TODAY, resident, seated
from tests.neighbourhoods.ballots.stage import BLANK, NO, SYSTEM, YES, counted, record, vote


@pytest.fixture
def board(molenwijk: Neighbourhood, ann: User, ben: User) -> list[User]:
    """Ann, Ben and Dora sit on the board."""
    members = [ann, ben, person("Dora")]
    for who in members:
        resident(who, molenwijk)
        seated(who, molenwijk)
    return members


@pytest.fixture
def motion(molenwijk: Neighbourhood, board: list[User]) -> BallotBox:
    return box(molenwijk, board, of=policy(molenwijk, "MOTION", turnout_quorum="1/2"))


def aside(urn: BallotBox, who: User, *, actor_: Actor | None = None) -> RecordedVote:
    return ballots.recuse(
        box=urn, person=who.person, reason="It is my sister's shop.", actor=actor_ or actor(who), at=VOTING
    )


def test_a_vote_stands_with_name_and_reason_and_is_no_ballot(motion: BallotBox, ann: User) -> None:
    made = record(motion, ann, NO, reason=" Too dear. ")

    assert (made.person, made.number, made.choice, made.reason) == (ann.person, 1, '{"1":"no"}', "Too dear.")
    assert Ballot.objects.count() == 0


def test_a_member_changes_their_vote_and_the_last_one_counts(motion: BallotBox, ann: User, ben: User) -> None:
    record(motion, ann, NO)
    record(motion, ben, NO)
    record(motion, ann, YES)

    assert list(RecordedVote.objects.filter(person=ann.person).values_list("number", "choice")) == [
        (1, '{"1":"no"}'),
        (2, '{"1":"yes"}'),
    ]
    assert {(one.person, one.choice) for one in last_votes(motion)} == {
        (ann.person, '{"1":"yes"}'),
        (ben.person, '{"1":"no"}'),
    }
    assert turnout(motion) == 2


def test_an_expired_seat_does_not_vote_though_it_is_on_the_roll(
    molenwijk: Neighbourhood, motion: BallotBox, cas: User
) -> None:
    resident(cas, molenwijk)
    seated(cas, molenwijk, from_on=TODAY - 30 * DAY, until_on=VOTING.date() - DAY)
    urn = box(molenwijk, [cas], of=motion.policy)

    with pytest.raises(SeatExpired) as refused:
        record(urn, cas)

    assert (
        str(refused.value) == "Your seat on the board has ended, so you cannot vote for the board any more."
    )
    assert RecordedVote.objects.count() == 0


def test_a_seat_that_began_after_the_roll_was_fixed_does_not_vote(
    molenwijk: Neighbourhood, motion: BallotBox, cas: User
) -> None:
    resident(cas, molenwijk)
    seated(cas, molenwijk)

    with pytest.raises(NotOnRoll):
        record(motion, cas)


def test_nobody_votes_for_a_member(motion: BallotBox, ann: User, ben: User) -> None:
    root = person("Root", is_staff=True, is_superuser=True)
    for who in (actor(ben), actor(root), SYSTEM):
        with pytest.raises(NotAllowed):
            ballots.record_vote(box=motion, person=ann.person, choice=YES, reason="", actor=who, at=VOTING)
        with pytest.raises(NotAllowed):
            aside(motion, ann, actor_=who)


def test_after_the_end_nothing_is_changed(motion: BallotBox, ann: User) -> None:
    record(motion, ann, at=CLOSES - timedelta(seconds=1))

    with pytest.raises(TooLate):
        record(motion, ann, NO, at=CLOSES)


def test_a_vote_with_a_name_must_fit_the_ballot(motion: BallotBox, ann: User) -> None:
    with pytest.raises(BadBallot):
        record(motion, ann, {"2": "yes"})


def test_a_secret_box_takes_no_vote_with_a_name(
    molenwijk: Neighbourhood, board: list[User], ann: User
) -> None:
    urn = box(molenwijk, board)

    with pytest.raises(NotRecorded):
        record(urn, ann)
    with pytest.raises(NotRecorded):
        aside(urn, ann)
    vote(urn, ann)


def test_whoever_steps_aside_counts_in_no_sum_and_does_not_come_back(
    motion: BallotBox, board: list[User], ann: User, ben: User
) -> None:
    record(motion, ann, YES)
    record(motion, ben, NO)
    aside(motion, ben)

    with pytest.raises(SteppedAside):
        record(motion, ben, NO)
    with pytest.raises(SteppedAside):
        aside(motion, ben)
    counted(motion)

    sheet = published(motion)["sheet"]
    assert (sheet["roll_size"], sheet["cast"]) == (2, 1)
    assert sheet["quorums"]["turnout"]["is_reached"] is True  # one of two who take part
    assert sheet["outcome"] == {"has_quorum": True, "adopted": ["1"]}


def test_votes_with_names_are_published_in_full_however_few(motion: BallotBox, ann: User, ben: User) -> None:
    record(motion, ann, BLANK)
    record(motion, ben, YES)
    counted(motion)

    found = published(motion)
    assert found["input"]["ballots"] == [[BLANK, None], [YES, None]]
    assert found["sheet"]["channels"] == {"ASSISTED": 0, "ONLINE": 2, "PAPER": 0, "PROXY": 0}
