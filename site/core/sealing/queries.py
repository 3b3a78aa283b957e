"""What can be asked of the sealed logs: checkpoints, tiles, and proofs. All of it may be shown to everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from django.db import connection

from core.merkle import HASH, WIDTH, Tree
from core.models import Checkpoint
from core.sealing.logs import Log, NoSuchLog, log_named, logs

__all__ = [
    "NoSuchLog", "NoSuchTile", "consistency", "inclusion", "latest", "oldest_unsealed", "tile", "tree_of",
    "waiting_since",
]  # fmt: skip

# How far behind the newest sealed row one is looked for that was committed late (see the sealer).
NEAR = 2_000


class NoSuchTile(LookupError):
    """The log does not have these hashes, or not yet."""


def latest(log: str) -> Checkpoint | None:
    """The newest checkpoint of a log; None when nothing was sealed yet.

    :raises NoSuchLog: when there is no log of this name.
    """
    log_named(log)
    found = Checkpoint.objects.filter(log=log).order_by("-size").first()
    if found is not None:
        found.root = bytes(found.root)
    return found


def inclusion(log: str, position: int, size: int) -> list[bytes]:
    """The hashes that lead from a leaf to the root of the log as it was at a size, the nearest first.

    :raises NoSuchLog: when there is no log of this name.
    :raises ValueError: when there is no such leaf at that size.
    :raises NoSuchTile: when the log has not grown to that size.
    """
    return tree_of(log, size).inclusion(position)


def consistency(log: str, old: int, new: int) -> list[bytes]:
    """The hashes that show that the log at one size begins with what it was at a smaller one.

    :raises NoSuchLog: when there is no log of this name.
    :raises ValueError: when the first size is the larger, or nought.
    :raises NoSuchTile: when the log has not grown to that size.
    """
    return tree_of(log, new).consistency(old)


def tree_of(log: str, size: int) -> Tree:
    """A log as it was at a size. It reads a few tiles, whatever is asked of it.

    :raises NoSuchLog: when there is no log of this name.
    """
    log_named(log)
    return Tree(size, partial(tile, log))


def tile(log: str, level: int, number: int, width: int = WIDTH) -> bytes:
    """The first hashes of a tile, one behind the other.

    :raises NoSuchLog: when there is no log of this name.
    :raises NoSuchTile: when the log does not have so many hashes there.
    """
    kept = log_named(log)
    if not (0 <= level < 64 and 0 <= number < 1 << 50 and 0 < width <= WIDTH):
        raise NoSuchTile
    start = number * WIDTH
    if level:
        question = (
            "SELECT hash FROM core_sealednode WHERE log = %s AND level = %s AND number >= %s AND number < %s"
        )
        values: list[str | int] = [log, level, start, start + width]
    else:
        question = f"SELECT hash FROM {kept.leaves} WHERE position >= %s AND position < %s"  # noqa: S608  our own table
        values = [start, start + width]
    with connection.cursor() as cursor:
        cursor.execute(f"{question} ORDER BY {'number' if level else 'position'}", values)
        found = b"".join(bytes(row[0]) for row in cursor.fetchall())
    if len(found) != width * HASH:
        raise NoSuchTile
    return found


def oldest_unsealed(log: Log) -> datetime | None:
    """When the oldest row was made that is not in the log yet; None when all are. It looks as far back as NEAR."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT line.{log.moment} FROM {log.rows} AS line
            WHERE line.id > (SELECT COALESCE(MAX({log.link}), 0) FROM {log.leaves}) - %s
              AND NOT EXISTS (SELECT 1 FROM {log.leaves} AS leaf WHERE leaf.{log.link} = line.id)
            ORDER BY line.id LIMIT 1
            """,  # noqa: S608  our own tables
            [NEAR],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    moment: datetime = found[0]
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite keeps them without a zone


def waiting_since() -> datetime | None:
    """When the oldest row was made that waits to be sealed in any log."""
    return min((found for log in logs() if (found := oldest_unsealed(log))), default=None)
