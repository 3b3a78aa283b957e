from __future__ import annotations

import pytest

from tests.factories.activities import Season, season


@pytest.fixture
def there(db: None) -> Season:
    """An hour is worth 6,00; the pot has 500,00."""
    return season()
