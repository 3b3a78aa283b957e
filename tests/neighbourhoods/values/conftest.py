"""Values in Molenwijk. Ann lives there and leads the board, Ben lives there and has a seat on it, Dirk and Eva live
there. Cas lives in Sluiskade. Values are decided by the residents unless a test says otherwise."""

from __future__ import annotations

import pytest
from wagtail.models import Locale

from neighbourhoods.models import (
    DecisionPolicy,
    Neighbourhood,
    SeatOffice,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values as make
from tests.factories.people import person
from tests.factories.residency import DAY, TODAY, municipality, place, resident, seated


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    Locale.objects.get_or_create(language_code="en")  # which founding a site does
    return place("Molenwijk", of=municipality("Dijkstad"))


@pytest.fixture
def sluiskade(molenwijk: Neighbourhood) -> Neighbourhood:
    return place("Sluiskade", of=molenwijk.municipality)


@pytest.fixture
def policy(molenwijk: Neighbourhood) -> DecisionPolicy:
    return make.value_policy(molenwijk)


@pytest.fixture
def reading(molenwijk: Neighbourhood, policy: DecisionPolicy) -> ValuedItem:
    """Reading aloud at school, per hour: nobody put a value on it yet."""
    return make.item(molenwijk, "Voorlezen op school")


@pytest.fixture
def worth_since_ten_days(reading: ValuedItem) -> ValuedItem:
    """The same, worth 8.00 for ten days."""
    make.worth(reading, 800, on=TODAY - 10 * DAY)
    return reading


@pytest.fixture
def ann(molenwijk: Neighbourhood) -> User:
    login = _resident("Ann", molenwijk)
    seated(login, molenwijk, office=SeatOffice.CHAIR)
    return login


@pytest.fixture
def ben(molenwijk: Neighbourhood) -> User:
    login = _resident("Ben", molenwijk)
    seated(login, molenwijk)
    return login


@pytest.fixture
def dirk(molenwijk: Neighbourhood) -> User:
    return _resident("Dirk", molenwijk)


@pytest.fixture
def eva(molenwijk: Neighbourhood) -> User:
    return _resident("Eva", molenwijk)


@pytest.fixture
def cas(sluiskade: Neighbourhood) -> User:
    return _resident("Cas", sluiskade)


def _resident(name: str, neighbourhood: Neighbourhood) -> User:
    login = person(name)
    resident(login, neighbourhood)
    return login


@pytest.fixture
def on_agenda(reading: ValuedItem, dirk: User) -> ValueDecision:
    return make.value_decision(reading, state=ValueState.ADMITTED, by=dirk)
