from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import Settings

from tests.wallet.fundings.scene import NOW, Scene, scene


@pytest.fixture
def of(db: None) -> Scene:
    return scene()


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _one_factor(settings: Settings) -> None:
    """Whoever opens a finance desk here is not asked for a second step; one test asks for it."""
    settings.STAFF_SECOND_FACTOR = False
