from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.market import Market, market
from tests.factories.wallet import fund
from tests.marketplace.order_pages.scene import LATER


@pytest.fixture
def there(db: None) -> Market:
    """Ann and Ben have 100 coins each; the shop has none."""
    made = market()
    fund(made.place, made.ann, 100_00)
    fund(made.place, made.ben, 100_00)
    return made


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """The clock of the views stands a minute after everything was founded."""
    with time_machine.travel(LATER, tick=False):
        yield
