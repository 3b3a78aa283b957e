"""Molenwijk decides what reading aloud is worth. Ann leads the board, Ben has a seat, Dirk and Eva live there too. Cas
lives in Sluiskade. The clock stands at NOW."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from wagtail.models import Locale

from neighbourhoods.models import Neighbourhood, SeatOffice, ValueDecision, ValuedItem
from people.models import User
from tests.factories import values
from tests.factories.democracy import DAY, VOTING
from tests.factories.people import person
from tests.factories.residency import municipality, place, resident, seated


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(VOTING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def molenwijk(db: None, now: object) -> Neighbourhood:
    Locale.objects.get_or_create(language_code="en")  # which founding a site does
    return place("Molenwijk", of=municipality("Dijkstad"))


@pytest.fixture
def reading(molenwijk: Neighbourhood) -> ValuedItem:
    """Reading aloud at school, per hour. Half of the residents must support a proposal; no pots are asked."""
    values.value_policy(molenwijk, support_needed="1/2", cover_months=0)
    made = values.item(molenwijk, "Voorlezen op school")
    values.add_words(made, "Reading aloud at school", language="en")
    return made


@pytest.fixture
def proposal(reading: ValuedItem, dirk: User) -> ValueDecision:
    """9.00 proposed by Dirk two days ago."""
    return values.value_decision(reading, by=dirk, at=VOTING - 2 * DAY)


@pytest.fixture
def ann(molenwijk: Neighbourhood) -> User:
    login = lives_in("Ann", molenwijk)
    seated(login, molenwijk, office=SeatOffice.CHAIR)
    return login


@pytest.fixture
def ben(molenwijk: Neighbourhood) -> User:
    login = lives_in("Ben", molenwijk)
    seated(login, molenwijk)
    return login


@pytest.fixture
def dirk(molenwijk: Neighbourhood) -> User:
    return lives_in("Dirk", molenwijk)


@pytest.fixture
def eva(molenwijk: Neighbourhood) -> User:
    return lives_in("Eva", molenwijk)


@pytest.fixture
def cas(molenwijk: Neighbourhood) -> User:
    return lives_in("Cas", place("Sluiskade", of=molenwijk.municipality))


def lives_in(name: str, neighbourhood: Neighbourhood) -> User:
    login = person(name)
    resident(login, neighbourhood)
    return login


def as_(login: User) -> Client:
    client = Client()
    client.force_login(login)
    return client
