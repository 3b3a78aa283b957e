"""What every test gets: a clean cache, mailbox and uploads folder, and English as the language of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation
from pytest_django import Settings

pytest_plugins = [
    "tests.plugins.parts",
    "tests.plugins.data",
    "tests.plugins.browser",
    "tests.plugins.replay",
]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are asserted as the source has them; whoever tests Dutch asks for a Dutch address."""
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Attempts, themes and the roots of the page tree are remembered there: no test may see another's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_uploads(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = _uploads(tmp_path_factory)


def _uploads(factory: pytest.TempPathFactory) -> Path:
    """One folder per worker: names of uploads are unique in it, and making one for each test would cost time."""
    folder = factory.getbasetemp() / "uploads"
    folder.mkdir(exist_ok=True)
    return folder
