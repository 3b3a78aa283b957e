"""An election in Molenwijk with a provisional result. Ann voted, Ben was left out of the roll, Dirk stood, Bea sits on
the board, Olga ran the election. Pia and Piet are on the appeals panel of Dijkstad. Cas lives elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from neighbourhoods.models import BallotBox, Election, Neighbourhood
from people.models import Party, Role, User
from tests.factories import democracy as make
from tests.factories.people import mandate, person
from tests.factories.residency import clerk, municipality, place, resident, seated

UNTIL = make.AFTER + timedelta(days=14)


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
    return clerk("Cas", municipality("Veenstad"))


@pytest.fixture
def dirk(db: None) -> User:
    return person("Dirk")


@pytest.fixture
def bea(molenwijk: Neighbourhood) -> User:
    login = person("Bea")
    resident(login, molenwijk)
    seated(login, molenwijk)
    return login


@pytest.fixture
def olga(molenwijk: Neighbourhood) -> User:
    login = person("Olga")
    mandate(person=login, principal=molenwijk.party, role=Role.POLLING)
    return login


@pytest.fixture
def pia(dijkstad: Party) -> User:
    login = person("Pia")
    mandate(person=login, principal=dijkstad, role=Role.APPEALS)
    return login


@pytest.fixture
def piet(dijkstad: Party) -> User:
    login = person("Piet")
    mandate(person=login, principal=dijkstad, role=Role.APPEALS)
    return login


@pytest.fixture
def election(molenwijk: Neighbourhood, ann: User, ben: User, dirk: User) -> Election:
    """Its result is provisional until UNTIL."""
    return provisional(molenwijk, [dirk], [ann], left_out=[ben])


@pytest.fixture
def urn(election: Election) -> BallotBox:
    assert election.box is not None
    return election.box


def provisional(
    molenwijk: Neighbourhood, candidates: list[User], voters: list[User], *, left_out: list[User]
) -> Election:
    """As it stands once a result was published: the steps on the way have tests of their own."""
    rules = make.policy(molenwijk)
    box = make.box(
        molenwijk, voters, method="STV", options=["1"], of=rules, seats=1, left_out=left_out, state="COUNTED"
    )
    made = make.election(
        molenwijk, state="PROVISIONAL", policy=rules, seats=1, box=box, roll=box.roll, closes_at=make.CLOSES,
        nominations_from=make.OPENS - timedelta(days=30), nominations_until=make.OPENS - timedelta(days=10),
        freezes_at=make.OPENS - make.DAY, opens_at=make.OPENS, appeals_until=UNTIL,
    )  # fmt: skip
    for number, candidate in enumerate(candidates, start=1):
        make.nomination(made, candidate, state="ON_BALLOT", number=number)
    return made
