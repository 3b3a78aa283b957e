"""Counting the sealed logs anew from the database: each leaf from its row, the tree from its leaves, each signature."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Any

from django.db import connection

from core.merkle import HASH, WIDTH
from core.models import Checkpoint, SealedNode
from core.sealing.keys import verifiers_of
from core.sealing.logs import Log, logs
from core.sealing.notes import Head, WrongNote, open_checkpoint
from core.sealing.recount import Claim, Recount, Report
from core.sealing.sql import number_from
from core.snapshot import one_moment

CHUNK = 80 * WIDTH  # leaves that are asked for at once
NOTHING = b"\x00" * HASH  # in the place of a leaf that is gone

Row = tuple[Any, ...]


def verify(*, since: Sequence[Head] = ()) -> list[Report]:
    """Verify all logs at one moment. Nothing is written, and payments go on.

    `since` are older checkpoints from elsewhere, whose signatures were looked at: each log must begin with its own.
    """
    with one_moment():
        return [_verify(log, [head for head in since if _is_of(log, head)]) for log in logs()]


def _is_of(log: Log, head: Head) -> bool:
    return head.origin in {one.name for one in verifiers_of(log.name)}


def _verify(log: Log, since: Sequence[Head]) -> Report:
    report = Report(log.name)
    report.size = number_from(f"SELECT COALESCE(MAX(position) + 1, 0) FROM {log.leaves}")  # noqa: S608  our own table
    recount = Recount(_claims(report, since), report)
    for start in range(0, report.size, CHUNK):
        hashes = _leaves(log, start, min(start + CHUNK, report.size), report)
        for begin in range(0, len(hashes), WIDTH):
            recount.add(hashes[begin : begin + WIDTH])
    if report.size % WIDTH == 0:
        recount.add([])
    recount.end()
    _compare_nodes(log, recount.nodes, report)
    _look_at_rows(log, report)
    return report


# --- Leaves -----------------------------------------------------------------------------------------------------------


def _leaves(log: Log, start: int, end: int, report: Report) -> list[bytes]:
    """The hashes of these leaves, each held against the row that it stands for."""
    rows = _read(log, start, end)
    record, sha256 = log.record, hashlib.sha256
    for position, stored, salt, link, *row in rows:
        if salt is None:
            report.erased += 1
        elif row[0] is None:
            report.fault(f"leaf {position}: what it stands for ({log.rows} {link}) is not there")
        elif sha256(b"\x00" + salt + record(row).encode()).digest() != stored:
            report.fault(f"leaf {position}: its hash is not that of {log.rows} {link}")
    if len(rows) == end - start:  # no place twice, all between the two: each is there
        return [bytes(row[1]) for row in rows]
    there = {row[0]: bytes(row[1]) for row in rows}
    for position in range(start, end):
        if position not in there:
            report.fault(f"leaf {position} is not there")
    return [there.get(position, NOTHING) for position in range(start, end)]


def _read(log: Log, start: int, end: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT leaf.position, leaf.hash, leaf.salt, leaf.{log.link}, {log.select}
            FROM {log.leaves} AS leaf LEFT JOIN {log.rows} AS line ON line.id = leaf.{log.link} {log.joins}
            WHERE leaf.position >= %s AND leaf.position < %s
            ORDER BY leaf.position
            """,  # noqa: S608  our own tables
            [start, end],
        )
        return list(cursor.fetchall())


def _look_at_rows(log: Log, report: Report) -> None:
    """What has no leaf is counted: it is sealed in a moment. What has two, or a leaf before the first, is a fault."""
    report.waiting = number_from(
        f"SELECT COUNT(*) FROM {log.rows} AS line "  # noqa: S608  our own tables
        f"WHERE NOT EXISTS (SELECT 1 FROM {log.leaves} AS leaf WHERE leaf.{log.link} = line.id)"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {log.link} FROM {log.leaves} GROUP BY {log.link} HAVING COUNT(*) > 1")  # noqa: S608
        for (link,) in cursor.fetchall():
            report.fault(f"{log.rows} {link} has more leaves than one")
    if number_from(f"SELECT COUNT(*) FROM {log.leaves} WHERE position < 0"):  # noqa: S608  our own table
        report.fault("there are leaves before the first")


# --- Nodes and checkpoints --------------------------------------------------------------------------------------------


def _compare_nodes(log: Log, counted: list[list[bytes]], report: Report) -> None:
    left = {(level, number): node for level, row in enumerate(counted, 1) for number, node in enumerate(row)}
    kept = SealedNode.objects.filter(log=log.name).values_list("level", "number", "hash")
    for level, number, node in kept.iterator(chunk_size=10_000):
        if left.pop((level, number), None) != bytes(node):
            report.fault(f"node {level}/{number} is not that of the leaves below it")
    for level, number in left:
        report.fault(f"node {level}/{number} is not there")


def _claims(report: Report, since: Sequence[Head]) -> Iterator[Claim]:
    """What was signed of this log, here and in older checkpoints from elsewhere, the smallest first."""
    elsewhere = (Claim(head.size, head.root, f"the older checkpoint of {head.size} leaves") for head in since)
    return merge(
        _kept_claims(report), sorted(elsewhere, key=lambda one: one.size), key=lambda claim: claim.size
    )


def _kept_claims(report: Report) -> Iterator[Claim]:
    verifiers = verifiers_of(report.log)
    for kept in Checkpoint.objects.filter(log=report.log).order_by("size").iterator():
        name = f"the checkpoint of {kept.size} leaves"
        report.checkpoints += 1
        report.signed = kept.size
        try:
            head = open_checkpoint(kept.note, verifiers)
        except WrongNote as error:
            report.fault(f"{name}: {error}")
        else:
            if (head.size, head.root) != (kept.size, bytes(kept.root)):
                report.fault(f"{name} says something else than was signed")
        yield Claim(kept.size, bytes(kept.root), name)
