"""Molenwijk in Dijkstad, where Ann and Ben vote and Cas does not live. Olga runs its elections, Piet does so too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.ballots import mixing
from people.models import Party, User
from tests.factories.people import person
from tests.factories.residency import municipality, place
from tests.neighbourhoods.ballots.stage import officer_of


@pytest.fixture
def dijkstad(db: None) -> Party:
    return municipality("Dijkstad")


@pytest.fixture
def molenwijk(dijkstad: Party) -> Neighbourhood:
    return place("Molenwijk", of=dijkstad)


@pytest.fixture
def ann(db: None) -> User:
    return person("Ann")


@pytest.fixture
def ben(db: None) -> User:
    return person("Ben")


@pytest.fixture
def cas(db: None) -> User:
    """Stands on no roll."""
    return person("Cas")


@pytest.fixture
def olga(molenwijk: Neighbourhood) -> User:
    return officer_of(molenwijk, "Olga")


@pytest.fixture
def piet(molenwijk: Neighbourhood) -> User:
    return officer_of(molenwijk, "Piet")


@pytest.fixture
def patient_sweeping() -> Iterator[None]:
    """Try for a minute. On PostgreSQL a transaction in any database of the server keeps old rows from going, and tests
    that run beside this one have such transactions."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mixing, "PAUSES", (0.05, *(0.5,) * 120))
        yield
