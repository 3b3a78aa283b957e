from __future__ import annotations

import uuid

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused, transition
from neighbourhoods.models import BallotBox, Neighbourhood, Proposal, Roll, Seat, SeatOffice, Subject
from neighbourhoods.operations import ballots, meetings, motions
from neighbourhoods.operations.ballots import SeatExpired
from neighbourhoods.operations.elections.clock import motions_due
from neighbourhoods.queries.motions import is_public, own_vote, still_to_vote, votes_of, waits_for
from neighbourhoods.queries.policies import NoPolicy
from neighbourhoods.queries.results import NotCounted, sheet_of
from people.models import User
from tests.factories import democracy
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, second_login
from tests.neighbourhoods.meetings.making import BEGINS, planned, proposed


def box_of(proposal: Proposal) -> BallotBox:
    proposal.refresh_from_db()
    assert proposal.box is not None
    return proposal.box


def votes(proposal: Proposal, login: User, answer: str, reason: str = "", *, at: object = BEGINS) -> None:
    ballots.record_vote(
        box=box_of(proposal), person=login.person, choice={"1": answer}, reason=reason, actor=actor(login), at=at
    )  # type: ignore[arg-type]


@pytest.fixture
def motion(ann: User, ben: User, dirk: User, molenwijk: Neighbourhood) -> Proposal:
    """Ben's proposal, on the agenda of a meeting that has begun."""
    meeting = planned(molenwijk, ann)
    made = proposed(molenwijk, ben, meeting=meeting)
    meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)
    return made


@pytest.fixture
def voting(motion: Proposal, ann: User) -> Proposal:
    motions.open_vote(proposal=motion, in_writing=False, actor=actor(ann), at=BEGINS)
    return motion


@pytest.fixture
def written_round(ann: User, ben: User, dirk: User, molenwijk: Neighbourhood) -> Proposal:
    made = proposed(molenwijk, ben)
    motions.open_vote(proposal=made, in_writing=True, actor=actor(ann), at=NOON)
    return made


# --- Proposing ------------------------------------------------------------------------------------------------------------


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


def test_it_moves_between_agendas_until_people_are_invited_with_it(
    ann: User, ben: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    first, second = planned(molenwijk, ann), planned(molenwijk, ann, title="Nog een")
    made = proposed(molenwijk, ben, meeting=first)

    motions.put_on_agenda(proposal=made, meeting=second, actor=actor(ann), at=NOON)
    assert made.meeting == second
    motions.put_on_agenda(proposal=made, meeting=None, actor=actor(ann), at=NOON)
    assert made.meeting is None
    motions.put_on_agenda(proposal=made, meeting=second, actor=actor(ann), at=NOON)
    meetings.invite(meeting=second, actor=actor(ann), at=NOON)

    for meeting in (first, None):
        with pytest.raises(meetings.AgendaFixed):
            motions.put_on_agenda(proposal=made, meeting=meeting, actor=actor(ann), at=NOON)
    with pytest.raises(meetings.AgendaFixed):
        motions.change_motion(proposal=made, title="Anders", text="Anders", actor=actor(ben), at=NOON)
    assert is_public(made)


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


# --- The round ------------------------------------------------------------------------------------------------------------


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


# --- Voting ---------------------------------------------------------------------------------------------------------------


def test_a_vote_changes_until_closing_and_what_was_voted_before_stays_known(
    voting: Proposal, ann: User, ben: User, dirk: User
) -> None:
    votes(voting, ben, "no", "Te duur")
    votes(voting, ben, "yes", "Toch goed")
    votes(voting, ann, "yes")

    mine = own_vote(box_of(voting), ben.person)
    assert mine is not None
    assert (mine.choice, mine.reason, list(mine.earlier)) == ("yes", "Toch goed", ["no"])
    assert votes_of(box_of(voting)) == []
    motions.close_vote(proposal=voting, actor=actor(ann), at=BEGINS)

    told = [(vote.person.display_name, vote.choice, list(vote.earlier)) for vote in votes_of(box_of(voting))]
    assert told == [
        ("Ann de Vries", "yes", []),
        ("Ben de Vries", "yes", ["no"]),
        ("Dirk de Vries", "", []),
    ]


def test_who_steps_aside_leaves_the_sums(voting: Proposal, ann: User, ben: User, dirk: User) -> None:
    box = box_of(voting)
    ballots.recuse(box=box, person=ben.person, reason="Mijn bedrijf", actor=actor(ben), at=BEGINS)
    votes(voting, ann, "yes")

    motions.close_vote(proposal=voting, actor=actor(ann), at=BEGINS)

    sheet = sheet_of(box_of(voting))
    assert (sheet["roll_size"], sheet["cast"], voting.state) == (2, 1, "ADOPTED")
    assert [vote.choice for vote in votes_of(box_of(voting))] == ["yes", "RECUSED", ""]


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (("yes", "yes", "no"), "ADOPTED"),
        (("yes", "no", "blank"), "REJECTED"),
        (("no", "no", "yes"), "REJECTED"),
        (("blank", "blank", "blank"), "REJECTED"),
        (("yes", "", ""), "NO_QUORUM"),
        (("", "", ""), "NO_QUORUM"),
    ],
)
def test_the_sheet_decides(
    answers: tuple[str, ...], state: str, voting: Proposal, ann: User, ben: User, dirk: User
) -> None:
    for login, answer in zip((ann, ben, dirk), answers, strict=True):
        if answer:
            votes(voting, login, answer)

    motions.close_vote(proposal=voting, actor=actor(ann), at=BEGINS)

    assert (voting.state, box_of(voting).state) == (state, "COUNTED")
    assert sheet_of(box_of(voting))["outcome"]["has_quorum"] is (state != "NO_QUORUM")


