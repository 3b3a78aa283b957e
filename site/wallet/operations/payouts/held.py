"""The coins behind a payout: the row under its lock, the keys that follow from it, and setting them free again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from core.actor import Actor
from ledger.operations import release
from wallet.models import Payout

NAMESPACE = uuid.UUID("0d1c3d4e-2b0a-5f0b-8c1e-6a5f2f0c9e47")
# What a payout needs beside its row. Asked under the lock, in a second look: what was waited for may have changed.
ALONG = ("treasury__neighbourhood", "account__coin", "payee", "requested_by", "approved_by", "reservation")


def key_of(payout: Payout, deed: str) -> uuid.UUID:
    """The key of what is done with a payout once in its life: asked again, it is the same key."""
    return uuid.uuid5(NAMESPACE, f"{payout.key.hex}:{deed}")


def locked(payout: Payout) -> Payout:
    """The payout as it stands now, held until the end of the transaction."""
    (found,) = locked_all([payout.pk])
    return found


def locked_all(numbers: Iterable[int]) -> list[Payout]:
    """These payouts as they stand now, locked in the order of their numbers."""
    found = Payout.objects.filter(pk__in=sorted(numbers)).order_by("pk")
    list(found.select_for_update(no_key=True).values_list("pk"))
    return list(found.select_related(*ALONG))


def set_free(payout: Payout, *, actor: Actor, at: datetime) -> None:
    """Give the coins back to the account they were reserved on."""
    release(reservation=payout.reservation, key=key_of(payout, "release"), actor=actor, at=at)
