"""Molenwijk votes. Olga and Otto run its elections; Ann, Ben and Cas live there. Piet runs those of Veenstad."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from neighbourhoods.models import Neighbourhood
from people.models import Party, Role, User
from tests.factories.democracy import VOTING, policy
from tests.factories.people import mandate, person
from tests.factories.residency import TODAY, municipality, place, resident


@pytest.fixture(autouse=True)
def _one_factor_will_do(settings: Settings) -> None:
    """`force_login` passes no second step; that the office asks for one has a test of its own."""
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def dijkstad(db: None) -> Party:
    return municipality("Dijkstad")


@pytest.fixture
def molenwijk(dijkstad: Party) -> Neighbourhood:
    return place("Molenwijk", of=dijkstad)


@pytest.fixture
def with_rules(molenwijk: Neighbourhood) -> Neighbourhood:
    """Molenwijk with the rules that an election needs."""
    for subject in ("ELECTION", "CONFIRMATION"):
        policy(molenwijk, subject)
    return molenwijk


def officer(name: str, of: Party) -> User:
    login = person(name)
    mandate(person=login, principal=of, role=Role.POLLING)
    return login


@pytest.fixture
def olga(molenwijk: Neighbourhood) -> User:
    """Runs the elections of Molenwijk, for the neighbourhood."""
    return officer("Olga", molenwijk.party)


@pytest.fixture
def otto(dijkstad: Party) -> User:
    """Runs the elections of all of Dijkstad."""
    return officer("Otto", dijkstad)


@pytest.fixture
def piet(db: None) -> User:
    """Runs elections in another municipality."""
    return officer("Piet", municipality("Veenstad"))


@pytest.fixture
def ann(molenwijk: Neighbourhood) -> User:
    return _resident("Ann", molenwijk)


@pytest.fixture
def ben(molenwijk: Neighbourhood) -> User:
    return _resident("Ben", molenwijk)


@pytest.fixture
def cas(molenwijk: Neighbourhood) -> User:
    return _resident("Cas", molenwijk)


def _resident(name: str, of: Neighbourhood) -> User:
    login = person(name)
    resident(login, of, on=TODAY)
    return login


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """Views read the clock: it stands at a moment at which the boxes of the factory are open."""
    with time_machine.travel(VOTING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def as_olga(olga: User, now: time_machine.Traveller) -> Client:
    return browser(olga)


@pytest.fixture
def as_otto(otto: User, now: time_machine.Traveller) -> Client:
    return browser(otto)


@pytest.fixture
def as_piet(piet: User, now: time_machine.Traveller) -> Client:
    return browser(piet)


@pytest.fixture
def as_ann(ann: User, now: time_machine.Traveller) -> Client:
    return browser(ann)


def browser(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client
