"""Whether a transfer is sealed, and since when: what its receipt says. The proof itself is `ledger.queries.proof`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.models import Checkpoint
from ledger.models import LogLeaf
from ledger.sealing import LEDGER


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """A transfer's place in the sealed log, counted from one, of how many there are now.

    `is_erased` when one of its sides was erased: what the leaf stands for can then no longer be shown.
    """

    number: int
    size: int
    sealed_at: datetime
    is_erased: bool


def seal_of(transfer_id: int) -> Seal | None:
    """The seal of a transfer; None while it waits for one. Three queries, however long the log."""
    leaf = LogLeaf.objects.filter(transfer=transfer_id).values_list("position", "salt").first()
    if leaf is None:
        return None
    position, salt = leaf
    checkpoints = Checkpoint.objects.filter(log=LEDGER.name).order_by("size").values_list("size", "made_at")
    first = checkpoints.filter(size__gt=position).first()
    last = checkpoints.last()
    if first is None or last is None:
        return None
    return Seal(number=position + 1, size=last[0], sealed_at=first[1], is_erased=salt is None)
