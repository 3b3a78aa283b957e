from __future__ import annotations

import uuid

import pytest

from core.actor import Actor
from core.models import AuditEntry
from core.states import MoveRefused, transition
from neighbourhoods.models import Neighbourhood, Proposal, Seat, SeatOffice, Subject
from neighbourhoods.operations import ballots, meetings, motions
from neighbourhoods.operations.ballots import SeatExpired
from neighbourhoods.operations.elections.clock import motions_due
from neighbourhoods.queries.motions import own_vote, votes_of, waits_for
from neighbourhoods.queries.results import NotCounted, sheet_of
from people.models import User
from tests.factories import democracy
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, TODAY, second_login
from tests.neighbourhoods.meetings.making import BEGINS, box_of, votes

# --- Voting ---------------------------------------------------------------------------------------------------------


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


# --- Closing --------------------------------------------------------------------------------------------------------


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
