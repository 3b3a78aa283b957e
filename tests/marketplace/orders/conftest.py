from __future__ import annotations

import pytest

from tests.factories.market import Market, market
from tests.factories.wallet import fund


@pytest.fixture
def there(db: None) -> Market:
    """Ann and Ben have 100 coins each; the shop has none."""
    made = market()
    fund(made.place, made.ann, 100_00)
    fund(made.place, made.ben, 100_00)
    return made
