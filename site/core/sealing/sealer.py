"""The sealer: it gives what was written its place in a log, in the background, and signs how far it has come.

Nothing is sealed within a payment: a chain written there would be one lock for the whole site. One sealer works at a
time; each of its batches is a transaction of its own and begins with reading how far the log is. So one that is killed
leaves a log that the next one continues, and two at once take turns.

On PostgreSQL a row gets its number when it is written, but is seen when its transaction is over: a row may turn up
behind others that have been sealed. So each pass looks a little back behind the newest sealed row, now and then
further, and at its start and each hour over everything. The order in the log is the order of sealing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from core.merkle import WIDTH, leaf_hash, peaks, split_hashes
from core.models import Checkpoint
from core.sealing.keys import signer_of
from core.sealing.logs import SALT, Log
from core.sealing.notes import Head
from core.sealing.queries import NEAR, NoSuchTile, latest, tile, tree_of
from core.sealing.sql import number_from

LOCK = 7_325_000_104  # anybody's advisory lock but ours has another number
SPAN = {"postgresql": 5_000, "sqlite": 500}  # numbers of rows in a batch: on SQLite everybody waits meanwhile
# Every so many seconds it looks for rows this far behind the newest sealed one; None is from the beginning.
LOOKS: tuple[tuple[int, int | None], ...] = ((3600, None), (60, 200_000), (0, NEAR))


class LogDamaged(Exception):
    """What is kept of a log does not go with what was signed of it: nothing more may be signed. See verify_log."""


def seal(log: Log, *, at: datetime, back: int | None = None) -> int:
    """Seal what was written and is not in the log yet, and sign how far the log is then. Gives how many were sealed.

    It looks `back` so many numbers behind the newest sealed row, or without that over all rows.

    :raises LogDamaged: when the log is not as it was signed.
    """
    low = 0 if back is None else max(_newest_sealed(log) - back, 0)
    span = SPAN[connection.vendor]
    count = 0
    while (first := _first_unsealed(log, low)) is not None:
        low = first + span - 1
        with transaction.atomic():
            _take_turn()
            count += _append(log, first, low)
    if not _is_signed(log):
        with transaction.atomic():
            _take_turn()
            _sign(log, at)
    return count


def _take_turn() -> None:
    """Until this transaction is over no other sealer writes. On SQLite it is so anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _newest_sealed(log: Log) -> int:
    return number_from(f"SELECT COALESCE(MAX({log.link}), 0) FROM {log.leaves}")  # noqa: S608  our own table


def _size(log: Log) -> int:
    return number_from(f"SELECT COALESCE(MAX(position) + 1, 0) FROM {log.leaves}")  # noqa: S608  our own table


def _first_unsealed(log: Log, low: int) -> int | None:
    """The first row above a number that has no leaf. Asked without keeping anybody waiting."""
    # That the leaf is above it too says the same again, and keeps a database from reading all leaves.
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT line.id FROM {log.rows} AS line
            WHERE line.id > %s AND NOT EXISTS (
                SELECT 1 FROM {log.leaves} AS leaf WHERE leaf.{log.link} = line.id AND leaf.{log.link} > %s
            )
            ORDER BY line.id LIMIT 1
            """,  # noqa: S608  our own tables
            [low, low],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def _append(log: Log, first: int, last: int) -> int:
    """Give the rows with these numbers that have no leaf their places, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {log.select} FROM {log.rows} AS line {log.joins}
            WHERE line.id BETWEEN %s AND %s AND NOT EXISTS (
                SELECT 1 FROM {log.leaves} AS leaf WHERE leaf.{log.link} = line.id
            )
            ORDER BY line.id
            """,  # noqa: S608  our own tables
            [first, last],
        )
        rows = cursor.fetchall()
    if not rows:
        return 0
    size = _size(log)
    chance = os.urandom(SALT * len(rows))
    leaves = []
    for place, row in enumerate(rows):
        salt = chance[SALT * place : SALT * (place + 1)]
        leaves.append((size + place, row[0], leaf_hash(salt + log.record(row).encode()), salt))
    _insert(log.leaves, ("position", log.link, "hash", "salt"), leaves)
    _grow(log, size, [leaf[2] for leaf in leaves])
    return len(rows)


def _grow(log: Log, size: int, hashes: list[bytes]) -> None:
    """Write the nodes that are complete now that these hashes stand behind the first `size` leaves."""
    level, start = 0, size
    while hashes:
        place, width = divmod(start, WIDTH)
        if width:
            hashes = split_hashes(_tile(log, level, place, width)) + hashes
        full = range(0, len(hashes) - WIDTH + 1, WIDTH)
        hashes = [peaks(hashes[begin : begin + WIDTH])[0] for begin in full]
        level, start = level + 1, place
        nodes = [(log.name, level, start + count, node) for count, node in enumerate(hashes)]
        _insert("core_sealednode", ("log", "level", "number", "hash"), nodes)


def _tile(log: Log, level: int, number: int, width: int) -> bytes:
    try:
        return tile(log.name, level, number, width)
    except NoSuchTile:
        raise LogDamaged(f"{log.name}: hashes are missing in tile {level}/{number}.") from None


def _is_signed(log: Log) -> bool:
    """Whether the newest checkpoint is of all leaves."""
    newest = latest(log.name)
    return _size(log) == (newest.size if newest else 0)


def _sign(log: Log, at: datetime) -> None:
    """Sign how far the log is, and only when it begins with what was signed before."""
    if _is_signed(log):  # by another sealer, since this one looked
        return
    size, before = _size(log), latest(log.name)
    tree = tree_of(log.name, size)
    try:
        is_sound = before is None or (before.size < size and tree.root(before.size) == before.root)
        root = tree.root()
    except NoSuchTile:
        is_sound = False
    if not is_sound:
        raise LogDamaged(f"{log.name}: with {size} leaves it does not begin with what was signed before.")
    signer = signer_of(log.name)
    note = signer.sign(Head(signer.name, size, root).text())
    Checkpoint.objects.create(log=log.name, size=size, root=root, note=note, made_at=at)


Row = tuple[Any, ...]


def _insert(table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Write many rows in the quickest way that the database has: the sealer shares a machine with who pays."""
    if not rows:
        return
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # As COPY reads it; the texts among the values are names of logs, in which nothing has to be escaped.
            lines = [
                "\t".join(
                    [f"\\\\x{value.hex()}" if value.__class__ is bytes else str(value) for value in row]
                )
                for row in rows
            ]
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
                stream.write("\n".join(lines))
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608  our own table
