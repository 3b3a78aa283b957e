"""The vote about a value: of the residents with amounts, of the board with names, and what comes of it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused, transition
from neighbourhoods.counting import Method
from neighbourhoods.models import (
    BallotBox,
    Decider,
    DecisionPolicy,
    Neighbourhood,
    Roll,
    Secrecy,
    ValuedItem,
    ValueVote,
)
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import BadBallot, ChangedForm, LeftOut, NotOnRoll, PaperMissing
from neighbourhoods.operations.elections.freezing import NotYet
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.motions import NotDuringMeeting, StillRunning, VotesMissing
from neighbourhoods.operations.policies import PolicyValues, set_policy
from neighbourhoods.operations.values import NoTerms
from neighbourhoods.queries.ballots import form_hash, labels_of
from neighbourhoods.queries.elections import Deed, open_for
from neighbourhoods.queries.meetings import depends_on
from neighbourhoods.queries.results import NotCounted, sheet_of
from neighbourhoods.states import BoxState
from people.models import Role, User
from tests.factories import democracy
from tests.factories import values as make
from tests.factories.people import actor, mandate, person
from tests.factories.residency import resident, second_login
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import CLOSED, DAY, HOUR, NOW, SYSTEM


@pytest.fixture
def residents_decide(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk)


@pytest.fixture
def board_decides(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk, Decider.BOARD, turnout_quorum="1/2")


# --- Opening ----------------------------------------------------------------------------------------------------------


def test_residents_choose_among_the_amounts_that_everybody_could_react_to(
    reading: ValuedItem, residents_decide: None, ann: User, dirk: User, eva: User, cas: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.heard(reading)

    vote = deciding.opened(decision)

    box = vote.box
    assert deciding.state(decision) == "VOTING"
    assert (vote.number, vote.decider, vote.amount, vote.meeting) == (1, Decider.RESIDENTS, None, None)
    assert (box.method, box.secrecy, box.options) == (Method.MEDIAN, Secrecy.SECRET, [])
    assert (box.low, box.high, box.step, box.present) == (400, 1600, 50, 800)
    assert (box.state, box.opens_at, box.closes_at) == (BoxState.OPEN, NOW, NOW + 10 * DAY)
    assert (box.roll.state, box.roll.size, box.policy) == ("FROZEN", 3, decision.policy)
    with pytest.raises(NotOnRoll):
        deciding.chooses(vote, cas, 800)
    for wrong in (350, 1650, 820, "800", {"1": "yes"}):
        with pytest.raises(BadBallot):
            deciding.chooses(vote, dirk, wrong)


def test_who_came_to_live_there_after_the_opening_does_not_vote(
    molenwijk: Neighbourhood, reading: ValuedItem, residents_decide: None, dirk: User
) -> None:
    vote = deciding.opened(deciding.heard(reading))
    late = person("Late")
    resident(late, molenwijk)

    with pytest.raises(NotOnRoll):
        deciding.chooses(vote, late, 800)


def test_the_rules_of_the_policy_say_who_is_left_out(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    with_days = democracy.policy(
        molenwijk, "VALUE", rules=[("LIVES_HERE_DAYS", 30)], decider="RESIDENTS", method="MEDIAN"
    )
    vote = deciding.opened(deciding.heard(reading, policy=with_days))

    with pytest.raises(LeftOut):
        deciding.chooses(vote, dirk, 800)


def test_whether_something_keeps_a_value_is_a_secret_yes_or_no(
    reading: ValuedItem, residents_decide: None, dirk: User, eva: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.heard(reading, is_ending=True)

    vote = deciding.opened(decision)

    assert (vote.box.method, vote.box.secrecy, vote.box.options) == (Method.YES_NO, Secrecy.SECRET, ["1"])
    with override("en"):
        assert labels_of(vote.box) == {"1": "Voorlezen op school: no value any more?"}
    deciding.chooses(vote, dirk, {"1": "yes"})
    deciding.chooses(vote, eva, {"1": "yes"})
    decision = deciding.closed(decision)
    assert (decision.state, decision.decided) == ("APPEAL", None)


def test_a_board_says_yes_or_no_to_the_proposed_amount_with_names(
    reading: ValuedItem, board_decides: None, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.heard(reading, low=None, high=None, step=None)

    vote = deciding.opened(decision)

    box = vote.box
    assert (vote.decider, vote.amount, vote.meeting) == (Decider.BOARD, 900, None)
    assert (box.method, box.secrecy, box.options, box.low) == (Method.YES_NO, Secrecy.RECORDED, ["1"], None)
    assert box.roll.size == 2
    with override("en"):
        assert labels_of(box) == {"1": "Voorlezen op school: 9.00 per hour"}
    with pytest.raises(NotOnRoll):
        deciding.says(vote, dirk, "yes")


def test_nobody_votes_before_everybody_could_react(
    reading: ValuedItem, residents_decide: None, ann: User
) -> None:
    decision = deciding.heard(reading)

    for who in (SYSTEM, actor(ann)):
        with pytest.raises(NotYet):
            deciding.opened(decision, at=NOW - HOUR, actor=who)

    assert (deciding.state(decision), BallotBox.objects.count(), Roll.objects.count()) == (
        "CONSULTATION",
        0,
        0,
    )


def test_the_system_and_who_leads_the_board_open_it_and_nobody_else(
    reading: ValuedItem, residents_decide: None, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.heard(reading)

    with pytest.raises(LeadersOnly):
        deciding.opened(decision, actor=actor(ben))
    with pytest.raises(BoardOnly):
        deciding.opened(decision, actor=actor(dirk))
    vote = deciding.opened(decision, actor=actor(second_login(ann)))

    # The chair opened it, and has no more to do with the roll of the residents than anybody.
    assert AuditEntry.objects.get(event="value_decision.open_vote").acted_by_id is not None
    assert AuditEntry.objects.get(event="roll.freeze").acted_by_id is None
    assert vote.box.roll.size == 2 + 1  # Ann, Ben, Dirk


@pytest.mark.parametrize("state", ["PROPOSED", "ADMITTED", "VOTING", "APPEAL", "WITHDRAWN"])
def test_no_vote_is_opened_twice_or_at_another_time(
    reading: ValuedItem, residents_decide: None, state: str
) -> None:
    decision = make.value_decision(reading, state=state, consulted_until=NOW, low=400, high=900, step=50)

    with pytest.raises(MoveRefused):
        deciding.opened(decision)

    assert ValueVote.objects.count() == 0


def test_without_amounts_there_is_no_vote(
    molenwijk: Neighbourhood, reading: ValuedItem, residents_decide: None
) -> None:
    without_bounds = deciding.heard(reading, low=None, high=None, step=None)
    with pytest.raises(NoTerms):
        deciding.opened(without_bounds)

    deciding.rules(molenwijk, Decider.BOARD)
    without_amount = deciding.heard(make.item(molenwijk, "Soep koken"), proposed=None)
    with pytest.raises(NoTerms):
        deciding.opened(without_amount)

    assert BallotBox.objects.count() == 0


# --- In a meeting -----------------------------------------------------------------------------------------------------


def test_a_board_votes_in_a_meeting_that_is_going_on_and_the_chair_ends_it(
    molenwijk: Neighbourhood, reading: ValuedItem, board_decides: None, ann: User, ben: User
) -> None:
    meeting = democracy.meeting(molenwijk, starts_at=NOW - HOUR, state="INVITED", invited_at=NOW - 9 * DAY)
    decision = deciding.heard(reading)

    vote = deciding.opened(decision, actor=actor(ann), meeting=meeting)
    assert (vote.meeting, vote.box.closes_at) == (meeting, meeting.starts_at + 12 * HOUR)
    assert depends_on(meeting)
    deciding.says(vote, ann, "yes")
    decision = deciding.closed(decision, at=NOW + HOUR, by=ann)  # Ben is there and says nothing

    assert (decision.state, decision.decided, decision.decided_at) == ("APPEAL", 900, NOW + HOUR)
    assert not depends_on(meeting)


@pytest.mark.parametrize(
    ("starts_at", "state"),
    [
        pytest.param(NOW + HOUR, "INVITED", id="before it"),
        pytest.param(NOW - 12 * HOUR, "INVITED", id="long after it"),
        pytest.param(NOW - HOUR, "PLANNED", id="nobody was invited"),
        pytest.param(NOW - HOUR, "CANCELLED", id="called off"),
    ],
)
def test_a_vote_in_a_meeting_is_held_in_that_meeting(
    molenwijk: Neighbourhood,
    reading: ValuedItem,
    board_decides: None,
    ann: User,
    starts_at: datetime,
    state: str,
) -> None:
    meeting = democracy.meeting(molenwijk, starts_at=starts_at, state=state)

    with pytest.raises(NotDuringMeeting):
        deciding.opened(deciding.heard(reading), actor=actor(ann), meeting=meeting)


def test_the_meeting_of_others_is_none_and_residents_vote_in_no_meeting(
    molenwijk: Neighbourhood, sluiskade: Neighbourhood, reading: ValuedItem, ann: User
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)
    theirs = democracy.meeting(sluiskade, starts_at=NOW, state="INVITED")
    with pytest.raises(NotAllowed):
        deciding.opened(deciding.heard(reading), actor=actor(ann), meeting=theirs)

    deciding.rules(molenwijk)
    ours = democracy.meeting(molenwijk, starts_at=NOW, state="INVITED")
    with pytest.raises(NotAllowed):
        deciding.opened(deciding.heard(make.item(molenwijk, "Soep koken")), actor=actor(ann), meeting=ours)


# --- Closing ----------------------------------------------------------------------------------------------------------


def test_the_middle_amount_is_decided(
    reading: ValuedItem, residents_decide: None, ann: User, ben: User, dirk: User, eva: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.heard(reading, by=dirk)
    vote = deciding.opened(decision)
    for who, amount in ((ann, 850), (ben, 1000), (dirk, 1600), (eva, None)):
        deciding.chooses(vote, who, amount)

    decision = deciding.closed(decision)

    assert (decision.state, decision.decided, decision.decided_at) == ("APPEAL", 1000, CLOSED)
    assert decision.appeals_until == CLOSED + 14 * DAY
    assert decision.effective_on == (CLOSED + 15 * DAY).date()
    events = AuditEntry.objects.filter(event__startswith="value_decision.").order_by("pk")
    assert [line.event for line in events] == [
        "value_decision.open_vote", "value_decision.decide", "value_decision.publish",
    ]  # fmt: skip
    assert {about.party_id for line in events for about in line.about.all()} == {dirk.person_id}


def test_with_an_even_number_the_present_value_counts_once_more(
    reading: ValuedItem, residents_decide: None, ann: User, ben: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.heard(reading)
    vote = deciding.opened(decision)
    deciding.chooses(vote, ann, 400)
    deciding.chooses(vote, ben, 1600)

    assert deciding.closed(decision).decided == 800


def test_nobody_leaves_a_trace_of_what_they_chose(
    reading: ValuedItem, residents_decide: None, dirk: User
) -> None:
    vote = deciding.opened(deciding.heard(reading))
    before = AuditEntry.objects.count()

    deciding.chooses(vote, dirk, 800)

    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("choices", [[], [None, None]])
def test_when_nobody_names_an_amount_the_value_stays_as_it_is(
    reading: ValuedItem, residents_decide: None, ann: User, ben: User, choices: list[None]
) -> None:
    make.worth(reading, 800)
    decision = deciding.heard(reading)
    vote = deciding.opened(decision)
    for who, choice in zip((ann, ben), choices, strict=False):
        deciding.chooses(vote, who, choice)

    decision = deciding.closed(decision)

    assert (decision.state, decision.decided, decision.effective_on) == ("NO_QUORUM", None, None)


def test_too_few_residents_decide_nothing(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    deciding.rules(molenwijk, turnout_quorum="2/3")
    decision = deciding.heard(reading)
    deciding.chooses(deciding.opened(decision), ann, 800)

    decision = deciding.closed(decision)

    assert (decision.state, decision.decided) == ("NO_QUORUM", None)
    assert AuditEntry.objects.get(event="value_decision.miss_quorum").note.text  # every end has a reason


@pytest.mark.parametrize(
    ("answers", "state", "amount"),
    [
        ("yy", "APPEAL", 900),
        ("nn", "REJECTED", None),
        ("yn", "REJECTED", None),  # more than half is asked
        ("y", "APPEAL", 900),
        ("", "NO_QUORUM", None),
    ],
)
def test_a_board_decides_by_its_majority(
    reading: ValuedItem,
    board_decides: None,
    ann: User,
    ben: User,
    answers: str,
    state: str,
    amount: int | None,
) -> None:
    decision = deciding.heard(reading)
    vote = deciding.opened(decision)
    for who, answer in zip((ann, ben), answers, strict=False):
        deciding.says(vote, who, {"y": "yes", "n": "no"}[answer])

    decision = deciding.closed(decision)

    assert (decision.state, decision.decided) == (state, amount)


def test_residents_who_want_to_keep_a_value_keep_it(
    reading: ValuedItem, residents_decide: None, ann: User, ben: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.heard(reading, is_ending=True)
    vote = deciding.opened(decision)
    deciding.chooses(vote, ann, {"1": "no"})
    deciding.chooses(vote, ben, {"1": "yes"})

    assert deciding.closed(decision).state == "REJECTED"
    assert AuditEntry.objects.get(event="value_decision.reject").note.text


def test_no_vote_of_the_residents_ends_early_whoever_asks(
    reading: ValuedItem, residents_decide: None, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.heard(reading)
    vote = deciding.opened(decision)
    for who in (ann, ben, dirk):
        deciding.chooses(vote, who, 800)

    with pytest.raises(StillRunning):
        deciding.closed(decision, at=CLOSED - HOUR)
    for who in (ann, dirk):
        with pytest.raises(NotAllowed):
            deciding.closed(decision, by=who)

    assert deciding.box_of(decision).state == BoxState.OPEN


def test_a_written_round_ends_early_only_when_every_member_voted(
    reading: ValuedItem, board_decides: None, ann: User, ben: User
) -> None:
    decision = deciding.heard(reading)
    vote = deciding.opened(decision)
    deciding.says(vote, ann, "yes")

    with pytest.raises(StillRunning):
        deciding.closed(decision, at=NOW + HOUR)
    with pytest.raises(VotesMissing):
        deciding.closed(decision, at=NOW + HOUR, by=ann)
    deciding.says(vote, ben, "yes")
    with pytest.raises(LeadersOnly):
        deciding.closed(decision, at=NOW + HOUR, by=ben)

    assert deciding.closed(decision, at=NOW + HOUR, by=ann).state == "APPEAL"


def test_ballots_on_paper_are_waited_for(
    molenwijk: Neighbourhood, reading: ValuedItem, residents_decide: None, dirk: User, eva: User
) -> None:
    olga, otto = (person(name) for name in ("Olga", "Otto"))
    for officer in (olga, otto):
        mandate(person=officer, principal=molenwijk.party, role=Role.POLLING)
    decision = deciding.heard(reading)
    vote = deciding.opened(decision)
    deciding.chooses(vote, dirk, 800)
    ballots.mark_paper(box=vote.box, voter=eva.person, actor=actor(olga), at=NOW)

    for _twice in range(2):
        with pytest.raises(PaperMissing):
            deciding.closed(decision)
    assert (deciding.state(decision), deciding.box_of(decision).state) == ("VOTING", BoxState.CLOSED)
    for officer in (olga, otto):
        ballots.enter_paper(box=vote.box, choices=[800], actor=actor(officer), at=CLOSED)

    assert deciding.closed(decision).decided == 800


def test_it_is_taken_up_where_it_was_interrupted(
    reading: ValuedItem, residents_decide: None, dirk: User
) -> None:
    decision = deciding.heard(reading)
    vote = deciding.opened(decision)
    deciding.chooses(vote, dirk, 800)
    ballots.close_box(box=vote.box, actor=SYSTEM, at=CLOSED)
    ballots.count_box(box=vote.box, actor=SYSTEM, at=CLOSED)
    assert deciding.state(decision) == "VOTING"

    assert deciding.closed(decision).decided == 800
    with pytest.raises(MoveRefused):
        deciding.closed(decision)


def test_nobody_decides_without_a_count(reading: ValuedItem, residents_decide: None, dirk: User) -> None:
    decision = deciding.heard(reading)
    deciding.opened(decision)

    for event in ("decide", "ask_board", "reject", "miss_quorum"):
        with pytest.raises(NotCounted):
            transition(decision, event, actor=SYSTEM, at=CLOSED)


# --- What changes meanwhile, and what does not ------------------------------------------------------------------------


def test_a_policy_that_changes_while_people_vote_changes_nothing_that_runs(
    molenwijk: Neighbourhood, reading: ValuedItem, residents_decide: None, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.heard(reading)
    vote = deciding.opened(decision)
    deciding.chooses(vote, dirk, 800)
    set_policy(
        neighbourhood=molenwijk, subject="VALUE", actor=SYSTEM, at=NOW + DAY,
        values=PolicyValues(method=Method.MEDIAN, turnout_quorum="1", voting_days=90, appeal_days=60),
    )  # fmt: skip
    deciding.rules(molenwijk, Decider.BOARD)

    decision = deciding.closed(decision)

    assert (decision.state, decision.decided) == ("APPEAL", 800)  # one of three voted, which was enough
    assert decision.appeals_until == CLOSED + 14 * DAY
    sheet = sheet_of(deciding.box_of(decision))
    assert sheet["quorums"]["turnout"]["quorum"] == [0, 1]


def test_a_form_of_another_vote_is_refused_even_with_the_same_amounts(
    molenwijk: Neighbourhood, reading: ValuedItem, residents_decide: None, dirk: User
) -> None:
    one = deciding.opened(deciding.heard(reading))
    other = deciding.opened(deciding.heard(make.item(molenwijk, "Soep koken")))

    with pytest.raises(ChangedForm):
        ballots.cast(
            box=one.box, person=dirk.person, choice=800, wants_receipt=False, form_hash=form_hash(other.box),
            actor=actor(dirk), at=NOW,
        )  # fmt: skip


def test_a_new_name_for_the_item_does_not_spoil_the_forms_that_people_have_open(
    reading: ValuedItem, residents_decide: None
) -> None:
    vote = deciding.opened(deciding.heard(reading))
    before = form_hash(vote.box)
    reading.texts.update(name="Voorlezen in de klas")

    assert form_hash(BallotBox.objects.get(pk=vote.box_id)) == before


def test_residents_find_the_vote_among_what_they_can_do(
    reading: ValuedItem, residents_decide: None, dirk: User, cas: User
) -> None:
    vote = deciding.opened(deciding.heard(reading))

    with override("en"):
        (found,) = open_for(dirk.person, NOW)
    assert found.title == "Voorlezen op school: what is an hour worth?"
    assert (found.deed, found.box, found.until) == (Deed.VOTE, vote.box, vote.box.closes_at)
    assert open_for(cas.person, NOW) == []
    deciding.chooses(vote, dirk, 800)
    assert open_for(second_login(dirk).person, NOW) == []


def test_what_can_be_done_costs_as_many_queries_for_three_votes_as_for_one(
    molenwijk: Neighbourhood,
    reading: ValuedItem,
    residents_decide: None,
    dirk: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    deciding.opened(deciding.heard(reading))
    with django_assert_num_queries(9):
        assert len(open_for(dirk.person, NOW)) == 1
    for name in ("Soep koken", "Fietsen maken"):
        deciding.opened(deciding.heard(make.item(molenwijk, name)))

    with django_assert_num_queries(9):
        assert len(open_for(dirk.person, NOW)) == 3
