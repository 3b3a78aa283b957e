from __future__ import annotations

import pytest
from time_machine import TimeMachineFixture

from tests.factories.activities import AT, Season, season


@pytest.fixture
def there(db: None) -> Season:
    """The club of Olaf organises; an hour is worth 6,00 and the pot has 500,00."""
    return season()


@pytest.fixture(autouse=True)
def clock(time_machine: TimeMachineFixture) -> TimeMachineFixture:
    """The clock of the views stands at the moment of the factories."""
    time_machine.move_to(AT, tick=False)
    return time_machine
