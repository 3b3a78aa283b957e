"""Dijkstad with Molenwijk and Sluiskade. Olga is the polling office of Molenwijk; Ann, Ben and Cas may live there."""

from __future__ import annotations

import pytest

from core.actor import Actor
from neighbourhoods.models import Neighbourhood
from people.models import Party, Role, User
from tests.factories.people import actor, mandate, person
from tests.factories.residency import municipality, place


@pytest.fixture
def dijkstad(db: None) -> Party:
    return municipality("Dijkstad")


@pytest.fixture
def molenwijk(dijkstad: Party) -> Neighbourhood:
    return place("Molenwijk", of=dijkstad)


@pytest.fixture
def sluiskade(dijkstad: Party) -> Neighbourhood:
    return place("Sluiskade", of=dijkstad)


@pytest.fixture
def olga(molenwijk: Neighbourhood) -> User:
    """Runs the elections of Molenwijk."""
    login = person("Olga")
    mandate(person=login, principal=molenwijk.party, role=Role.POLLING)
    return login


@pytest.fixture
def office(olga: User, molenwijk: Neighbourhood) -> Actor:
    return actor(olga, principal=molenwijk.party)


@pytest.fixture
def ann(db: None) -> User:
    return person("Ann")


@pytest.fixture
def ben(db: None) -> User:
    return person("Ben")


@pytest.fixture
def cas(db: None) -> User:
    return person("Cas")
