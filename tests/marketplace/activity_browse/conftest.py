"""What can be done in Molenwijk on Sunday 22 November 2026, ten in the morning."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.activities import AT, Season, season


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def there(db: None) -> Season:
    return season()
