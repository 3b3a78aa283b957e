from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.activities import AT, Season, season


@pytest.fixture
def there(db: None) -> Season:
    """The club of Olaf organises; an hour is worth 6,00 and the pot has 500,00."""
    return season()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller
