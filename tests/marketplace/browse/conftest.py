"""The market of Molenwijk on Sunday 22 November 2026, ten in the morning; Sluiskade lies beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from neighbourhoods.models import Neighbourhood
from tests.factories import wallet
from tests.factories.market import AT, Market, market
from tests.marketplace.browse.scene import draw


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def there(db: None) -> Market:
    """Molenwijk, drawn around 52.30 north and 4.90 east."""
    made = market()
    draw(made.neighbourhood, "WK123401", 52.30)
    return made


@pytest.fixture
def sluiskade(there: Market) -> Neighbourhood:
    """Some ten kilometres farther north."""
    made = wallet.place("Sluiskade", "NL20INGB0001234567").neighbourhood
    draw(made, "WK123402", 52.39)
    return made
