"""Founding a place costs seconds: some five thousand queries. The second time, the rows that it wrote are put back.

A factory that is wrapped here runs for real the first time. What it changed in the database is noted, together with
all that stood there before. When it is called again in the same way, on a database that holds exactly the same, the
change is repeated row by row: the same keys, the same words, a few dozen statements. In every other case it runs for
real: other arguments, another row anywhere, another setting, language or moment, something in the cache, or a
database in which things are committed.

Each worker founds for itself, with the code as it is now: nothing is kept between runs.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache as once
from functools import wraps
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone, translation
from time_machine import escape_hatch

P = ParamSpec("P")
R = TypeVar("R")

Row = tuple[Any, ...]
Key = tuple[Any, ...]
Picture = dict[str, dict[Key, Row]]

# Of the oldest a worker forgets: a state that comes once would otherwise be kept for ever.
REMEMBERED = 300
# The uploads of each worker have a folder of their own, and no founding writes there.
OF_THE_WORKER = {"MEDIA_ROOT"}


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    keys: tuple[int, ...]

    @property
    def quoted(self) -> str:
        return connection.ops.quote_name(self.name)

    @property
    def key_is(self) -> str:
        names = (connection.ops.quote_name(self.columns[place]) for place in self.keys)
        return " AND ".join(f"{name} = %s" for name in names)

    @property
    def plain_columns(self) -> str:
        # The plus: SQLite then gives what is stored, and not what Python would make of a column of that type.
        plus = "+" if connection.vendor == "sqlite" else ""
        return ", ".join(f"{plus}{connection.ops.quote_name(one)}" for one in self.columns)

    def rows(self) -> dict[Key, Row]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.plain_columns} FROM {self.quoted}")
            rows = [tuple(_plain(value) for value in row) for row in cursor.fetchall()]
        return {tuple(row[place] for place in self.keys): row for row in rows}


@dataclass
class Change:
    """What became different in one table."""

    table: Table
    removed: list[Key] = field(default_factory=list)
    altered: list[tuple[Key, Row]] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)

    @classmethod
    def between(cls, table: Table, before: dict[Key, Row], after: dict[Key, Row]) -> Change:
        return cls(
            table,
            removed=[key for key in before if key not in after],
            altered=[(key, row) for key, row in after.items() if key in before and before[key] != row],
            added=[row for key, row in after.items() if key not in before],
        )

    def remove(self) -> None:
        self._each(f"DELETE FROM {self.table.quoted} WHERE {self.table.key_is}", self.removed)

    def alter(self) -> None:
        names = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in self.table.columns)
        statement = f"UPDATE {self.table.quoted} SET {names} WHERE {self.table.key_is}"
        self._each(statement, [(*row, *key) for key, row in self.altered])

    def add(self) -> None:
        names = ", ".join(connection.ops.quote_name(name) for name in self.table.columns)
        one = f"({', '.join(['%s'] * len(self.table.columns))})"
        for rows in _in_parts(self.added):
            values = ", ".join([one] * len(rows))
            self._each(
                f"INSERT INTO {self.table.quoted} ({names}) VALUES {values}",
                [[v for row in rows for v in row]],
            )

    @staticmethod
    def _each(statement: str, calls: Sequence[Sequence[Any]]) -> None:
        with connection.cursor() as cursor:
            for values in calls:
                cursor.execute(statement, values)


@dataclass(frozen=True)
class Memory:
    """What a call changed, and what it returned."""

    changes: list[Change]
    returned: bytes

    def repeat(self) -> Any:
        """First goes what went: a row that is new may have taken its place."""
        for change in self.changes:
            change.remove()
        for change in self.changes:
            change.alter()
        for change in self.changes:
            change.add()
        return pickle.loads(self.returned)


_memories: dict[bytes, Memory] = {}


def remembered(factory: Callable[P, R]) -> Callable[P, R]:
    """Have a factory run once, and its rows put back whenever it would do exactly the same again."""

    @wraps(factory)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block or not _is_empty_cache():
            return factory(*args, **kwargs)
        call = _name_of(f"{factory.__module__}.{factory.__qualname__}", args, kwargs)
        if call in _memories:
            made: R = _memories[call].repeat()
            return made
        before = picture()
        made = factory(*args, **kwargs)
        if _is_empty_cache():
            _keep(call, Memory(_changes(before, picture()), pickle.dumps(made)))
        return made

    return wrapped


def picture() -> Picture:
    """All that stands in the database."""
    return {table.name: table.rows() for table in _tables(_database())}


def fingerprint() -> bytes:
    """The same for two databases in which the same stands. Asked for each call, so it has to be quick."""
    connection.ensure_connection()
    seen = sha256()
    for query in _questions(_database()):
        # Sorted: the database may give what was put back in another order.
        rows = sorted(map(repr, connection.connection.execute(query).fetchall()))
        seen.update(repr(rows).encode())
    return seen.digest()


def _changes(before: Picture, after: Picture) -> list[Change]:
    changes = (
        Change.between(table, before[table.name], after[table.name])
        for table in _tables(_database())
        if before[table.name] != after[table.name]
    )
    return list(changes)


def _database() -> str:
    return str(connection.settings_dict["NAME"])


@once
def _questions(database: str) -> list[str]:
    """All rows of all tables: on SQLite, which is quick to ask, table by table, on PostgreSQL in one go."""
    tables = _tables(database)
    if connection.vendor == "sqlite":
        return [f"SELECT {table.plain_columns} FROM {table.quoted}" for table in tables]
    return [
        " UNION ALL ".join(f"SELECT '{table.name}', one::text FROM {table.quoted} one" for table in tables)
    ]


@once
def _tables(database: str) -> list[Table]:
    """Those of this database. What SQLite keeps for searching is left out: its triggers follow the table beside it."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if "_fts" not in name]
        return [_table(cursor, name) for name in sorted(names)]


