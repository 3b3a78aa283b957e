"""What the database broke off because two waited for each other is done again from the start."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from django.db import DatabaseError, connection

P = ParamSpec("P")
R = TypeVar("R")

TRIES: Final = 5
BROKEN_OFF: Final = {"40P01", "40001"}  # PostgreSQL: a deadlock, a conflict of snapshots; nothing was done


def or_again(deed: Callable[P, R]) -> Callable[P, R]:
    """Have a deed that opens its own transaction done again when it was broken off. Paying a whole group takes locks of
    the ledger one after the other, and somebody who pays at a till can have taken two of them crosswise. Within a
    transaction of the caller's that is for the caller to do."""

    @wraps(deed)
    def tried(*args: P.args, **words: P.kwargs) -> R:
        for left in reversed(range(1 if connection.in_atomic_block else TRIES)):
            try:
                return deed(*args, **words)
            except DatabaseError as error:
                if not left or getattr(error.__cause__, "sqlstate", None) not in BROKEN_OFF:
                    raise
        raise AssertionError("unreachable")

    return tried
