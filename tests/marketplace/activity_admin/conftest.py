from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from marketplace.models import ActivityPage
from people.models import User
from tests.factories import neighbourhoods as make
from tests.marketplace.activity_admin.writing import Scene, begin, scene

SignIn = Callable[[User], Client]


@pytest.fixture
def in_the_admin(settings: Settings) -> Iterator[SignIn]:
    """Somebody signed in, on the day that the seats of these tests run. The second factor has tests of its own."""
    settings.STAFF_SECOND_FACTOR = False

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    with time_machine.travel(f"{make.TODAY}T10:00:00+01:00", tick=False):
        yield sign_in


@pytest.fixture
def there(in_the_admin: SignIn) -> Scene:
    return scene()


@pytest.fixture
def ann(there: Scene, in_the_admin: SignIn) -> Client:
    return in_the_admin(there.ann)


@pytest.fixture
def olaf(there: Scene, in_the_admin: SignIn) -> Client:
    return in_the_admin(there.olaf)


@pytest.fixture
def coffee(olaf: Client, there: Scene) -> ActivityPage:
    """Olaf began a page for his club; nobody sent it to the board yet."""
    return begin(olaf, there, there.club)
