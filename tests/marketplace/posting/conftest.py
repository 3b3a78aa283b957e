from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from tests.factories.activities import Season, season
from tests.marketplace.posting.scene import LATER, signed_in


@pytest.fixture
def there(db: None) -> Season:
    return season()


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """The clock of the views stands a minute after everything was founded."""
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where pictures of this test are kept."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def olaf(there: Season) -> Client:
    """Who organises for the club."""
    return signed_in(there.olaf)


@pytest.fixture
def bea(there: Season) -> Client:
    """Who sits on the board."""
    return signed_in(there.bea)
