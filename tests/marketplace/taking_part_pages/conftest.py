from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.activities import Season, season
from tests.marketplace.taking_part_pages.scene import LATER


@pytest.fixture
def there(db: None) -> Season:
    return season()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock of the views, which a test moves on."""
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _now(clock: time_machine.Traveller) -> None:
    """It stands a minute after everything was founded."""