def test_whose_seat_ended_after_the_vote_began_votes_no_more(voting: Proposal, ben: User) -> None:
    Seat.objects.filter(person=ben.person).update(until_on=TODAY)

    with pytest.raises(SeatExpired):
        votes(voting, ben, "yes")


def test_who_came_on_the_board_after_the_vote_began_is_not_on_its_roll(
    voting: Proposal, eva: User, molenwijk: Neighbourhood
) -> None:
    Seat.objects.create(
        person=eva.person, neighbourhood=molenwijk, kind="APPOINTED", office=SeatOffice.MEMBER, from_on=TODAY,
        until_on=TODAY + 365 * DAY,
    )  # fmt: skip

    with pytest.raises(ballots.NotOnRoll):
        votes(voting, eva, "yes")


def test_it_is_known_who_has_still_to_vote_and_only_to_them(
    voting: Proposal, ann: User, ben: User, eva: User
) -> None:
    votes(voting, ann, "yes")
    voting.refresh_from_db()

    assert waits_for([voting], ann.person) == set()
    assert waits_for([voting], ben.person) == {voting.pk}
    assert waits_for([voting], second_login(ben).person) == {voting.pk}
    assert waits_for([voting], eva.person) == set()


# --- Closing --------------------------------------------------------------------------------------------------------------


def test_a_written_round_is_not_cut_short_while_somebody_can_still_vote(
    written_round: Proposal, ann: User, ben: User, dirk: User
) -> None:
    votes(written_round, ann, "yes", at=NOON)
    votes(written_round, ben, "yes", at=NOON)
    with pytest.raises(motions.VotesMissing):
        motions.close_vote(proposal=written_round, actor=actor(ann), at=NOON + DAY)

    votes(written_round, dirk, "no", at=NOON + DAY)
    motions.close_vote(proposal=written_round, actor=actor(ann), at=NOON + DAY)

    assert written_round.state == "ADOPTED"


def test_the_clock_ends_a_vote_when_its_time_is_over_and_no_earlier(
    written_round: Proposal, ann: User, ben: User
) -> None:
    votes(written_round, ann, "yes", at=NOON)
    votes(written_round, ben, "yes", at=NOON)
    before, after = NOON + 7 * DAY - DAY / 24, NOON + 7 * DAY

    assert motions_due(before) == []
    with pytest.raises(motions.StillRunning):
        motions.close_vote(proposal=written_round, actor=Actor.system(), at=before)
    for _name, deed in motions_due(after):
        deed()

    written_round.refresh_from_db()
    assert (written_round.state, motions_due(after)) == ("ADOPTED", [])


def test_only_the_chair_closes_a_vote_in_the_meeting(voting: Proposal, ben: User, cas: User) -> None:
    with pytest.raises(meetings.LeadersOnly):
        motions.close_vote(proposal=voting, actor=actor(ben), at=BEGINS)
    with pytest.raises(meetings.BoardOnly):
        motions.close_vote(proposal=voting, actor=actor(cas), at=BEGINS)


def test_a_closed_vote_stays_closed_also_when_the_clock_jumps_back(voting: Proposal, ann: User) -> None:
    motions.close_vote(proposal=voting, actor=actor(ann), at=BEGINS)

    with pytest.raises(ballots.TooLate):
        votes(voting, ann, "yes", at=BEGINS)
    with pytest.raises(MoveRefused):
        motions.close_vote(proposal=voting, actor=actor(ann), at=BEGINS)


@pytest.mark.parametrize("event", ["adopt", "reject", "miss_quorum"])
def test_nobody_decides_without_a_count(voting: Proposal, ann: User, event: str) -> None:
    with pytest.raises(NotCounted):
        transition(voting, event, actor=actor(ann), at=BEGINS)


def test_a_call_for_an_election_is_no_matter_of_the_board(
    ann: User, eva: User, molenwijk: Neighbourhood
) -> None:
    call = Proposal.objects.create(
        neighbourhood=molenwijk, policy=democracy.policy(molenwijk, Subject.RECALL), kind="RECALL", title="Nieuw",
        text="Nieuw bestuur", language="nl", proposed_by=eva.person, proposed_at=NOON, key=uuid.uuid4(),
    )  # fmt: skip

    with pytest.raises(MoveRefused):
        motions.open_vote(proposal=call, in_writing=True, actor=actor(ann), at=NOON)
    with pytest.raises(MoveRefused):
        motions.put_on_agenda(proposal=call, meeting=None, actor=actor(ann), at=NOON)


def test_the_trail_tells_the_proposer_how_it_went(voting: Proposal, ann: User, ben: User) -> None:
    motions.close_vote(proposal=voting, actor=actor(ann), at=BEGINS)

    told = AuditEntry.objects.filter(event__startswith="proposal.", about__party_id=ben.person_id)
    assert list(told.order_by("pk").values_list("event", flat=True)) == [
        "proposal.propose", "proposal.open_vote", "proposal.miss_quorum",
    ]  # fmt: skip


