"""Molenwijk with its market. Bea (chair) and Bob are on its board; Ann and Ben live there; Cas lives elsewhere; Sjoerd
owns the shop that is on the market, Kim a bakery that is not yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from people.models import Party, PersonDetails, User
from tests.factories.market import AT, Market, market
from tests.factories.people import organisation, person

SignIn = Callable[[User], Client]


@pytest.fixture
def there(db: None) -> Market:
    return market()


@pytest.fixture
def kim(there: Market) -> User:
    """She reads English, so that the mails to her can be read here."""
    login = person("Kim")
    PersonDetails.objects.filter(party=login.person).update(language="en")
    return User.objects.get(pk=login.pk)


@pytest.fixture
def bakery(kim: User) -> Party:
    """A company in the trade register, owned by Kim."""
    return organisation("Bakkerij Kim", owner=kim, kvk_number="27312152")


@pytest.fixture
def now(settings: Settings) -> Iterator[time_machine.Traveller]:
    """Views read the clock: it stands at AT."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(now: time_machine.Traveller) -> SignIn:
    """Somebody's browser."""

    def sign_in(login: User) -> Client:
        client = Client()
        client.force_login(login)
        return client

    return sign_in
