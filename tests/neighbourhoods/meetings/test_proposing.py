from __future__ import annotations

import uuid

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import BallotBox, Neighbourhood, Proposal, Roll, Subject
from neighbourhoods.operations import meetings, motions
from neighbourhoods.operations.seats import vacate_seats
from neighbourhoods.queries.motions import is_public, still_to_vote
from neighbourhoods.queries.policies import NoPolicy
from people.models import User
from tests.factories import democracy
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, second_login
from tests.neighbourhoods.meetings.making import BEGINS, box_of, planned, proposed, votes

# --- Proposing ------------------------------------------------------------------------------------------------------


def test_a_member_proposes_something_to_the_board(ben: User, molenwijk: Neighbourhood) -> None:
    made = proposed(molenwijk, ben)

    assert (made.state, made.kind, made.proposed_by_id) == ("PROPOSED", "MOTION", ben.person_id)
    assert not is_public(made)


def test_nobody_outside_the_board_does(cas: User, eva: User, molenwijk: Neighbourhood) -> None:
    for login in (cas, eva):
        with pytest.raises(meetings.BoardOnly):
            proposed(molenwijk, login)

    assert Proposal.objects.count() == 0


def test_a_proposal_sent_twice_is_one(ben: User, molenwijk: Neighbourhood) -> None:
    key = uuid.uuid4()

    assert proposed(molenwijk, ben, key=key).pk == proposed(molenwijk, ben, key=key).pk


def test_without_a_policy_the_board_cannot_decide_anything(cas: User, sluiskade: Neighbourhood) -> None:
    with pytest.raises(NoPolicy):
        proposed(sluiskade, cas)


def test_a_person_known_twice_proposes_as_one(ben: User, molenwijk: Neighbourhood) -> None:
    assert proposed(molenwijk, second_login(ben)).proposed_by_id == ben.person_id


def test_only_who_proposed_it_changes_the_words(ann: User, ben: User, molenwijk: Neighbourhood) -> None:
    made = proposed(molenwijk, ben)

    with pytest.raises(motions.ProposerOnly):
        motions.change_motion(proposal=made, title="Anders", text="Anders", actor=actor(ann), at=NOON)
    motions.change_motion(proposal=made, title="Twee banken", text="Naast elkaar.", actor=actor(ben), at=NOON)

    assert (made.title, made.text) == ("Twee banken", "Naast elkaar.")


