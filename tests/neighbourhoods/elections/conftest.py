"""Molenwijk in Dijkstad chooses a board. Ann, Ben, Cas and Dirk live there; Olga runs the election and does so too."""

from __future__ import annotations

import pytest

from neighbourhoods.models import Neighbourhood
from people.models import User
from tests.factories.residency import resident
from tests.neighbourhoods.elections.stage import a_place, officer_of, residents


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    return a_place()


@pytest.fixture
def ann(molenwijk: Neighbourhood) -> User:
    return residents(molenwijk, "Ann")[0]


@pytest.fixture
def ben(molenwijk: Neighbourhood) -> User:
    return residents(molenwijk, "Ben")[0]


@pytest.fixture
def cas(molenwijk: Neighbourhood) -> User:
    return residents(molenwijk, "Cas")[0]


@pytest.fixture
def dirk(molenwijk: Neighbourhood) -> User:
    return residents(molenwijk, "Dirk")[0]


@pytest.fixture
def olga(molenwijk: Neighbourhood) -> User:
    login = officer_of(molenwijk)
    resident(login, molenwijk)
    return login
