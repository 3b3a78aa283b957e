"""From which day a value is wanted: within a year, since until it begins nothing else about it is decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from neighbourhoods.models import Neighbourhood, ValueDecision, ValuedItem
from neighbourhoods.operations import values
from neighbourhoods.operations.values import Terms
from neighbourhoods.operations.values.proposing import TooFarAhead
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values as make
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, TODAY
from tests.neighbourhoods.values.making import drafted, proposed

LAST = TODAY + 366 * DAY
TOO_FAR = [LAST + DAY, date(9999, 12, 31)]
TERMS = Terms(proposed=900, volume=40, low=500, high=1500, step=50)


@pytest.mark.parametrize("day", TOO_FAR)
def test_nothing_is_proposed_or_drafted_for_a_day_years_ahead(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, dirk: User, day: date
) -> None:
    for deed, who in ((proposed, dirk), (drafted, ann)):
        with pytest.raises(TooFarAhead) as refused:
            deed(molenwijk, reading, who, wanted_on=day)
        assert refused.value.field == "wanted_on"

    assert proposed(molenwijk, reading, dirk, wanted_on=LAST).wanted_on == LAST


@pytest.mark.parametrize("day", TOO_FAR)
def test_a_draft_does_not_become_a_proposal_for_such_a_day(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, day: date
) -> None:
    made = drafted(molenwijk, reading, ann)

    with pytest.raises(TooFarAhead):
        values.propose_draft(
            decision=made, amount=900, volume=20, evidence="", wanted_on=day, actor=actor(ann), at=NOON
        )

    made.refresh_from_db()
    assert made.state == "DRAFT"


@pytest.mark.parametrize("day", TOO_FAR)
def test_nor_is_such_a_day_put_to_the_vote(reading: ValuedItem, ann: User, day: date) -> None:
    made = make.value_decision(reading, state=ValueState.ADMITTED)

    with pytest.raises(TooFarAhead):
        values.consult(decision=made, terms=replace(TERMS, wanted_on=day), actor=actor(ann), at=NOON)
    values.consult(decision=made, terms=TERMS, actor=actor(ann), at=NOON)
    with pytest.raises(TooFarAhead):
        values.change_terms(decision=made, terms=replace(TERMS, wanted_on=day), actor=actor(ann), at=NOON)

    assert ValueDecision.objects.get().wanted_on is None
