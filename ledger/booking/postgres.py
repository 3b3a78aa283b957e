"""The write path on PostgreSQL: one call of a function (ledger/sql/), whatever the number of entries."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

from ledger.booking.entries import Answer, Entry, Occasion, accounts_of

MANY = (
    "SELECT * FROM ledger_book(%b::bigint[], %b::int[], %b::int[], %b::bigint[], %b::text[], %b::text[], %b::uuid[], "
    "%b::text[], %b::bigint[], %b::bigint[], "
    "%b::bigint, %b::bigint, %b::timestamptz, %b::date, %b::timestamptz, %b::boolean)"
)
# The everyday case has a function of its own, which is twice as quick.
ONE = (
    "SELECT * FROM ledger_book_one(%b::bigint, %b::bigint, %b::bigint, %b::text, %b::text, %b::uuid, %b::text, "
    "%b::bigint, %b::timestamptz, %b::date)"
)


def book(entries: list[Entry], occasion: Occasion) -> list[Answer]:
    """Judge and book in one round trip; in autocommit that is the whole transaction."""
    query, words = _one(entries[0], occasion) if _is_everyday(entries, occasion) else _many(entries, occasion)
    return [Answer(*row) for row in _ask(query, words)]


def _is_everyday(entries: list[Entry], occasion: Occasion) -> bool:
    """One amount between two accounts, and nothing to be looked at besides."""
    if len(entries) > 1 or occasion.also or occasion.only_judge:
        return False
    beside = (occasion.actor_limit, occasion.expires_at, entries[0].reverses_id, entries[0].reservation_id)
    return beside == (None, None, None, None)


def _one(entry: Entry, occasion: Occasion) -> tuple[str, list[Any]]:
    return ONE, [
        entry.payer_id, entry.payee_id, entry.amount, str(entry.kind), str(entry.label), entry.key, entry.note,
        occasion.acted_by_id, occasion.at, occasion.on,
    ]  # fmt: skip


def _many(entries: list[Entry], occasion: Occasion) -> tuple[str, list[Any]]:
    accounts = accounts_of(entries, occasion)
    place = {number: index for index, number in enumerate(accounts, start=1)}
    notes = [entry.note for entry in entries]
    return MANY, [
        accounts,
        [place[entry.payer_id] for entry in entries],
        [place[entry.payee_id] for entry in entries],
        [entry.amount for entry in entries],
        [str(entry.kind) for entry in entries],
        [str(entry.label) for entry in entries],
        [entry.key for entry in entries],
        notes if any(notes) else None,
        [entry.reverses_id for entry in entries],
        [entry.reservation_id for entry in entries],
        occasion.acted_by_id,
        occasion.actor_limit,
        occasion.at,
        occasion.on,
        occasion.expires_at,
        occasion.only_judge,
    ]


def _ask(query: str, words: list[Any]) -> list[tuple[Any, ...]]:
    """Past Django's cursor, which puts the values into the text: the server would plan every payment anew.

    Behind a pool that gives each transaction another connection nothing can be prepared; DISABLE_SERVER_SIDE_CURSORS
    is how Django is told of one.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    prepare = not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(query, words, prepare=prepare, binary=True)
        return cursor.fetchall()
