"""Races: what each of them must leave behind, whoever won."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from ledger.proving import find_faults
from tests.factories.ledger import Town, town
from tests.ledger.races.racers import Came
from tests.plugins.data import RealCommits
from tests.races import Call


class Outcomes(list[list[Came]]):
    """What became of each thing that each process tried."""

    @property
    def refused(self) -> Counter[str]:
        """How often which refusal was heard."""
        return Counter(came for one in self for came in one if isinstance(came, str))

    @property
    def done(self) -> list[int]:
        """The numbers of all that came about."""
        return sorted(came for one in self for came in one if isinstance(came, int))


Deed = tuple[Callable[..., list[Came]], Call]
Race = Callable[[list[Deed]], Outcomes]


def deed(function: Callable[..., list[Came]], **words: str | int | None) -> Deed:
    """What one process shall do."""
    return function, words


def deadlocks() -> int:
    """How many were counted in this database. SQLite has none: whoever writes is alone."""
    if connection.vendor == "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        (number,) = cursor.fetchone() or (0,)
    return int(number)


@pytest.fixture
def molen(real_commits: RealCommits) -> Town:
    """The coin of this race, in a database of its own."""
    return town()


@pytest.fixture
def race(real_commits: RealCommits, molen: Town) -> Race:
    """Have processes do their deeds at the same moment, and see that it all adds up, whoever was first.

    A process that hears of a deadlock or of a locked database breaks, and the test with it.
    """

    def run(deeds: list[Deed]) -> Outcomes:
        outcomes: list[Any] = [outcome.result for outcome in real_commits.race_between(deeds)]
        assert find_faults() == []
        assert deadlocks() == 0
        return Outcomes(outcomes)

    return run
