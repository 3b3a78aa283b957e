from __future__ import annotations

import pytest

from tests.factories.activities import Season, season


@pytest.fixture
def there(db: None) -> Season:
    return season()
