"""Ann sits on the board of Molenwijk. Ben too. Cas sits on the board of Sluiskade and must see nothing here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations import demand
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories.people import person


@pytest.fixture(autouse=True)
def _nothing_reports_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock asks the floors above what is in demand: here only about what these tests set up."""
    monkeypatch.setattr(demand, "_sources", [])


@pytest.fixture
def molenwijk() -> Neighbourhood:
    return make.found("Molenwijk")


@pytest.fixture
def in_the_admin(settings: Settings) -> Iterator[Callable[[User], Client]]:
    """Somebody signed in, on the day that the seats of these tests run. The second factor has tests of its own."""
    settings.STAFF_SECOND_FACTOR = False

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    with time_machine.travel(f"{make.TODAY}T10:00:00+01:00", tick=False):
        yield sign_in


@pytest.fixture
def ann(molenwijk: Neighbourhood) -> User:
    login = person("Ann")
    make.seat_for(login, molenwijk)
    return login


@pytest.fixture
def ann_in_the_admin(in_the_admin: Callable[[User], Client], ann: User) -> Client:
    return in_the_admin(ann)
