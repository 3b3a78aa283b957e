"""The shop of Sjoerd with a till; Ann and Ben come to pay, Cas must see nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from people.models import Role, User
from tests.factories.people import mandate, person
from tests.factories.wallet import AT, Place, fund, place
from tests.wallet.till.paying import till_of
from wallet.models import Till

NOW = AT + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def there(db: None) -> Place:
    made = place()
    fund(made, made.ann, 100_00)
    fund(made, made.ben, 100_00)
    return made


@pytest.fixture
def counter(there: Place) -> Till:
    """The till of the shop."""
    return till_of(there)


@pytest.fixture
def olga(there: Place) -> User:
    """Stands at the till of the shop, and may do no more for it than that."""
    found = person("Olga")
    mandate(person=found, principal=there.shop.holder, role=Role.OPERATOR)
    return found


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
