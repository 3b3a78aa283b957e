from __future__ import annotations

import pytest

from tests.factories.wallet import Place, place


@pytest.fixture
def there(db: None) -> Place:
    return place()
