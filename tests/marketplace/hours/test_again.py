"""What the database broke off because two waited for each other is done again; nothing else is."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, OperationalError, transaction

from core.again import TRIES, or_again
from tests.plugins.data import RealCommits


class BrokenOff(Exception):
    """What the driver of PostgreSQL says of a deadlock."""

    sqlstate = "40P01"


def deadlock() -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = BrokenOff()
    return error


def failing(times: int, error: Exception) -> tuple[list[int], object]:
    tries: list[int] = []

    @or_again
    def deed() -> int:
        tries.append(1)
        if len(tries) <= times:
            raise error
        return len(tries)

    return tries, deed


def test_a_deed_that_was_broken_off_is_done_again(real_commits: RealCommits) -> None:
    _tries, deed = failing(2, deadlock())

    assert deed() == 3  # type: ignore[operator]


def test_not_for_ever(real_commits: RealCommits) -> None:
    tries, deed = failing(99, deadlock())

    with pytest.raises(OperationalError):
        deed()  # type: ignore[operator]

    assert len(tries) == TRIES


def test_whatever_else_goes_wrong_is_not_tried_again(real_commits: RealCommits) -> None:
    tries, deed = failing(1, DatabaseError("the disk is full"))

    with pytest.raises(DatabaseError):
        deed()  # type: ignore[operator]

    assert len(tries) == 1


def test_within_a_transaction_of_somebody_else_it_is_theirs_to_do(real_commits: RealCommits) -> None:
    tries, deed = failing(1, deadlock())

    with pytest.raises(OperationalError), transaction.atomic():
        deed()  # type: ignore[operator]

    assert len(tries) == 1
