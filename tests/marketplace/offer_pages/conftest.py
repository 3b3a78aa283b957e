from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from neighbourhoods.models import Area
from tests.factories.market import Market, market
from tests.marketplace.offer_pages.scene import AREA, LATER, signed_in


@pytest.fixture
def there(db: None) -> Market:
    """Molenwijk, in which Ann and Ben live, with the shop of Sjoerd and a board; drawn as a square."""
    made = market()
    place = made.neighbourhood
    place.area = Area.objects.create(code="WK123401", year=2026, kind="WK", name="Molenwijk", outline=AREA)
    place.save()
    return made


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """The clock of the views stands a minute after everything was founded."""
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where pictures of this test are kept."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def ann(there: Market) -> Client:
    return signed_in(there.ann_login)
