"""What a database holds and how, asked of its own catalogue: so that no place is forgotten when a table is added."""

from __future__ import annotations

import base64
import binascii
import json
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core import signing
from django.db import connection
from django.db.backends.utils import CursorWrapper

BALLOT = "neighbourhoods_ballot"
BOX = "neighbourhoods_ballotbox"
ENTRY = "neighbourhoods_rollentry"

Row = tuple[Any, ...]


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def asked(sql: str, values: list[Any] | None = None) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def tables() -> list[str]:
    """Every table and view, whosever it is."""
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor, include_views=True))


def columns(table: str) -> dict[str, str]:
    """The columns of a table with the type that the database gives them."""
    if is_postgres():
        found = asked(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]
        )
    else:
        found = [(row[1], row[2].lower()) for row in asked(f"PRAGMA table_info({table})")]
    return dict(found)


def foreign_keys() -> set[tuple[str, str, str]]:
    """All of them: table, column, table that it points at."""
    found: set[tuple[str, str, str]] = set()
    with connection.cursor() as cursor:
        for table in tables():
            relations = _relations(cursor, table)
            found |= {(table, column, other) for column, other in relations}
    return found


def _relations(cursor: CursorWrapper, table: str) -> list[tuple[str, str]]:
    if connection.vendor == "sqlite":  # Django's own answer leaves out what was added with ALTER TABLE
        return [(row[3], row[2]) for row in asked(f"PRAGMA foreign_key_list({table})")]
    found = connection.introspection.get_relations(cursor, table)
    return [(column, other[1]) for column, other in found.items()]


def reachable(start: str, *, without: str) -> set[str]:
    """The tables that foreign keys connect with this one, in whichever direction, when one table is taken away."""
    ways: dict[str, set[str]] = {}
    for table, _column, other in foreign_keys():
        if without not in {table, other}:
            ways.setdefault(table, set()).add(other)
            ways.setdefault(other, set()).add(table)
    found, todo = {start}, [start]
    while todo:
        new = ways.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


# --- What is in it ----------------------------------------------------------------------------------------------------


def contents() -> dict[str, Counter[str]]:
    """Every row of every table, and the numbers that sequences have come to."""
    found = {table: Counter(map(repr, asked(f'SELECT * FROM "{table}"'))) for table in tables()}
    return {**found, "sequences": Counter(map(repr, _sequences()))}


def _sequences() -> list[Row]:
    if is_postgres():
        return asked("SELECT sequencename, last_value FROM pg_sequences")
    return asked("SELECT name, seq FROM sqlite_sequence")


def changed(before: dict[str, Counter[str]], after: dict[str, Counter[str]]) -> dict[str, tuple[int, int]]:
    """By table, how many rows went and how many came; a row that was changed is one of each."""
    return {
        table: ((before[table] - after[table]).total(), (after[table] - before[table]).total())
        for table in after
        if before[table] != after[table]
    }


def squeezed(text: str) -> str:
    """Letters and digits alone, small: so that no separator, quote or capital hides anything."""
    return re.sub(r"[^0-9a-z]", "", text.lower())


def texts(value: Any) -> Iterator[str]:
    """A value as text, and what is packed in it: signed sessions, pickled caches, base64."""
    text = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
    yield text
    with suppress(signing.BadSignature, ValueError):
        yield json.dumps(signing.loads(text, salt="django.contrib.sessions.SessionStore"))
    with suppress(binascii.Error, ValueError):
        packed = base64.b64decode(text, validate=True)
        yield packed.decode("latin-1")
        yield from unpickled(packed)


def unpickled(packed: bytes) -> Iterator[str]:
    """What Django's caches keep. Only ever what these tests wrote themselves."""
    with suppress(Exception):
        yield repr(pickle.loads(packed))


def places_of(needles: set[str]) -> set[str]:
    """The columns, "table.column", in which one of these texts occurs."""
    found: set[str] = set()
    for table in tables():
        names = list(columns(table))
        quoted = ", ".join(f'"{name}"' for name in names)
        for row in asked(f'SELECT {quoted} FROM "{table}"') if names else []:
            found |= {
                f"{table}.{name}"
                for name, value in zip(names, row, strict=True)
                if value is not None and holds(texts(value), needles)
            }
    return found


def holds(found: Iterator[str], needles: set[str]) -> bool:
    return any(needle in text for text in map(squeezed, found) for needle in needles)


# --- How it lies there ------------------------------------------------------------------------------------------------


def in_file_order(table: str, column: str) -> list[Any]:
    """The values of a column in the order in which the rows stand in the file."""
    place = "ctid" if is_postgres() else "rowid"
    return [row[0] for row in asked(f'SELECT {column} FROM "{table}" ORDER BY {place}')]


def writers(table: str) -> set[str]:
    """The transactions that wrote the rows of a table: `xmin`, of which SQLite has none."""
    return {row[0] for row in asked(f'SELECT DISTINCT xmin::text FROM "{table}"')} if is_postgres() else set()


def bytes_of_files() -> bytes:
    """All that the database keeps on disk for ballots; on SQLite that is the one file and its journal."""
    if not is_postgres():
        name = connection.settings_dict["NAME"]
        return b"".join(
            path.read_bytes() for ending in ("", "-wal") if (path := Path(f"{name}{ending}")).exists()
        )
    asked_for_disk()
    kept = asked(
        """WITH ours AS (SELECT oid, reltoastrelid FROM pg_class WHERE relname = %s)
           SELECT pg_read_binary_file(pg_relation_filepath(found.oid)) FROM (
             SELECT oid FROM ours
             UNION SELECT reltoastrelid FROM ours WHERE reltoastrelid <> 0
             UNION SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM ours)) AS found""",
        [BALLOT],
    )
    return b"".join(bytes(row[0]) for row in kept)


def asked_for_disk() -> None:
    """Have PostgreSQL write everything to its files."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
