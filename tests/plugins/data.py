"""The databases of the tests: each worker a copy of one migrated template, and a fresh copy for real commits."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from tests.databases import ROOT, Databases, databases_at
from tests.plugins.addresses import database_url
from tests.racer import place_of
from tests.races import Call, Nursery, Outcome, Racer, environment

__all__ = ["Outcome", "RealCommits"]


@contextmanager
def connected_to(url: str) -> Iterator[None]:
    """Have Django use another database for a while. Threads started meanwhile use it too."""
    before = dict(connection.settings_dict)
    connections.close_all()
    connection.settings_dict.update(place_of(url))
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(before)


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
    with django_db_blocker.unblock(), connected_to(url):
        django_db_blocker.block()
        try:
            yield
        finally:
            django_db_blocker.restore()
    databases.drop(url)


@dataclass(frozen=True)
class RealCommits:
    """A database of this test alone, in which everything is committed for real."""

    url: str
    nursery: Nursery

    @property
    def environment(self) -> dict[str, str]:
        """For processes that are to work on the same database."""
        return environment(self.url)

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

    def race(self, function: Callable[..., Any], calls: Sequence[Call]) -> list[Outcome]:
        """Call a function of a test module several times at the same moment, each in a process of its own.

        Each process is connected before the start is given. The arguments and what it returns are plain values.
        """
        return self.race_between([(function, call) for call in calls])

    def race_between(self, deeds: Sequence[tuple[Callable[..., Any], Call]]) -> list[Outcome]:
        """As `race`, of processes that do different things."""
        racers = [self.nursery.racer(self.url, function, call) for function, call in deeds]
        for racer in racers:
            racer.get_ready()
        for racer in racers:
            racer.go()
        return [racer.outcome() for racer in racers]

    def begin(self, function: Callable[..., Any], call: Call) -> Racer:
        """Have another process call a function, and go on: its `outcome` waits for what it came to."""
        racer = self.nursery.racer(self.url, function, call)
        racer.get_ready()
        racer.go()
        return racer

    @staticmethod
    def outcome(racer: Racer) -> Outcome:
        return racer.outcome()


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Of which processes for races are forked; it starts with the first race."""
    nursery = Nursery()
    yield nursery
    nursery.close()


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
    with blocker.unblock(), connected_to(url):
        nursery = request.getfixturevalue("nursery")
        try:
            yield RealCommits(url, nursery)
        finally:
            nursery.tidy()
    databases.drop(url)
