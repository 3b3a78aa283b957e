"""That a transfer is in the sealed log: what its receipt is proven with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from core.models import Checkpoint
from core.sealing.queries import inclusion, latest
from ledger.sealing import LEDGER


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """SHA-256 of 0x00, `salt` and `record` is `leaf`; `path` leads from it to the root in `checkpoint`.

    `record` is what was sealed: for the two sides of the transfer only. `salt` is None when one of them was erased:
    then that the leaf is in the log can still be shown, but no longer what it stands for.
    """

    record: str
    salt: bytes | None
    position: int
    leaf: bytes
    checkpoint: Checkpoint
    path: list[bytes]


def proof_of(transfer_id: int) -> Proof | None:
    """The proof of a transfer; None while it is not sealed, which takes a second or two.

    Whether somebody may see it is for the caller to ask: either side may.
    """
    checkpoint = latest(LEDGER.name)
    if checkpoint is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT leaf.position, leaf.hash, leaf.salt, {LEDGER.select} FROM ledger_logleaf AS leaf "  # noqa: S608
            f"JOIN ledger_transfer AS line ON line.id = leaf.transfer_id {LEDGER.joins} "
            "WHERE leaf.transfer_id = %s AND leaf.position < %s",
            [transfer_id, checkpoint.size],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    position, leaf, salt, *row = found
    return Proof(
        record=LEDGER.record(row),
        salt=None if salt is None else bytes(salt),
        position=position,
        leaf=bytes(leaf),
        checkpoint=checkpoint,
        path=inclusion(LEDGER.name, position, checkpoint.size),
    )
