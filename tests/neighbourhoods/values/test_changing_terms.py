"""Changing what is put to the vote, until it begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from core.states import MoveRefused
from neighbourhoods.models import (
    Decider,
    ValueDecision,
    ValuedItem,
    ValueVote,
)
from neighbourhoods.operations import values
from neighbourhoods.operations.values import Terms
from neighbourhoods.operations.values.consulting import (
    BoundsMissing,
    ConsultationOver,
    ProposedMissing,
    SupportedAsItIs,
    TooNarrow,
)
from neighbourhoods.queries.values import default_terms
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values as make
from tests.factories.democracy import box as a_box
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, TODAY
from tests.neighbourhoods.values.making import lines, supported
from tests.neighbourhoods.values.test_consulting import TERMS, YES_OR_NO, change, consult, terms_of


def test_terms_are_changed_until_the_vote_is_due(on_agenda: ValueDecision, ann: User) -> None:
    consult(on_agenda, ann)
    until = on_agenda.consulted_until
    assert isinstance(until, datetime)

    change(on_agenda, ann, replace(TERMS, high=2000), at=until - 4 * DAY)
    with pytest.raises(ConsultationOver):
        change(on_agenda, ann, replace(TERMS, high=2500), at=until)

    assert (terms_of(on_agenda).high, on_agenda.high, on_agenda.consulted_until) == (2000, 2000, until)


def test_who_reacted_has_three_days_to_look_at_what_was_changed_late(
    on_agenda: ValueDecision, ann: User
) -> None:
    consult(on_agenda, ann)
    until = on_agenda.consulted_until
    assert isinstance(until, datetime)

    change(on_agenda, ann, replace(TERMS, high=2000), at=until - DAY)

    assert on_agenda.consulted_until == until + 2 * DAY


def test_the_bounds_leave_room_for_what_it_is_worth_now(reading: ValuedItem, dirk: User, ann: User) -> None:
    """Else whoever sets them decides."""
    make.worth(reading, 400)
    found = make.value_decision(reading, state=ValueState.ADMITTED, by=dirk)

    with pytest.raises(TooNarrow):
        consult(found, ann, TERMS)

    consult(found, ann, replace(TERMS, low=400))
    assert found.low == 400


def test_after_a_vote_the_bounds_only_widen(reading: ValuedItem, dirk: User, ann: User) -> None:
    found = make.value_decision(
        reading, state=ValueState.CONSULTATION, by=dirk, low=500, high=1500, step=50, volume=40,
        consulted_until=NOON + 9 * DAY,
    )  # fmt: skip
    box = a_box(found.neighbourhood, [dirk], method="MEDIAN", options=[], low=500, high=1500, step=50)
    ValueVote.objects.create(decision=found, number=1, decider=Decider.RESIDENTS, box=box)

    for narrower in (replace(TERMS, low=550), replace(TERMS, high=1450)):
        with pytest.raises(TooNarrow):
            change(found, ann, narrower)

    change(found, ann, replace(TERMS, low=400, high=1600))
    assert (found.low, found.high) == (400, 1600)


def test_what_a_board_said_beforehand_is_what_the_clock_puts_to_the_vote(
    on_agenda: ValueDecision, ann: User
) -> None:
    change(on_agenda, ann, replace(TERMS, low=700, high=1100))

    found = default_terms(on_agenda, TODAY)

    assert (found.low, found.high, found.step) == (700, 1100, 50)


def test_only_a_change_stands_in_the_trail(on_agenda: ValueDecision, ann: User) -> None:
    consult(on_agenda, ann)
    change(on_agenda, ann)
    assert lines("value_decision.change") == []

    change(on_agenda, ann, replace(TERMS, volume=41))

    assert len(lines("value_decision.change")) == 1


@pytest.mark.parametrize("state", ["DRAFT", "VOTING", "AWAITING_BOARD", "APPEAL", "IN_FORCE", "WITHDRAWN"])
def test_what_is_voted_on_is_not_changed_any_more(reading: ValuedItem, ann: User, state: str) -> None:
    made = make.value_decision(reading, state=ValueState(state))

    with pytest.raises(MoveRefused):
        change(made, ann)


def test_before_it_is_before_everybody_it_needs_bounds_only_on_the_agenda(
    reading: ValuedItem, ann: User
) -> None:
    made = make.value_decision(reading)
    change(made, ann, YES_OR_NO)
    assert terms_of(made) == YES_OR_NO

    ValueDecision.objects.filter(pk=made.pk).update(state="ADMITTED")

    with pytest.raises(BoundsMissing):
        change(made, ann, replace(YES_OR_NO, volume=50))


def test_what_residents_support_stays_as_they_read_it(reading: ValuedItem, ann: User, dirk: User) -> None:
    made = make.value_decision(
        reading, at=NOON, policy=make.value_policy(reading.neighbourhood, support_needed="1")
    )
    supported(made, dirk)

    with pytest.raises(SupportedAsItIs):
        change(made, ann, YES_OR_NO)
    change(made, ann, Terms(proposed=900))  # as it is
    values.take_back_support(decision=made, actor=actor(dirk), at=NOON)
    change(made, ann, YES_OR_NO)


def test_a_proposal_with_an_amount_does_not_lose_it(on_agenda: ValueDecision, ann: User) -> None:
    with pytest.raises(ProposedMissing):
        change(on_agenda, ann, replace(TERMS, proposed=None))


@pytest.mark.parametrize("state", ["ADMITTED", "CONSULTATION"])
def test_the_database_keeps_bounds_in_order(on_agenda: ValueDecision, state: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueDecision.objects.filter(pk=on_agenda.pk).update(state=state, low=900, high=900, step=50)
