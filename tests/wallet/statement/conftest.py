"""Where and when the tests of statements take place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.wallet import Place, fund, place
from tests.wallet.statement.days import NOW


@pytest.fixture
def there(db: None) -> Place:
    """Molenwijk, in which Ann got 100.00 on 22 November 2026."""
    made = place()
    fund(made, made.ann, 100_00)
    return made


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield
