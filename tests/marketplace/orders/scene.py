"""Orders on the way: Ann buys from the shop, for which Sjoerd acts."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ledger.queries import balance_of
from marketplace.models import Offer, Order, Response
from marketplace.operations.orders.answering import accept
from marketplace.operations.orders.delivering import confirm, deliver
from marketplace.operations.orders.disputes import dispute
from marketplace.operations.orders.placing import place
from marketplace.operations.responses import respond
from people.models import User
from tests.factories.market import AT, Market, supply
from tests.factories.people import actor
from tests.factories.wallet import key

if TYPE_CHECKING:
    from ledger.models import Account

PRICE = 12_50

__all__ = ["AT", "PRICE", "accepted", "actor", "confirmed", "delivered", "disputed", "placed"]


def placed(there: Market, quantity: int = 1, *, offer: Offer | None = None, **more: Any) -> Order:
    """Ordered by Ann, unless somebody else is named (`by`, a login)."""
    by: User = more.pop("by", there.ann_login)
    words: dict[str, Any] = {"buyer": by.person, "key": uuid.uuid4(), "actor": actor(by), "at": AT, **more}
    return place(offer=offer or supply(there), quantity=quantity, **words)


def accepted(there: Market, quantity: int = 1, *, at: datetime = AT, **more: Any) -> Order:
    order = placed(there, quantity, at=at, **more)
    accept(order=order, actor=actor(there.sjoerd), at=at)
    return order


def delivered(
    there: Market, quantity: int = 1, *, came: int | None = None, at: datetime = AT, **more: Any
) -> Order:
    order = accepted(there, quantity, at=at, **more)
    deliver(order=order, quantity=came, actor=actor(there.sjoerd), at=at)
    return order


def disputed(there: Market, quantity: int = 1, *, at: datetime = AT, **more: Any) -> Order:
    order = delivered(there, quantity, at=at, **more)
    dispute(order=order, text="It is not what I ordered.", language="en", actor=actor(there.ann_login), at=at)
    return order


def confirmed(there: Market, quantity: int = 1, *, at: datetime = AT, **more: Any) -> Order:
    order = delivered(there, quantity, at=at, **more)
    confirm(order=order, actor=actor(there.ann_login), at=at)
    return order


def answered(there: Market, offer: Offer, amount: int = 4_00, *, by: User | None = None) -> Response:
    """An answer to a demand, by Ben unless somebody else is named."""
    who = by or there.ben_login
    return respond(
        offer=offer, responder=who.person, amount=amount, text="I have time.", language="en", key=uuid.uuid4(),
        actor=actor(who), at=AT,
    )  # fmt: skip


def money(account: Account) -> tuple[int, int]:
    """What is on it, and how much of that is reserved."""
    found = balance_of(account)
    return found.balance, found.reserved


def left(offer: Offer) -> int | None:
    """How many pieces can be ordered, as the database says."""
    offer.refresh_from_db(fields=["stock"])
    return offer.stock


def same_key(name: str) -> uuid.UUID:
    return key(name)
