"""The finance desk of Molenwijk: Fenna and Vera of the municipality, Tom of the board. Cas sits at no desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from people.models import User
from tests.factories.wallet import AT, Place, fund, place


@pytest.fixture(autouse=True)
def _one_factor_will_do(settings: Settings) -> None:
    """`force_login` passes no second step; that the desk asks for one has tests of its own."""
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def there(db: None) -> Place:
    made = place()
    fund(made, made.ann, 500_00)
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
