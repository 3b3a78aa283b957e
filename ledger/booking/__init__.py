"""The write path: the one place where balances change. One operation above, one way per database beneath."""

from __future__ import annotations

from django.db import DatabaseError, connection

from ledger.booking import postgres, sqlite
from ledger.booking.entries import Answer, Entry, Occasion

__all__ = ["Answer", "Entry", "Occasion", "book"]

TRIES = 5
# PostgreSQL: a deadlock, a conflict of snapshots, or a prepared call whose columns a migration changed meanwhile.
# Nothing was done, and it can simply be done again. Within a transaction of the caller's that is for the caller to do.
AGAIN = {"40P01", "40001", "0A000"}


def book(entries: list[Entry], occasion: Occasion) -> list[Answer]:
    """Judge entries one after the other, each seeing those before it as booked; then book all of them, or none.

    Gives an answer for each. A key stands in one entry only, and so does an original or a reservation.
    """
    way = postgres.book if connection.vendor == "postgresql" else sqlite.book
    tries = 1 if connection.in_atomic_block else TRIES
    for left in reversed(range(tries)):
        try:
            return way(entries, occasion)
        except DatabaseError as error:
            if not left or getattr(error.__cause__, "sqlstate", None) not in AGAIN:
                raise
    raise AssertionError("unreachable")
