"""What was decided and waits in vain ends, with the reason, and makes room for the next proposal."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Neighbourhood, ValueDecision, ValuedItem, ValueVersion
from neighbourhoods.operations import values
from neighbourhoods.operations.elections.freezing import NotYet
from neighbourhoods.operations.values import ANSWER_WITHIN, LAPSE_AFTER
from neighbourhoods.operations.values.consenting import answer_cover
from neighbourhoods.queries.values import running_on
from people.models import Role, User
from tests.factories import pots
from tests.factories import values as make
from tests.factories.people import actor, mandate, person
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import CLOSED, DAY, IN_FORCE, NOW, SYSTEM
from tests.neighbourhoods.values.making import proposed

SECOND = timedelta(seconds=1)
MIDNIGHT = IN_FORCE.replace(hour=0, minute=0, second=0, microsecond=0)
LAPSED = MIDNIGHT + LAPSE_AFTER


@pytest.fixture
def asks_for_money(molenwijk: Neighbourhood) -> Neighbourhood:
    deciding.rules(molenwijk, cover_months=3)
    return molenwijk


def lapse(decision: ValueDecision, at: datetime) -> ValueDecision:
    values.lapse(decision=decision, actor=SYSTEM, at=at)
    return deciding.again(decision)


def why(decision: ValueDecision) -> str:
    return AuditEntry.objects.get(event="value_decision.lapse", subject_id=str(decision.pk)).note.text


# --- No money ---------------------------------------------------------------------------------------------------------


def test_a_value_for_which_no_money_comes_ends_by_the_clock_and_the_next_one_can_be_proposed(
    asks_for_money: Neighbourhood, reading: ValuedItem, dirk: User, eva: User
) -> None:
    decision = deciding.decided(reading, 900, dirk)
    deciding.advance(LAPSED - 2 * DAY)
    assert deciding.state(decision) == "APPEAL"

    deciding.advance(LAPSED + DAY)

    assert (deciding.state(decision), running_on(reading)) == ("REJECTED", None)
    assert "180" in why(decision)
    assert not ValueVersion.objects.exists()
    assert proposed(asks_for_money, reading, eva, amount=700, at=LAPSED + DAY).state == "PROPOSED"


def test_what_nobody_knows_the_cost_of_ends_as_well(
    asks_for_money: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    decision = _of_unknown_cost(reading, dirk)

    deciding.advance(LAPSED + DAY)

    assert (deciding.state(decision), "180" in why(decision)) == ("REJECTED", True)


def test_when_the_board_says_how_often_and_there_is_money_it_begins(
    asks_for_money: Neighbourhood, reading: ValuedItem, ann: User, dirk: User
) -> None:
    pots.pot(asks_for_money, amount=300_00)
    decision = _of_unknown_cost(reading, dirk)
    deciding.advance(IN_FORCE + 9 * DAY)
    assert deciding.state(decision) == "APPEAL"

    values.name_volume(decision=decision, volume=10, actor=actor(ann), at=IN_FORCE + 10 * DAY)
    deciding.advance(IN_FORCE + 10 * DAY)

    assert deciding.state(decision) == "IN_FORCE"


def test_money_that_comes_on_the_last_day_is_in_time(
    asks_for_money: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    decision = deciding.decided(reading, 900, dirk)
    pots.pot(asks_for_money, amount=300_00)

    with pytest.raises(MoveRefused):  # it waits for nothing
        lapse(decision, LAPSED + DAY)
    deciding.advance(LAPSED + DAY)

    assert deciding.state(decision) == "IN_FORCE"


def test_after_a_no_of_the_municipality_it_waits_on_and_ends_in_the_end(
    asks_for_money: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    clerk = person("Gerda")
    mandate(person=clerk, principal=asks_for_money.municipality, role=Role.FINANCE)
    decision = deciding.decided(reading, 900, dirk)
    answer_cover(decision=decision, consents=False, reason="Nu niet.", actor=actor(clerk), at=CLOSED)

    deciding.advance(IN_FORCE + DAY)
    assert deciding.state(decision) == "APPEAL"
    deciding.advance(LAPSED + DAY)

    assert deciding.state(decision) == "REJECTED"


def test_it_waits_from_the_day_on_which_it_could_begin_when_that_is_a_later_one(
    asks_for_money: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    decision = deciding.decided(reading, 900, dirk)
    later = IN_FORCE.date() + 100 * DAY
    ValueDecision.objects.filter(pk=decision.pk).update(effective_on=later)

    with pytest.raises(NotYet):
        lapse(decision, LAPSED + 98 * DAY)

    assert lapse(decision, LAPSED + 101 * DAY).state == "REJECTED"


def test_nobody_but_the_system_ends_it_and_once(
    asks_for_money: Neighbourhood, reading: ValuedItem, ann: User, dirk: User
) -> None:
    decision = deciding.decided(reading, 900, dirk)
    with pytest.raises(NotAllowed):
        values.lapse(decision=decision, actor=actor(ann), at=LAPSED + DAY)

    assert lapse(decision, LAPSED + DAY).state == "REJECTED"
    with pytest.raises(MoveRefused):
        lapse(decision, LAPSED + DAY)


@pytest.mark.parametrize("state", ["CONSULTATION", "VOTING", "AWAITING_BOARD", "IN_FORCE", "ANNULLED"])
def test_what_waits_for_neither_does_not_lapse(reading: ValuedItem, state: str) -> None:
    with pytest.raises(MoveRefused):
        lapse(make.value_decision(reading, state=state, decided_at=NOW), NOW + 1000 * DAY)


# --- No answer --------------------------------------------------------------------------------------------------------


def test_what_lies_outside_the_guideline_ends_when_the_municipality_does_not_answer(
    reading: ValuedItem, dirk: User
) -> None:
    deciding.guideline(reading, 600, 800)
    decision = deciding.decided(reading, 900, dirk)
    assert decision.state == "AWAITING_CONSENT"

    deciding.advance(CLOSED + ANSWER_WITHIN - SECOND)
    assert deciding.state(decision) == "AWAITING_CONSENT"
    with pytest.raises(NotYet):
        lapse(decision, CLOSED + ANSWER_WITHIN - SECOND)
    deciding.advance(CLOSED + ANSWER_WITHIN)

    assert (deciding.state(decision), "90" in why(decision), running_on(reading)) == ("REJECTED", True, None)


def _of_unknown_cost(reading: ValuedItem, by: User) -> ValueDecision:
    decision = deciding.heard(reading, volume=None)
    deciding.chooses(deciding.opened(decision), by, 900)
    return deciding.closed(decision)
