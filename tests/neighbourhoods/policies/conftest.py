"""Dijkstad with Molenwijk and Sluiskade. Clara sits at the desk of Dijkstad, Cas at that of Veenstad."""

from __future__ import annotations

import pytest

from neighbourhoods.models import Neighbourhood
from people.models import Party, User
from tests.factories.people import person
from tests.factories.residency import clerk, municipality, place


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
def clara(dijkstad: Party) -> User:
    return clerk("Clara", dijkstad)


@pytest.fixture
def cas(db: None) -> User:
    return clerk("Cas", municipality("Veenstad"))


@pytest.fixture
def ann(db: None) -> User:
    return person("Ann")
