from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from core.actor import Actor
from ledger.operations import found_coin
from neighbourhoods.models import Attestation, Neighbourhood, Residency
from people.models import Party, PartyKind
from tests.factories.people import child

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def place() -> Neighbourhood:
    """A neighbourhood as a bare row: these tests are about what moves, not about where."""
    known = Neighbourhood.objects.first()
    if known:
        return known
    coin = found_coin(
        code="MOLENWIJK", name="Molenmunt", name_plural="Molenmunten", actor=Actor.system(), at=NOW
    )
    party, municipality = (
        Party.objects.create(kind=kind, created_at=NOW)
        for kind in (PartyKind.NEIGHBOURHOOD, PartyKind.MUNICIPALITY)
    )
    return Neighbourhood.objects.create(
        name="Molenwijk", slug="molenwijk", party=party, municipality=municipality, coin=coin, founded_at=NOW
    )


def ask_to_live_here(person: Party) -> Residency:
    """Something with states: a request that waits for a clerk."""
    return Residency.objects.create(
        person=person,
        neighbourhood=place(),
        attestation=Attestation.CLERK,
        requested_at=NOW,
        attested_on=NOW.date(),
        key=uuid.uuid4(),
    )


@pytest.fixture
def request_of() -> Callable[[Party], Residency]:
    return ask_to_live_here


@pytest.fixture
def ann(db: None) -> Party:
    return child("Ann")


@pytest.fixture
def ben(db: None) -> Party:
    return child("Ben")


@pytest.fixture
def anns_request(ann: Party) -> Residency:
    return ask_to_live_here(ann)