def test_only_who_proposed_it_takes_it_back_and_no_command_does(
    ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    made = proposed(molenwijk, ben)

    for nobody in (actor(ann), SYSTEM):
        with pytest.raises(motions.ProposerOnly):
            motions.withdraw_motion(proposal=made, actor=nobody, at=NOON)
    motions.withdraw_motion(proposal=made, actor=actor(ben), at=NOON)

    assert made.state == "WITHDRAWN"


def test_what_a_member_left_behind_is_taken_back_by_the_chair_alone(
    ann: User, ben: User, dirk: User, molenwijk: Neighbourhood
) -> None:
    made = proposed(molenwijk, ben)
    vacate_seats(person=ben.person, neighbourhood=molenwijk, on=TODAY, actor=SYSTEM, at=NOON, reason="Weg.")
    later = NOON + 2 * DAY

    for nobody in (actor(dirk), SYSTEM):
        with pytest.raises(motions.ProposerOnly):
            motions.withdraw_motion(proposal=made, actor=nobody, at=later)
    motions.withdraw_motion(proposal=made, actor=actor(ann), at=later)

    assert made.state == "WITHDRAWN"


def test_it_moves_between_agendas_until_people_are_invited_with_it(
    ann: User, ben: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    first, second = planned(molenwijk, ann), planned(molenwijk, ann, title="Nog een")
    made = proposed(molenwijk, ben, meeting=first)

    standing = []
    for meeting in (second, None, second):
        motions.put_on_agenda(proposal=made, meeting=meeting, actor=actor(ann), at=NOON)
        standing.append(made.meeting)
    assert standing == [second, None, second]
    meetings.invite(meeting=second, actor=actor(ann), at=NOON)

    for elsewhere in (first, None):
        with pytest.raises(meetings.AgendaFixed):
            motions.put_on_agenda(proposal=made, meeting=elsewhere, actor=actor(ann), at=NOON)
    with pytest.raises(meetings.AgendaFixed):
        motions.change_motion(proposal=made, title="Anders", text="Anders", actor=actor(ben), at=NOON)
    assert is_public(Proposal.objects.get(pk=made.pk))


def test_it_gets_on_no_agenda_that_was_sent_or_is_elsewhere(
    ann: User, ben: User, cas: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    sent = planned(molenwijk, ann)
    meetings.invite(meeting=sent, actor=actor(ann), at=NOON)
    elsewhere = planned(sluiskade, cas)
    made = proposed(molenwijk, ben)

    with pytest.raises(meetings.AgendaFixed):
        motions.put_on_agenda(proposal=made, meeting=sent, actor=actor(ben), at=NOON)
    with pytest.raises(NotAllowed):
        motions.put_on_agenda(proposal=made, meeting=elsewhere, actor=actor(ben), at=NOON)


# --- The round ------------------------------------------------------------------------------------------------------


def test_a_vote_in_a_meeting_is_of_all_who_sit_on_the_board(voting: Proposal) -> None:
    box = box_of(voting)

    assert (voting.state, voting.is_written_round, box.state, box.secrecy) == (
        "VOTING", False, "OPEN", "RECORDED",
    )  # fmt: skip
    assert (box.roll.state, box.roll.size, still_to_vote(box)) == ("FROZEN", 3, 3)
    assert (box.opens_at, box.closes_at) == (BEGINS, BEGINS + motions.MEETING_LASTS)


def test_the_board_decides_nothing_outside_a_meeting_or_a_written_round(
    ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    made = proposed(molenwijk, ben)

    with pytest.raises(motions.NoRound):
        motions.open_vote(proposal=made, in_writing=False, actor=actor(ann), at=NOON)

    assert (Roll.objects.count(), BallotBox.objects.count()) == (0, 0)


def test_nor_does_the_database_know_such_a_vote(voting: Proposal) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=voting.pk).update(meeting=None)


@pytest.mark.parametrize("hours_off", [-1, 12, 48])
def test_the_vote_of_a_meeting_is_held_in_it(motion: Proposal, ann: User, hours_off: int) -> None:
    moment = BEGINS + hours_off * (DAY / 24)

    with pytest.raises(motions.NotDuringMeeting):
        motions.open_vote(proposal=motion, in_writing=False, actor=actor(ann), at=moment)


def test_what_a_meeting_will_decide_is_not_decided_in_writing_before_it(motion: Proposal, ann: User) -> None:
    with pytest.raises(motions.StandsOnAgenda):
        motions.open_vote(proposal=motion, in_writing=True, actor=actor(ann), at=NOON)


def test_what_a_cancelled_meeting_did_not_decide_can_be(motion: Proposal, ann: User) -> None:
    meeting = motion.meeting
    assert meeting is not None
    meetings.cancel(meeting=meeting, reason="Regen", actor=actor(ann), at=NOON)

    motions.open_vote(proposal=motion, in_writing=True, actor=actor(ann), at=NOON)

    assert (motion.is_written_round, motion.meeting) == (True, None)


def test_the_chair_opens_a_vote_and_no_other_member(motion: Proposal, ben: User) -> None:
    with pytest.raises(meetings.LeadersOnly):
        motions.open_vote(proposal=motion, in_writing=False, actor=actor(ben), at=BEGINS)


def test_a_vote_is_opened_once(voting: Proposal, ann: User) -> None:
    with pytest.raises(MoveRefused):
        motions.open_vote(proposal=voting, in_writing=False, actor=actor(ann), at=BEGINS)

    assert BallotBox.objects.count() == 1


def test_a_written_round_lasts_as_long_as_the_policy_says_and_all_members_hear_of_it(
    written_round: Proposal, cas: User
) -> None:
    box = box_of(written_round)

    assert (box.opens_at, box.closes_at) == (NOON, NOON + 7 * DAY)
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "ann@example.org", "ben@example.org", "dirk@example.org",
    ]  # fmt: skip


def test_a_change_of_the_policy_touches_no_running_vote(
    voting: Proposal, ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    democracy.policy(molenwijk, Subject.MOTION, turnout_quorum="1", majority="3/4")
    votes(voting, ann, "yes")
    votes(voting, ben, "yes")

    motions.close_vote(proposal=voting, actor=actor(ann), at=BEGINS)

    assert (voting.state, voting.policy.version) == ("ADOPTED", 1)


def test_the_policy_of_the_day_on_which_the_vote_opens_holds(
    motion: Proposal, ann: User, molenwijk: Neighbourhood
) -> None:
    newer = democracy.policy(molenwijk, Subject.MOTION, majority="2/3")

    motions.open_vote(proposal=motion, in_writing=False, actor=actor(ann), at=BEGINS)

    assert (motion.policy, box_of(motion).policy) == (newer, newer)
