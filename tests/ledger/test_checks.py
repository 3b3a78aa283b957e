"""What `manage.py check` says of settings with which money would not be safe, without asking a database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from django.db.utils import ConnectionHandler
from pytest_django import Settings

from config.settings.base import database
from tests.databases import ROOT

Here = Callable[..., None]


@pytest.fixture
def databases_are(monkeypatch: pytest.MonkeyPatch) -> Here:
    """Have the checks look at other databases than the one of the tests."""

    def use(**databases: dict[str, Any]) -> None:
        monkeypatch.setattr("ledger.checks.connections", ConnectionHandler(databases))

    return use


def heard() -> list[CheckMessage]:
    return run_checks(tags=["ledger"])


def sqlite(**other: Any) -> dict[str, Any]:
    return {**database("sqlite:////nowhere/a.sqlite3"), **other}


def sqlite_with(**options: Any) -> dict[str, Any]:
    return sqlite(OPTIONS={**sqlite()["OPTIONS"], **options})


def test_the_settings_of_the_tests_themselves_are_right() -> None:
    assert heard() == []


@pytest.mark.parametrize("url", ["sqlite:////nowhere/a.sqlite3", "sqlite://:memory:", "postgres:///nowhere"])
def test_a_database_set_by_its_address_is_right(databases_are: Here, url: str) -> None:
    databases_are(default=database(url))

    assert heard() == []


def test_sqlite_without_wal_is_an_error(databases_are: Here) -> None:
    databases_are(default=sqlite_with(init_command="PRAGMA journal_mode=DELETE; PRAGMA foreign_keys=ON"))

    (error,) = heard()
    assert (error.id, error.msg) == (
        "ledger.E001",
        "The database 'default' is SQLite without journal_mode=WAL.",
    )
    assert error.hint


@pytest.mark.parametrize("mode", [None, "DEFERRED", "EXCLUSIVE"])
def test_sqlite_that_does_not_lock_at_the_beginning_is_an_error(
    databases_are: Here, mode: str | None
) -> None:
    databases_are(default=sqlite_with(transaction_mode=mode))

    (error,) = heard()
    assert (error.id, error.msg) == (
        "ledger.E001",
        "The database 'default' is SQLite without transaction_mode=IMMEDIATE.",
    )


def test_sqlite_whose_writers_do_not_queue_is_an_error(databases_are: Here) -> None:
    databases_are(default=sqlite(ENGINE="django.db.backends.sqlite3"))

    (error,) = heard()
    assert (error.id, error.msg) == (
        "ledger.E001",
        "The database 'default' is SQLite without ENGINE=\"core.sqlite\".",
    )


def test_all_that_sqlite_lacks_is_said_at_once_and_for_each_database(databases_are: Here) -> None:
    bare = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/b.sqlite3"}
    databases_are(default=sqlite(), other=bare)

    (error,) = heard()
    assert error.msg == (
        "The database 'other' is SQLite without "
        'ENGINE="core.sqlite" and journal_mode=WAL and transaction_mode=IMMEDIATE.'
    )


def test_capitals_and_spaces_do_not_matter(databases_are: Here) -> None:
    databases_are(default=sqlite_with(init_command="pragma journal_mode = wal", transaction_mode="immediate"))

    assert heard() == []


@pytest.mark.parametrize("url", ["sqlite:////nowhere/a.sqlite3", "postgres:///nowhere"])
def test_one_transaction_for_a_whole_page_is_an_error(databases_are: Here, url: str) -> None:
    databases_are(default=database(url), other={**database(url), "ATOMIC_REQUESTS": True})

    (error,) = heard()
    assert (error.id, error.msg) == ("ledger.E002", "ATOMIC_REQUESTS is on for the database 'other'.")
    assert error.hint


def test_holders_without_a_name_are_an_error(settings: Settings) -> None:
    settings.LEDGER_HOLDER_MODEL = "ledger.Coin"

    (error,) = heard()
    assert (error.id, error.msg) == (
        "ledger.E003",
        "ledger.Coin, which LEDGER_HOLDER_MODEL names, has no display_name.",
    )
    assert error.hint


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_checking_asks_no_database(tmp_path: Path, kind: str) -> None:
    """Neither makes a file, nor needs a server that is there."""
    url = {"sqlite": f"sqlite:///{tmp_path}/none.sqlite3", "postgres": "postgres://nobody@127.0.0.1:1/none"}[
        kind
    ]

    ran = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, list(tmp_path.iterdir())) == (0, []), ran.stderr
