from __future__ import annotations

import pytest

from tests.factories.wallet import Place, place
from tests.wallet.payouts.stage import sells


@pytest.fixture
def there(db: None) -> Place:
    """Molenwijk, where the shop has a thousand coins and a bank account."""
    found = place()
    sells(found)
    return found
