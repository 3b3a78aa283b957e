from __future__ import annotations

import pytest

from tests.factories.market import Market, market


@pytest.fixture
def there(db: None) -> Market:
    return market()
