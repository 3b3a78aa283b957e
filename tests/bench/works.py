"""Our operations, as the clients do them over and over."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from core import clock
from ledger.kinds import Label, TransferKind
from ledger.operations import Line, capture, reserve, transfer, transfer_many
from tests.bench.clients import Step
from tests.bench.payments import Payments, prepare

__all__ = ["batch_100", "batch_1000", "ours", "ours_hot", "prepare", "reserving"]

HOUR = timedelta(hours=1)


def ours(client: int, *, is_hot: bool = False) -> Step:
    """A transfer: limits are asked, the label is counted."""
    payments = Payments(client, is_hot=is_hot)

    def step() -> int:
        payer, payee, amount = payments.next()
        transfer(
            payer=payer,
            payee=payee,
            amount=amount,
            kind=TransferKind.PAYMENT,
            key=uuid4(),
            actor=payments.actor,
            at=clock.now(),
            label=Label.SALE,
        )
        return 1

    return step


def ours_hot(client: int) -> Step:
    return ours(client, is_hot=True)


def reserving(client: int) -> Step:
    """An amount is reserved, and then captured: two operations."""
    payments = Payments(client, is_hot=False)

    def step() -> int:
        payer, payee, amount = payments.next()
        at = clock.now()
        held = reserve(
            payer=payer,
            payee=payee,
            amount=amount,
            kind=TransferKind.PAYMENT,
            key=uuid4(),
            expires_at=at + HOUR,
            actor=payments.actor,
            at=at,
            label=Label.SALE,
        )
        capture(reservation=held, key=uuid4(), actor=payments.actor, at=clock.now())
        return 1

    return step


def batch(client: int, *, size: int) -> Step:
    """Many transfers between anybody in one commit."""
    payments = Payments(client, is_hot=False)

    def line() -> Line:
        payer, payee, amount = payments.next()
        return Line(
            payer=payer, payee=payee, amount=amount, kind=TransferKind.PAYMENT, key=uuid4(), label=Label.SALE
        )

    def step() -> int:
        transfer_many(lines=[line() for _ in range(size)], actor=payments.actor, at=clock.now())
        return size

    return step


def batch_100(client: int) -> Step:
    return batch(client, size=100)


def batch_1000(client: int) -> Step:
    return batch(client, size=1000)
