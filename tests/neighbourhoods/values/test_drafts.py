from __future__ import annotations

from typing import Any

import pytest

from core.states import MoveRefused
from neighbourhoods.models import (
    Neighbourhood,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.operations import values
from neighbourhoods.operations.elections.drafting import NeedsReason
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.values.proposing import ReasonTooLong
from neighbourhoods.operations.values.withdrawing import NotYourProposal, VotedOn
from neighbourhoods.queries.values import decision_at, running_on
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import democracy
from tests.factories import values as make
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, second_login
from tests.neighbourhoods.values.making import drafted, leaves_the_board, lines

# --- Drafts ---------------------------------------------------------------------------------------------------------


def draft_proposed(decision: ValueDecision, by: User, **more: Any) -> None:
    values.propose_draft(
        decision=decision,
        **{"amount": 900, "volume": 20, "evidence": "De school.", "wanted_on": TODAY + 60 * DAY,
           "actor": actor(by), "at": NOON + DAY, **more},
    )  # fmt: skip


def test_a_member_of_the_board_drafts_and_another_proposes_it(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User
) -> None:
    made = drafted(molenwijk, reading, ben)
    assert (made.state, running_on(reading)) == ("DRAFT", None)
    newer = make.value_policy(molenwijk)

    draft_proposed(made, ann, text="De school zoekt lezers.")

    found = decision_at(made.ref)
    assert found is not None
    assert (found.state, found.proposed, found.volume, found.wanted_on) == (
        "PROPOSED", 900, 20, TODAY + 60 * DAY,
    )  # fmt: skip
    assert (found.policy, found.proposed_at, found.proposed_by) == (newer, NOON + DAY, ben.person)
    assert found.text == "De school zoekt lezers."


def test_only_the_board_drafts_and_proposes_drafts(
    molenwijk: Neighbourhood, reading: ValuedItem, ben: User, dirk: User, cas: User
) -> None:
    made = drafted(molenwijk, reading, ben)

    for by in (actor(dirk), actor(cas), SYSTEM):
        with pytest.raises(BoardOnly):
            drafted(molenwijk, reading, dirk, actor=by)
        with pytest.raises(BoardOnly):
            draft_proposed(made, dirk, actor=by)


def test_of_two_drafts_about_one_thing_the_second_is_not_proposed(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User
) -> None:
    first, second = (drafted(molenwijk, reading, who) for who in (ann, ben))
    draft_proposed(first, ann)

    with pytest.raises(values.AlreadyRunning) as refused:
        draft_proposed(second, ben)

    assert refused.value.details["ref"] == first.ref


def test_a_draft_is_proposed_once(molenwijk: Neighbourhood, reading: ValuedItem, ann: User) -> None:
    made = drafted(molenwijk, reading, ann)
    draft_proposed(made, ann)

    with pytest.raises(MoveRefused):
        draft_proposed(made, ann)


def test_a_member_who_leads_nothing_waits_with_a_draft_as_everybody_does(
    molenwijk: Neighbourhood, worth_since_ten_days: ValuedItem, ann: User, ben: User
) -> None:
    made = drafted(molenwijk, worth_since_ten_days, ben)

    with pytest.raises(values.TooSoon):
        draft_proposed(made, ben)
    draft_proposed(made, ann)


# --- Taking it back -------------------------------------------------------------------------------------------------


def take_back(decision: ValueDecision, by: User, **more: Any) -> None:
    values.withdraw(
        decision=decision,
        **{"reason": "Ik heb me vergist.", "actor": actor(by), "at": NOON, **more},
    )


@pytest.mark.parametrize("state", ["PROPOSED", "ADMITTED", "CONSULTATION"])
def test_whoever_proposed_it_takes_it_back_before_the_vote_with_a_reason(
    reading: ValuedItem, dirk: User, state: str
) -> None:
    made = make.value_decision(reading, state=ValueState(state), by=dirk)

    with pytest.raises(NeedsReason):
        take_back(made, dirk, reason=" ")
    with pytest.raises(ReasonTooLong):
        take_back(made, dirk, reason="a" * 1001)
    take_back(made, second_login(dirk))

    assert made.state == "WITHDRAWN"
    assert [line.note.text for line in lines("value_decision.withdraw")] == ["Ik heb me vergist."]


@pytest.mark.parametrize("state", ["VOTING", "AWAITING_BOARD", "APPEAL", "IN_FORCE", "REJECTED"])
def test_not_after_it(reading: ValuedItem, dirk: User, state: str) -> None:
    made = make.value_decision(reading, state=ValueState(state), by=dirk)

    with pytest.raises(MoveRefused):
        take_back(made, dirk)


def test_nor_when_the_board_sent_back_what_residents_chose(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    made = make.value_decision(reading, state=ValueState.CONSULTATION, by=dirk)
    made.votes.create(number=1, decider="RESIDENTS", box=democracy.box(molenwijk, [dirk]))

    with pytest.raises(VotedOn):
        take_back(made, dirk)


def test_nobody_takes_back_what_is_anothers(
    reading: ValuedItem, ann: User, dirk: User, eva: User, cas: User
) -> None:
    made = make.value_decision(reading, by=dirk)

    for by in (actor(ann), actor(eva), actor(cas), SYSTEM):
        with pytest.raises(NotYourProposal):
            take_back(made, dirk, actor=by)


def test_a_draft_is_taken_back_by_any_member_of_the_board_and_needs_no_reason(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    made = drafted(molenwijk, reading, ann)

    with pytest.raises(BoardOnly):
        take_back(made, dirk)
    take_back(made, ben, reason="")

    assert made.state == "WITHDRAWN"


def test_what_demand_brought_up_is_taken_back_by_who_leads_the_board(
    reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    made = make.value_decision(reading, state=ValueState.ADMITTED)

    with pytest.raises(BoardOnly):
        take_back(made, dirk)
    with pytest.raises(LeadersOnly):
        take_back(made, ben)
    take_back(made, ann)

    assert made.state == "WITHDRAWN"


def test_whose_seat_has_ended_leads_nothing_any_more(reading: ValuedItem, ann: User, ben: User) -> None:
    made = make.value_decision(reading, state=ValueState.ADMITTED)
    leaves_the_board(ann)

    with pytest.raises(BoardOnly):
        take_back(made, ann)
