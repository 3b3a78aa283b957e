"""The databases of the tests: each worker a copy of one migrated template, and a fresh copy for real commits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from tests.databases import ROOT, Databases, databases_at
from tests.plugins.addresses import database_url

RACE_SECONDS = 60


@contextmanager
def _connected_to(databases: Databases, url: str) -> Iterator[None]:
    """Have Django use another database for a while. Threads started meanwhile use it too."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = databases.name(url)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def databases() -> Databases:
    return databases_at(database_url())


@pytest.fixture(scope="session")
def migrated(databases: Databases) -> str:
    """The address of the migrated template; nobody writes to it."""
    return databases.template()


@pytest.fixture(scope="session")
def django_db_setup(
    databases: Databases, migrated: str, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Instead of pytest-django's own, which would migrate in every worker."""
    url = databases.copy(migrated)
    with django_db_blocker.unblock(), _connected_to(databases, url):
        django_db_blocker.block()
        try:
            yield
        finally:
            django_db_blocker.restore()
    databases.drop(url)


@dataclass(frozen=True)
class Outcome:
    """What one of several processes came to: its result, or the code of what it was refused with."""

    result: Any = None
    refused: str | None = None


@dataclass(frozen=True)
class RealCommits:
    """A database of this test alone, in which everything is committed for real."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """For processes that are to work on the same database."""
        folders = os.pathsep.join([str(ROOT), str(ROOT / "site")])
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": folders,
        }

    def python(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a Python process on this database, for instance to have it killed half-way."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def race(
        self, function: Callable[..., Any], calls: Sequence[Mapping[str, str | int | None]]
    ) -> list[Outcome]:
        """Call a function of a test module several times at the same moment, each in a process of its own.

        Each process is connected before the start is given. The arguments and what it returns are plain values.
        """
        racers = [self._ready(function, call) for call in calls]
        for racer in racers:
            self._go(racer)
        return [self.outcome(racer) for racer in racers]

    def begin(
        self, function: Callable[..., Any], call: Mapping[str, str | int | None]
    ) -> subprocess.Popen[str]:
        """Have another process call a function, and go on: `outcome` waits for what it came to."""
        racer = self._ready(function, call)
        self._go(racer)
        return racer

    @staticmethod
    def outcome(racer: subprocess.Popen[str]) -> Outcome:
        said, wrong = racer.communicate(timeout=RACE_SECONDS)
        if racer.returncode:
            raise AssertionError(f"A process broke:\n{wrong}")
        return Outcome(**json.loads(said.splitlines()[-1]))

    def _ready(
        self, function: Callable[..., Any], call: Mapping[str, str | int | None]
    ) -> subprocess.Popen[str]:
        name = f"{function.__module__}:{function.__qualname__}"
        racer = self.python("-m", "tests.racer", name, json.dumps(call))
        assert racer.stdout
        if racer.stdout.readline() != "ready\n":
            raise AssertionError(f"A process did not get ready:\n{racer.communicate()[1]}")
        return racer

    @staticmethod
    def _go(racer: subprocess.Popen[str]) -> None:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()


@pytest.fixture
def real_commits(
    request: pytest.FixtureRequest, databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[RealCommits]:
    """A fresh copy of the migrated database, for races, crashes and servers: dropped afterwards, never flushed."""
    yield from _own_copy(request, databases, migrated, django_db_blocker)


def _own_copy(
    request: pytest.FixtureRequest, databases: Databases, source: str, blocker: DjangoDbBlocker
) -> Iterator[RealCommits]:
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        raise pytest.UsageError("A test with real commits has a database of its own: leave out django_db.")
    request.getfixturevalue("django_db_setup")
    url = databases.copy(source)
    with blocker.unblock(), _connected_to(databases, url):
        yield RealCommits(url)
    databases.drop(url)
