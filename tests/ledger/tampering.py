"""What whoever has the keys of the database could do: write past every trigger, check and key of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection

Value = str | int | bytes | date | None

POSTGRES_CHECKS = """
    SELECT conrelid::regclass::text, string_agg(format('DROP CONSTRAINT %%I', conname), ', ')
    FROM pg_constraint WHERE contype = 'c' AND conrelid::regclass::text LIKE 'ledger\\_%%' GROUP BY conrelid
"""
SQLITE_TRIGGERS = """
    SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(tbl_name, 1, 5) IN ('ledge', 'core_')
"""


def sql(statement: str, *values: Value) -> list[tuple[Any, ...]]:
    """Put a statement to the database as it stands, with %s for each value; gives the rows if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def tamper(statement: str, *values: Value) -> None:
    """Write something that the database would refuse. It hits a row, else the test would plant nothing."""
    with guards_down(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


@contextmanager
def guards_down() -> Iterator[None]:
    """Without triggers, checks and keys. The transaction of the test brings back what is not brought back here."""
    with _postgres() if connection.vendor == "postgresql" else _sqlite():
        yield


@contextmanager
def _postgres() -> Iterator[None]:
    sql("SET CONSTRAINTS ALL IMMEDIATE")  # what has still to be checked would stand in the way of ALTER TABLE
    for table, drops in sql(POSTGRES_CHECKS):
        sql(f"ALTER TABLE {table} {drops}")
    sql("SET session_replication_role = replica")
    try:
        yield
    finally:
        sql("SET session_replication_role = origin")


@contextmanager
def _sqlite() -> Iterator[None]:
    triggers = sql(SQLITE_TRIGGERS)
    for name, _text in triggers:
        sql(f"DROP TRIGGER {name}")
    sql("PRAGMA ignore_check_constraints = ON")
    sql("PRAGMA foreign_keys = OFF")  # without effect within a transaction
    try:
        yield
    finally:
        sql("PRAGMA foreign_keys = ON")
        sql("PRAGMA ignore_check_constraints = OFF")
        for _name, text in triggers:
            sql(text)
