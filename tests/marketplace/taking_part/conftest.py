from __future__ import annotations

import pytest

from tests.factories.activities import Season, season


@pytest.fixture
def there(db: None) -> Season:
    """A neighbourhood where something can be earned: the club organises, Ann and Ben live there."""
    return season()
