"""What happens at a till, told once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from people.models import User
from tests.factories.people import actor
from tests.factories.wallet import AT, Place, key
from wallet.models import PaymentRequest, Till
from wallet.operations.payments import pay
from wallet.operations.tills import charge, open_till

if TYPE_CHECKING:
    from ledger.models import Account


def till_of(there: Place, name: str = "Counter") -> Till:
    """A till of the shop, opened by its owner."""
    return open_till(
        account=there.shop, name=name, key=key(f"till {name}"), actor=actor(there.sjoerd, principal=there.shop.holder),
        at=AT,
    )  # fmt: skip


def charged(there: Place, till: Till, amount: int = 12_50, text: str = "Tyre") -> PaymentRequest:
    """A code on the counter."""
    sjoerd = actor(there.sjoerd, principal=there.shop.holder)
    return charge(till=till, amount=amount, text=text, key=uuid4(), actor=sjoerd, at=AT)


def paid(asked: PaymentRequest, payer: Account, login: User) -> PaymentRequest:
    """Somebody scanned it and paid."""
    pay(
        payer=payer, payee=asked.payee, amount=asked.amount, text=asked.text, key=uuid4(), actor=actor(login), at=AT,
        day_limit=None, request=asked,
    )  # fmt: skip
    asked.refresh_from_db()
    return asked
