from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.wallet import Place, fund, place
from tests.wallet.pay.scene import LATER


@pytest.fixture
def there(db: None) -> Place:
    """Molenwijk, in which Ann has 10.00, the shop 5.00 and the pot of the club 20.00."""
    made = place()
    fund(made, made.ann, 10_00)
    fund(made, made.shop, 5_00)
    fund(made, made.pot, 20_00)
    return made


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """The clock of the views stands a minute after everything was founded."""
    with time_machine.travel(LATER, tick=False):
        yield
