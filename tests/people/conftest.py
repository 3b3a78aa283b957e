from __future__ import annotations

import pytest
from django.core.cache import cache
from people.models import User

from tests.factories.people import person


@pytest.fixture(autouse=True)
def fresh_attempts() -> None:
    """Attempts are counted in the cache: each test starts from none."""
    cache.clear()


@pytest.fixture
def ann(db: None) -> User:
    return person("Ann")


@pytest.fixture
def ben(db: None) -> User:
    return person("Ben")


@pytest.fixture
def cas(db: None) -> User:
    """Lives elsewhere and must see nothing."""
    return person("Cas")
