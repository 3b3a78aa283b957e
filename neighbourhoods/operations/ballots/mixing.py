"""Writing all ballots of a box anew, and taking away what the database keeps of the old ones."""

from __future__ import annotations

import secrets

from django.db import connection, transaction

from neighbourhoods.models import Ballot, BallotBox

BATCH = 1000


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


def sweep() -> None:
    """Take away what the database keeps of ballots that were written anew. Harmless at any time; within a transaction
    neither database can do it, and nothing happens.

    Both keep the bytes of a deleted row where they stood until something else is written there, and copies of them in
    pages that were split. Only a table that is written out anew has none: PostgreSQL can do that with one table,
    SQLite with all. PostgreSQL leaves rows that a transaction which is still open could see; SQLite's journal is
    emptied as soon as nobody reads from it.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(Ballot._meta.db_table)}")
        else:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
