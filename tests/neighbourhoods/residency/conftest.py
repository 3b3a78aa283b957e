"""Dijkstad with two neighbourhoods. Clara sits at its desk, Ann and Ben live there or want to. Cas sits elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from neighbourhoods.models import Neighbourhood
from people.models import Party, User
from tests.factories.people import person
from tests.factories.residency import NOON, clerk, municipality, place


@pytest.fixture(autouse=True)
def _one_factor_will_do(settings: Settings) -> None:
    """`force_login` passes no second step; that the desk asks for one has tests of its own."""
    settings.STAFF_SECOND_FACTOR = False


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
    """Sits at the desk of Dijkstad."""
    return clerk("Clara", dijkstad)


@pytest.fixture
def ann(db: None) -> User:
    return person("Ann")


@pytest.fixture
def ben(db: None) -> User:
    return person("Ben")


@pytest.fixture
def cas(db: None) -> User:
    """Sits at the desk of another municipality."""
    return clerk("Cas", municipality("Veenstad"))


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    """Views read the clock: it stands at noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def at_desk(clara: User, noon: time_machine.Traveller) -> Client:
    """Clara's browser."""
    client = Client()
    client.force_login(clara)
    return client


@pytest.fixture
def elsewhere(cas: User, noon: time_machine.Traveller) -> Client:
    """The browser of Cas, who sits at the desk of another municipality."""
    client = Client()
    client.force_login(cas)
    return client


@pytest.fixture
def as_ann(ann: User, noon: time_machine.Traveller) -> Client:
    client = Client()
    client.force_login(ann)
    return client
