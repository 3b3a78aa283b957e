"""What residents chose, before the board: confirmed within the margin, sent back once, or left to stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.counting import Method
from neighbourhoods.models import (
    Decider,
    DecisionPolicy,
    Neighbourhood,
    Secrecy,
    Subject,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.operations import values
from neighbourhoods.operations.ballots import HasInterest, WhyNotMissing
from neighbourhoods.operations.elections.freezing import NotYet
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.motions import StillRunning, VotesMissing
from neighbourhoods.operations.values import (
    ConfirmationRunning,
    NothingToConfirm,
    OutsideMargin,
    TooLateToConfirm,
)
from neighbourhoods.queries.value_votes import (
    Margin,
    last_vote,
    margin_of,
    residents_amount,
    running_confirmation,
    was_sent_back,
)
from people.models import User
from tests.factories import democracy
from tests.factories import values as make
from tests.factories.people import actor, mandate, organisation
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import CLOSED, DAY, HOUR, SYSTEM

UNTIL = CLOSED + 10 * DAY  # the board answers until then


@pytest.fixture(autouse=True)
def both_decide(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    """The residents choose, the board confirms; it decides by written rounds of seven days in which half must vote."""
    deciding.rules(molenwijk, Decider.BOTH)
    democracy.policy(molenwijk, Subject.MOTION, turnout_quorum="1/2", voting_days=7)


def close(decision: ValueDecision, *, at: datetime = CLOSED + 7 * DAY, by: Actor = SYSTEM) -> ValueDecision:
    values.close_confirmation(decision=decision, actor=by, at=at)
    return deciding.again(decision)


# --- Asking -----------------------------------------------------------------------------------------------------------


def test_after_the_residents_the_board_is_asked_and_nothing_is_decided_yet(
    reading: ValuedItem, ann: User, dirk: User
) -> None:
    decision = deciding.before_the_board(reading, {dirk: 1000})

    assert (decision.state, decision.decided, decision.board_until) == ("AWAITING_BOARD", None, UNTIL)
    assert (residents_amount(decision), margin_of(decision)) == (1000, Margin(low=900, high=1100))


def test_the_board_votes_with_names_under_its_own_newest_rules(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.before_the_board(reading, {dirk: 1000})

    vote = deciding.answers(decision, 1050, ann)

    box = vote.box
    assert (vote.number, vote.decider, vote.amount) == (2, Decider.BOARD, 1050)
    assert (box.method, box.secrecy, box.policy.subject) == (Method.YES_NO, Secrecy.RECORDED, Subject.MOTION)
    assert (box.roll.size, box.closes_at) == (2, CLOSED + 7 * DAY)
    assert running_confirmation(decision) == vote


def test_a_round_never_lasts_longer_than_the_board_has(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, dirk: User
) -> None:
    decision = deciding.before_the_board(reading, {dirk: 1000})
    meeting = democracy.meeting(molenwijk, starts_at=UNTIL - 2 * HOUR, state="INVITED")

    vote = deciding.answers(decision, 1000, ann, at=UNTIL - HOUR, meeting=meeting)

    assert (vote.meeting, vote.box.closes_at) == (meeting, UNTIL)


@pytest.mark.parametrize(
    ("chosen", "margin", "fits", "not_"),
    [
        (1000, "1/10", (900, 1000, 1100), (899, 1101, 0, -1000)),
        (850, "1/10", (765, 935), (764, 936)),
        (450, "1/40", (439, 461), (438, 462)),  # 11.25 exactly: what is a whole number within it
        (1000, "0", (1000,), (999, 1001)),
    ],
)
def test_the_board_goes_no_further_than_the_margin(
    molenwijk: Neighbourhood,
    reading: ValuedItem,
    ann: User,
    dirk: User,
    chosen: int,
    margin: str,
    fits: tuple[int, ...],
    not_: tuple[int, ...],
) -> None:
    deciding.rules(molenwijk, Decider.BOTH, margin=margin)
    decision = deciding.before_the_board(reading, {dirk: chosen})

    for amount in (*not_, None):
        with pytest.raises(OutsideMargin):
            deciding.answers(decision, amount, ann)

    found = margin_of(decision)
    assert found is not None
    assert (found.low, found.high) == (min(fits), max(fits))
    assert deciding.answers(decision, fits[0], ann).amount == fits[0]


def test_only_who_leads_the_board_asks_it_and_the_system_does_not(
    reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.before_the_board(reading, {dirk: 1000})

    for who, refusal in ((ben, LeadersOnly), (dirk, BoardOnly)):
        with pytest.raises(refusal):
            deciding.answers(decision, 1000, who)
    with pytest.raises(BoardOnly):
        values.open_confirmation(decision=decision, amount=1000, actor=SYSTEM, at=CLOSED)


def test_a_chair_with_an_interest_puts_no_amount_of_their_own_before_the_board(
    reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    school = organisation("De Regenboog", owner=ann)
    decision = deciding.before_the_board(reading, {dirk: 1000}, proposed_for=school)

    with pytest.raises(HasInterest):
        deciding.answers(decision, 1100, ann)

    assert deciding.answers(decision, 1000, ann).amount == 1000


def test_the_board_votes_on_it_once_at_a_time_and_in_time(reading: ValuedItem, ann: User, dirk: User) -> None:
    decision = deciding.before_the_board(reading, {dirk: 1000})
    with pytest.raises(TooLateToConfirm):
        deciding.answers(decision, 1000, ann, at=UNTIL)
    deciding.answers(decision, 1000, ann)

    with pytest.raises(ConfirmationRunning):
        deciding.answers(decision, 1050, ann)


@pytest.mark.parametrize("state", ["CONSULTATION", "VOTING", "APPEAL", "NO_QUORUM"])
def test_the_board_is_not_asked_at_another_time(reading: ValuedItem, ann: User, state: str) -> None:
    decision = make.value_decision(reading, state=state)

    with pytest.raises(MoveRefused):
        deciding.answers(decision, 900, ann)
    with pytest.raises(MoveRefused):
        close(decision)
    with pytest.raises(MoveRefused):
        values.stay_silent(decision=decision, actor=SYSTEM, at=UNTIL)


# --- Yes --------------------------------------------------------------------------------------------------------------


def test_with_a_yes_the_amount_of_the_board_is_decided(
    reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.before_the_board(reading, {dirk: 1000})
    vote = deciding.answers(decision, 1050, ann)
    deciding.says(vote, ann, "yes", at=CLOSED)
    with pytest.raises(StillRunning):
        close(decision, at=CLOSED + HOUR)
    with pytest.raises(VotesMissing):
        close(decision, at=CLOSED + HOUR, by=actor(ann))
    deciding.says(vote, ben, "yes", at=CLOSED)

    decision = close(decision, at=CLOSED + HOUR, by=actor(ann))

    assert (decision.state, decision.decided, decision.decided_at) == ("APPEAL", 1050, CLOSED + HOUR)
    assert decision.appeals_until == CLOSED + HOUR + 14 * DAY
    assert AuditEntry.objects.filter(event="value_decision.confirm").count() == 1


def test_that_something_has_no_value_any_more_is_confirmed_without_an_amount(
    reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    make.worth(reading, 800)
    decision = deciding.before_the_board(reading, {dirk: {"1": "yes"}}, is_ending=True)
    assert margin_of(decision) is None
    with pytest.raises(NothingToConfirm):
        deciding.answers(decision, 800, ann)
    vote = deciding.answers(decision, None, ann)
    for who in (ann, ben):
        deciding.says(vote, who, "yes", at=CLOSED)

    decision = close(decision)

    assert (decision.state, decision.decided) == ("APPEAL", None)


# --- No ---------------------------------------------------------------------------------------------------------------


def test_a_no_has_reasons(reading: ValuedItem, ann: User, dirk: User) -> None:
    vote = deciding.answers(deciding.before_the_board(reading, {dirk: 1000}), 1000, ann)

    for reason in ("", "  "):
        with pytest.raises(WhyNotMissing):
            deciding.says(vote, ann, "no", reason, at=CLOSED)

    deciding.says(vote, ann, "yes", at=CLOSED)
    deciding.says(vote, ann, "blank", at=CLOSED)
    deciding.says(vote, ann, "no", "Te duur.", at=CLOSED)


def test_only_where_residents_chose_a_no_needs_a_reason(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User
) -> None:
    deciding.rules(molenwijk, Decider.BOARD)

    deciding.says(deciding.opened(deciding.heard(reading)), ann, "no")


def test_the_first_time_it_goes_back_with_the_reasons_and_the_second_time_it_is_rejected(
    reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.before_the_board(reading, {dirk: 1000})
    vote = deciding.answers(decision, 1000, ann)
    deciding.says(vote, ann, "no", "Te duur voor de pot.", at=CLOSED)
    deciding.says(vote, ben, "no", "Eerst de school vragen.", at=CLOSED)

    decision = close(decision)

    back = CLOSED + 7 * DAY
    assert (decision.state, decision.board_until, decision.decided) == ("CONSULTATION", None, None)
    assert decision.consulted_until == back + 14 * DAY
    line = AuditEntry.objects.get(event="value_decision.send_back")
    assert sorted(line.note.text.splitlines()) == ["Eerst de school vragen.", "Te duur voor de pot."]

    again = deciding.opened(decision, at=back + 14 * DAY)
    deciding.chooses(again, dirk, 900, at=back + 14 * DAY)
    decision = deciding.closed(decision, at=back + 24 * DAY)
    assert (decision.state, residents_amount(decision), was_sent_back(decision)) == (
        "AWAITING_BOARD",
        900,
        True,
    )
    second = deciding.answers(decision, 900, ann, at=back + 24 * DAY)
    for who in (ann, ben):
        deciding.says(second, who, "no", "Nog steeds te duur.", at=back + 24 * DAY)
    decision = close(decision, at=back + 31 * DAY)

    assert (decision.state, decision.decided) == ("REJECTED", None)
    assert [one.number for one in decision.votes.all()] == [1, 2, 3, 4]
    assert "Nog steeds te duur." in AuditEntry.objects.get(event="value_decision.reject").note.text


# --- Nothing ----------------------------------------------------------------------------------------------------------


def test_when_the_board_says_nothing_what_residents_chose_stands(
    reading: ValuedItem, ann: User, dirk: User
) -> None:
    decision = deciding.before_the_board(reading, {dirk: 1000})
    with pytest.raises(NotYet):
        values.stay_silent(decision=decision, actor=SYSTEM, at=UNTIL - HOUR)
    with pytest.raises(NotAllowed):
        values.stay_silent(decision=decision, actor=actor(ann), at=UNTIL)

    values.stay_silent(decision=decision, actor=SYSTEM, at=UNTIL)

    assert (decision.state, decision.decided, decision.decided_at) == ("APPEAL", 1000, UNTIL)


def test_too_few_votes_of_the_board_are_as_good_as_none_and_it_can_try_again(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    democracy.policy(molenwijk, Subject.MOTION, turnout_quorum="1", voting_days=3)
    decision = deciding.before_the_board(reading, {dirk: 1000})
    deciding.says(deciding.answers(decision, 1000, ann), ann, "no", "Te duur.", at=CLOSED)

    decision = close(decision, at=CLOSED + 3 * DAY)
    assert (decision.state, running_confirmation(decision)) == ("AWAITING_BOARD", None)
    second = deciding.answers(decision, 1000, ann, at=CLOSED + 3 * DAY)
    with pytest.raises(ConfirmationRunning):
        values.stay_silent(decision=decision, actor=SYSTEM, at=UNTIL)
    decision = close(decision, at=CLOSED + 6 * DAY)
    values.stay_silent(decision=decision, actor=SYSTEM, at=UNTIL)

    assert (decision.state, decision.decided, last_vote(decision)) == ("APPEAL", 1000, second)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({}, ("blank", "blank")),
        ({"approval_quorum": "1"}, ("yes", "blank")),
        ({"blanks_count": True}, ("yes", "blank")),
        ({"approval_quorum": "1", "majority": "1/2", "is_strict": False}, ("yes", "no")),
    ],
)
def test_a_board_that_leaves_it_blank_or_says_yes_with_too_few_did_not_say_no(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User, dirk: User, rules: dict[str, Any],
    said: tuple[str, str],
) -> None:  # fmt: skip
    democracy.policy(molenwijk, Subject.MOTION, voting_days=3, **rules)
    decision = deciding.before_the_board(reading, {dirk: 1000})
    vote = deciding.answers(decision, 1000, ann)
    for who, answer in zip((ann, ben), said, strict=True):
        deciding.says(vote, who, answer, "Te duur." if answer == "no" else "", at=CLOSED)

    decision = close(decision, at=CLOSED + 3 * DAY)

    assert (decision.state, was_sent_back(decision)) == ("AWAITING_BOARD", False)
    values.stay_silent(decision=decision, actor=SYSTEM, at=UNTIL)
    assert decision.decided == 1000


def test_one_no_among_blank_votes_sends_it_back_with_its_reason(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    decision = deciding.before_the_board(reading, {dirk: 1000})
    vote = deciding.answers(decision, 1000, ann)
    deciding.says(vote, ann, "blank", at=CLOSED)
    deciding.says(vote, ben, "no", "Te duur.", at=CLOSED)

    assert close(decision).state == "CONSULTATION"
    assert AuditEntry.objects.get(event="value_decision.send_back").note.text == "Te duur."


def test_when_every_member_has_an_interest_what_residents_chose_stands(
    reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    school = organisation("De Regenboog", owner=ann)
    mandate(person=ben, principal=school, role="ORGANISER")
    decision = deciding.before_the_board(reading, {dirk: 1000}, proposed_for=school)
    deciding.answers(decision, 1000, ann)

    decision = close(decision)
    assert decision.state == "AWAITING_BOARD"
    values.stay_silent(decision=decision, actor=SYSTEM, at=UNTIL)

    assert decision.decided == 1000
