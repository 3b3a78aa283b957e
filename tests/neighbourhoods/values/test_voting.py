"""The vote about a value: how it ends, what comes of it, and what nothing changes meanwhile."""

from __future__ import annotations

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
    ValuedItem,
)
from neighbourhoods.operations import ballots
from neighbourhoods.operations.ballots import ChangedForm, PaperMissing
from neighbourhoods.operations.meetings.doors import LeadersOnly
from neighbourhoods.operations.motions import StillRunning, VotesMissing
from neighbourhoods.operations.policies import PolicyValues, set_policy
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.queries.elections import Deed, open_for
from neighbourhoods.queries.results import NotCounted, sheet_of
from neighbourhoods.states import BoxState
from people.models import Role, User
from tests.factories import values as make
from tests.factories.people import actor, mandate, person
from tests.factories.residency import second_login
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import CLOSED, DAY, HOUR, NOW, SYSTEM


@pytest.fixture
def residents_decide(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk)


@pytest.fixture
def board_decides(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk, Decider.BOARD, turnout_quorum="1/2")


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
    deciding.rules(molenwijk, Decider.BOARD)
    set_policy(
        neighbourhood=molenwijk, subject="VALUE", actor=SYSTEM, at=NOW + DAY,
        values=PolicyValues(method=Method.MEDIAN, turnout_quorum="1", voting_days=90, appeal_days=60),
    )  # fmt: skip

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
