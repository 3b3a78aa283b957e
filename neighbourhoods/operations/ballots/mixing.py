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
    """Once this transaction is committed, the old rows go from the files as well."""
    transaction.on_commit(sweep)


def sweep() -> None:
    """Take away what the database keeps of rows that were written anew. Harmless at any time, outside a transaction."""
    if connection.in_atomic_block:
        return
    table = connection.ops.quote_name(Ballot._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM (FULL) {table}")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
