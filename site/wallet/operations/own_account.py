"""The account of an organisation itself, for money that has no other account to go to."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from core.actor import Actor
from ledger.kinds import AccountKind, AccountState
from ledger.operations import open_account
from ledger.queries import accounts_of
from people.models import Party

if TYPE_CHECKING:
    from ledger.models import Account, Coin

NAMESPACE = uuid.UUID("c7a0b0e4-51f0-5f3e-9d43-27d5b6f2a9c1")


def own_account(holder: Party, coin: Coin, actor: Actor, at: datetime) -> Account:
    """The holder's account in this coin, opened when there is none. A blocked one is not passed by.

    It lies outside the area until the finance desk says otherwise: announcing money is no way around that desk.
    """
    mine = accounts_of(holder).filter(coin=coin, kind=AccountKind.HOLDER)
    found = mine.exclude(state=AccountState.CLOSED).order_by("pk").first()
    if found is not None:
        return found
    return open_account(
        coin=coin, kind=AccountKind.HOLDER, holder=holder, holder_kind=holder.kind,
        key=uuid.uuid5(NAMESPACE, f"{coin.pk} {holder.pk} {mine.count()}"), actor=actor, at=at, in_area=False,
    )  # fmt: skip
