from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.actor import Actor
from ledger.queries import balance_of
from marketplace.models import Offer, Voucher, VoucherUse
from marketplace.operations import vouchers
from marketplace.operations.orders.placing import place
from people.models import User
from tests.factories.market import AT, Market, market, supply
from tests.factories.people import actor
from tests.factories.wallet import fund

CARD = {"is_voucher": True, "uses": 10, "voucher_days": 30}
DAY = timedelta(days=1)


@dataclass
class Pool:
    """A card of ten turns for 42.00 that the shop sells, and what people do with it. Ann has 100.00."""

    there: Market
    offer: Offer
    at: datetime = AT
    keys: list[UUID] = field(default_factory=list)

    def buy(self, quantity: int = 1, login: User | None = None) -> Voucher:
        who = login or self.there.ann_login
        order = place(
            offer=self.offer, quantity=quantity, buyer=who.person, key=uuid4(), actor=actor(who), at=self.at
        )
        return order.voucher

    def take(self, voucher: Voucher, uses: int = 1, *, login: User | None = None, **more: Any) -> VoucherUse:
        who = self.seller if login is None else actor(login)
        return vouchers.use(
            voucher=voucher, uses=uses, **{"key": uuid4(), "actor": who, "at": self.at, **more}
        )

    @property
    def seller(self) -> Actor:
        return actor(self.there.sjoerd, principal=self.there.shop.holder)

    @property
    def buyer(self) -> Actor:
        return actor(self.there.ann_login)

    def has(self, account: Any) -> tuple[int, int]:
        """What an account has, and how much of that is reserved."""
        found = balance_of(account)
        return found.balance, found.reserved


@pytest.fixture
def pool(db: None) -> Pool:
    return a_pool()


def a_pool(**terms: Any) -> Pool:
    there = market()
    fund(there.place, there.ann, 100_00)
    offer = supply(there, "Tien keer zwemmen", 42_00, stock=5, terms={**CARD, **terms})
    return Pool(there=there, offer=offer)
