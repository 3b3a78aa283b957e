from __future__ import annotations

import pytest

from tests.factories.activities import Season, season


@pytest.fixture
def there(db: None) -> Season:
    """A season in which the club pays from a pot of 500.00; the maximums are 5.60, 210 and 2100."""
    return season()
