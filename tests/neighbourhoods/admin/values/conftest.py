"""Ann chairs the board of Molenwijk, Ben sits on it; Sluiskade is beside it."""

from __future__ import annotations

import pytest
from django.test import Client

from neighbourhoods.models import (
    Neighbourhood,
    SeatOffice,
    ValueDecisionPage,
)
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories import values
from tests.factories.people import person
from tests.neighbourhoods.admin.values.writing import (
    NEW,
    add_url,
    with_decisions,
)


@pytest.fixture
def molenwijk() -> Neighbourhood:
    return with_decisions(make.found("Molenwijk"))


@pytest.fixture
def sluiskade(molenwijk: Neighbourhood) -> Neighbourhood:
    return with_decisions(make.found("Sluiskade"))


@pytest.fixture
def ann(molenwijk: Neighbourhood) -> User:
    login = person("Ann")
    make.seat_for(login, molenwijk, office=SeatOffice.CHAIR)
    return login


@pytest.fixture
def ben(molenwijk: Neighbourhood, ann: User) -> User:
    login = person("Ben")
    make.seat_for(login, molenwijk)
    return login


@pytest.fixture
def written(ann_in_the_admin: Client, molenwijk: Neighbourhood) -> ValueDecisionPage:
    """Ann began a page about reading aloud, 9.00 an hour; nobody published it yet."""
    ann_in_the_admin.post(add_url(molenwijk), {**NEW, "category": values.category().pk})
    return ValueDecisionPage.objects.get()
