"""The coins behind a payout: the row under its lock, the keys that follow from it, and setting them free again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from ledger.kinds import TransferKind
from ledger.operations import InsufficientFunds, release, reserve
from ledger.queries import issue_of
from wallet.models import BankLine, Payout

if TYPE_CHECKING:
    from ledger.models import Account, Reservation

NAMESPACE = uuid.UUID("0d1c3d4e-2b0a-5f0b-8c1e-6a5f2f0c9e47")
# A payout in the hands of a bank never lapses by itself.
KEPT_APART = timedelta(days=3653)
# What a payout needs beside its row. Asked under the lock, in a second look: what was waited for may have changed.
ALONG = ("treasury__neighbourhood", "account__coin", "payee", "requested_by", "approved_by", "reservation")


class CoinsGone(Refusal):
    """Somebody said that it failed, its coins were spent, and then the bank paid it after all."""

    code = "coins_gone"
    sentence = _(
        "The bank paid this payout after all, and its coins are no longer on the account. Ask %(name)s to see to that."
    )


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


def set_apart(account: Account, amount: int, *, key: uuid.UUID, actor: Actor, at: datetime) -> Reservation:
    """Reserve coins to be redeemed.

    :raises BookingRefused: what the ledger says of it.
    """
    return reserve(
        payer=account, payee=issue_of(account.coin), amount=amount, kind=TransferKind.REDEEM, key=key, actor=actor,
        at=at, expires_at=at + KEPT_APART,
    )  # fmt: skip


def reserve_again(payout: Payout, line: BankLine, *, actor: Actor, at: datetime) -> Reservation:
    """Reserve the coins of a payout whose first reservation was set free, for the line that says it was paid.

    :raises CoinsGone: when they were spent meanwhile.
    :raises BookingRefused: what else the ledger says of the account.
    """
    key = key_of(payout, f"again {line.pk}")
    try:
        return set_apart(payout.account, payout.amount, key=key, actor=actor, at=at)
    except InsufficientFunds as error:
        raise CoinsGone(name=payout.payee.display_name) from error