def _table(cursor: Any, name: str) -> Table:
    columns = tuple(one.name for one in connection.introspection.get_table_description(cursor, name))
    keys = connection.introspection.get_primary_key_columns(cursor, name) or columns
    return Table(name, columns, tuple(columns.index(key) for key in keys))


def _name_of(name: str, args: Any, kwargs: Any) -> bytes:
    """The same for two calls that must do the same."""
    said = pickle.dumps((name, args, sorted(kwargs.items()), _database()))
    # Once there and back: whether two objects share a string is no difference.
    said = pickle.dumps(pickle.loads(said))
    around = (translation.get_language(), _frozen_at(), sorted(_changed_settings()))
    return sha256(said + repr(around).encode() + fingerprint()).digest()


def _frozen_at() -> str:
    """The moment at which the test has stopped the clock, if it has."""
    return timezone.now().isoformat() if escape_hatch.is_travelling() else ""


def _changed_settings() -> Iterator[tuple[str, str]]:
    """What the test has set otherwise, layer by layer."""
    layer = settings._wrapped  # type: ignore[misc]  # the types know the settings themselves alone
    while hasattr(layer, "default_settings"):
        for name, value in vars(layer).items():
            if (name.isupper() or name == "_deleted") and name not in OF_THE_WORKER:
                yield name, repr(value)
        layer = layer.default_settings


def _is_empty_cache() -> bool:
    """What is remembered of before would have to be forgotten by the founding, and that is to be seen."""
    return not cache._cache  # type: ignore[attr-defined]  # the one in memory, which tests have


def _keep(call: bytes, memory: Memory) -> None:
    while len(_memories) >= REMEMBERED:
        del _memories[next(iter(_memories))]
    _memories[call] = memory


def _in_parts(rows: list[Row]) -> Iterator[list[Row]]:
    """As many at a time as every database takes in one statement."""
    for start in range(0, len(rows), 50):
        yield rows[start : start + 50]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def pytest_collection() -> None:
    """Before the first module of tests is read: whoever imports one of these factories gets it wrapped."""
    from tests.factories import neighbourhoods

    for name in ("site", "municipality", "found", "news"):
        setattr(neighbourhoods, name, remembered(getattr(neighbourhoods, name)))
