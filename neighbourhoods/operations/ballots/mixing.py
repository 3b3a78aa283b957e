"""Writing all ballots of a box anew, and taking away what the database keeps of the old ones."""

from __future__ import annotations

import logging
import secrets
import time

from django.db import OperationalError, connection, transaction

from neighbourhoods.models import Ballot, BallotBox

logger = logging.getLogger("neighbourhoods.ballots")

BATCH = 1000
PATIENCE = 500  # milliseconds that we wait for whoever reads or writes
PAUSES = (0.05, 0.2, 0.5)  # seconds between two tries


def mix(box: BallotBox) -> None:
    """Give each ballot a new number and a place by lot. The box is MIXING and locked by the caller.

    So nothing is left of the order in which ballots came in, by which they could be laid beside the marks on the roll:
    no row number, no place in a file, and, on PostgreSQL, no number of the transaction that wrote both.
    """
    ballots = list(Ballot.objects.filter(box=box).values_list("choice", "receipt"))
    secrets.SystemRandom().shuffle(ballots)
    Ballot.objects.filter(box=box).delete()
    anew = [Ballot(box=box, choice=choice, receipt=receipt) for choice, receipt in ballots]
    Ballot.objects.bulk_create(anew, batch_size=BATCH)


def sweep_after() -> None:
    """Once this transaction is committed, the old rows go from the files as well. Where that fails it is logged, and
    done by the next `manage.py sweep_ballots`: a vote that has been closed is closed all the same."""
    transaction.on_commit(sweep, robust=True)


def sweep() -> bool:
    """Take away what the database keeps of ballots that were written anew. Harmless at any time, and soon over.

    Gives whether nothing is left of them. Something is while anything else still reads what was there before, such as
    a long backup; within a transaction nothing can be done at all.
    """
    if connection.in_atomic_block:
        return False
    for pause in (*PAUSES, 0):
        if _write_out():
            return True
        time.sleep(pause)
    logger.warning(
        "old ballots are left in the files, something reads them: run manage.py sweep_ballots later"
    )
    return False


def _write_out() -> bool:
    """Both databases keep the bytes of a deleted row where they stood until something else is written there, and copies
    of them in pages that were split. Only a table that is written out anew has none: PostgreSQL can do that with one
    table, SQLite with all."""
    try:
        return _write_out_table() if connection.vendor == "postgresql" else _write_out_file()
    except OperationalError:  # something holds it longer than we wait
        return False


def _write_out_table() -> bool:
    """Whoever waits for a lock on a table keeps all who come later waiting, and they want to vote: so we do not wait
    long. Rows that an older transaction could still see are written out too; they show as gaps between the others."""
    table = connection.ops.quote_name(Ballot._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {PATIENCE}")
        try:
            cursor.execute(f"VACUUM (FULL) {table}")
        finally:
            cursor.execute("RESET lock_timeout")
        cursor.execute(
            "SELECT coalesce(bool_and(rows = last), true) AND count(*) * current_setting('block_size')::int"  # noqa: S608
            " = pg_relation_size(%s) FROM (SELECT count(*) AS rows, max((ctid::text::point)[1]) AS last"
            f" FROM {table} GROUP BY (ctid::text::point)[0]) AS pages",
            [Ballot._meta.db_table],
        )
        return bool(cursor.fetchone()[0])


def _write_out_file() -> bool:
    """The journal is emptied once nobody reads from it."""
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("VACUUM")
            is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
    return not is_busy
