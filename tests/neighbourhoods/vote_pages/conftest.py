"""Molenwijk votes. Ann and Ben are on the roll, Cas is not; the clock stands at VOTING, while voting goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from neighbourhoods.models import BallotBox, Neighbourhood
from people.models import User
from tests.factories.democracy import VOTING, election_in_voting
from tests.factories.people import person
from tests.factories.residency import municipality, place


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(VOTING, tick=False):
        yield


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    return place("Molenwijk", of=municipality("Dijkstad"))


@pytest.fixture
def ann(db: None) -> User:
    return person("Ann")


@pytest.fixture
def ben(db: None) -> User:
    return person("Ben")


@pytest.fixture
def cas(db: None) -> User:
    return person("Cas")


@pytest.fixture
def stv(molenwijk: Neighbourhood, ann: User, ben: User) -> BallotBox:
    """Three candidates for three seats; their keys are "1", "2", "3" at the places 0, 1, 2."""
    box = election_in_voting(molenwijk, [person("Dirk"), person("Esra"), person("Femke")], [ann, ben]).box
    assert box is not None
    return box
