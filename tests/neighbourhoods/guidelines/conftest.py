"""Dijkstad with Molenwijk and Sluiskade. Ann has Dijkstad's finances, Ben those of the club, Cas owns Veenstad,
Dirk a fund."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.actor import Actor
from neighbourhoods.models import Neighbourhood, ValuedItem
from people.models import Party, PartyKind, Role, User
from tests.factories import values as make
from tests.factories.people import mandate, organisation, person
from tests.factories.pots import pot
from tests.factories.residency import municipality, place

if TYPE_CHECKING:
    from ledger.models import Account


def acting(login: User, principal: Party) -> Actor:
    """Somebody who acts for a party, whatever their office there."""
    return Actor(user=login, person=login.person, principal=principal)


@pytest.fixture
def dijkstad(db: None) -> Party:
    return municipality("Dijkstad")


@pytest.fixture
def veenstad(db: None) -> Party:
    return municipality("Veenstad")


@pytest.fixture
def molenwijk(dijkstad: Party) -> Neighbourhood:
    return place("Molenwijk", of=dijkstad)


@pytest.fixture
def sluiskade(dijkstad: Party) -> Neighbourhood:
    return place("Sluiskade", of=dijkstad)


@pytest.fixture
def reading(molenwijk: Neighbourhood) -> ValuedItem:
    return make.item(molenwijk, "Voorlezen op school", of=make.category("onderwijs", name="Onderwijs"))


@pytest.fixture
def club(db: None) -> Party:
    return organisation("Leesclub", kind=PartyKind.ASSOCIATION)


@pytest.fixture
def purse(molenwijk: Neighbourhood, club: Party) -> Account:
    """The pot of the club, with 100.00 of Dijkstad in it."""
    return pot(molenwijk, "Leespot", amount=100_00, holder=club)


@pytest.fixture
def ann(dijkstad: Party) -> User:
    login = person("Ann")
    mandate(person=login, principal=dijkstad, role=Role.FINANCE)
    return login


@pytest.fixture
def ben(club: Party) -> User:
    login = person("Ben")
    mandate(person=login, principal=club, role=Role.FINANCE)
    return login


@pytest.fixture
def cas(veenstad: Party) -> User:
    login = person("Cas")
    mandate(person=login, principal=veenstad, role=Role.OWNER)
    return login


@pytest.fixture
def fund(db: None) -> Party:
    return organisation("Fonds", kind=PartyKind.INSTITUTION)


@pytest.fixture
def dirk(fund: Party) -> User:
    login = person("Dirk")
    mandate(person=login, principal=fund, role=Role.OWNER)
    return login
