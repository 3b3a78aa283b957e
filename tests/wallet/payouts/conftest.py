from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from people.models import User
from tests.factories.wallet import AT, Place, place
from tests.wallet.payouts.stage import ComeIn, sells


@pytest.fixture
def there(db: None) -> Place:
    """Molenwijk, where the shop has a thousand coins and a bank account."""
    found = place()
    sells(found)
    return found


@pytest.fixture
def on_the_day(settings: Settings) -> Iterator[None]:
    """The day of these tests. The second factor has tests of its own."""
    settings.STAFF_SECOND_FACTOR = False
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def come_in(on_the_day: None) -> ComeIn:
    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sign_in
