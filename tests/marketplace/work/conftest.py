"""Molenwijk with a season of activities: a club that organises (its owner is Olaf), Ann and Ben who live there, Bea and
Bob on the board, Cas who lives elsewhere. The clock of views stands at AT."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from people.models import User
from tests.factories.activities import AT, Season, season

SignIn = Callable[[User], Client]


@pytest.fixture
def there(db: None) -> Season:
    cache.clear()  # how many addresses were tried is counted in it
    return season()


@pytest.fixture
def browser() -> Iterator[SignIn]:
    """Somebody's browser."""

    def sign_in(login: User) -> Client:
        client = Client()
        client.force_login(login)
        return client

    with time_machine.travel(AT, tick=False):
        yield sign_in
