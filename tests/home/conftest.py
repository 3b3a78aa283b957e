"""The demo, loaded once for all tests of a module: every test works in a savepoint above it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.home.loading import Loaded


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    """The demo, loaded twice within a transaction that is rolled back when these tests are through."""
    uploads = tmp_path_factory.getbasetemp() / "uploads"
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=uploads), transaction.atomic():
        twice = Loaded()
        twice.load()
        twice.load()
        yield twice
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: Loaded, db: None) -> Iterator[Loaded]:
    with override_settings(DEMO=True):
        yield loaded
