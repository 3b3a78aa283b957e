from __future__ import annotations

import pytest

from people.models import User
from tests.factories.people import person


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
