"""Molenwijk chooses a board. Ann, Ben and Cas live there; Dora lives elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from neighbourhoods.models import Election, Neighbourhood
from people.models import Party, User
from tests.factories.democracy import VOTING, election, policy
from tests.factories.people import person
from tests.factories.residency import TODAY, municipality, place, resident


@pytest.fixture
def dijkstad(db: None) -> Party:
    return municipality("Dijkstad")


@pytest.fixture
def molenwijk(dijkstad: Party) -> Neighbourhood:
    return place("Molenwijk", of=dijkstad)


@pytest.fixture
def going_on(molenwijk: Neighbourhood) -> Election:
    """Nominations run."""
    return election(molenwijk, policy=policy(molenwijk, rules=[("LIVES_HERE", None), ("AGE", 16)]))


def lives_in(name: str, neighbourhood: Neighbourhood) -> User:
    login = person(name)
    resident(login, neighbourhood, on=TODAY)
    return login


@pytest.fixture
def ann(molenwijk: Neighbourhood) -> User:
    return lives_in("Ann", molenwijk)


@pytest.fixture
def ben(molenwijk: Neighbourhood) -> User:
    return lives_in("Ben", molenwijk)


@pytest.fixture
def cas(molenwijk: Neighbourhood) -> User:
    return lives_in("Cas", molenwijk)


@pytest.fixture
def dora(dijkstad: Party) -> User:
    return lives_in("Dora", place("Sluiskade", of=dijkstad))


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """Views read the clock: it stands at a moment at which the nominations of the factory run."""
    with time_machine.travel(VOTING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def as_ann(ann: User, now: time_machine.Traveller) -> Client:
    return browser(ann)


@pytest.fixture
def as_ben(ben: User, now: time_machine.Traveller) -> Client:
    return browser(ben)


@pytest.fixture
def as_dora(dora: User, now: time_machine.Traveller) -> Client:
    return browser(dora)


def browser(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client
