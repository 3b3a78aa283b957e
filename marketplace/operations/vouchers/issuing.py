"""A voucher is made with its order, in one transaction: who bought it has its code at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from marketplace.codes import new_code
from marketplace.models import Order, Voucher
from marketplace.operations.orders.placing import issuers

TRIES: Final = 5  # a code that somebody has already is rarer than a broken disk


def issue(order: Order, at: datetime) -> Voucher:
    """This will make the voucher of an order that was placed and accepted just now, in the same transaction."""
    days = order.terms.voucher_days or 0
    voucher = _written(order, expires_on=day_of(at) + timedelta(days=days), at=at)
    record("voucher.issue", subject=voucher, actor=Actor.system(), at=at, about=[order.buyer])
    return voucher


def _written(order: Order, *, expires_on: date, at: datetime) -> Voucher:
    for attempt in range(TRIES):
        voucher = Voucher(
            order=order, code=new_code(), uses=order.quantity * order.terms.uses,
            expires_on=expires_on, made_at=at,
        )  # fmt: skip
        try:
            with transaction.atomic():
                voucher.save(force_insert=True)
        except IntegrityError:
            if attempt == TRIES - 1 or not Voucher.objects.filter(code=voucher.code).exists():
                raise
        else:
            return voucher
    raise AssertionError  # the last try returned or raised


if issue not in issuers:
    issuers.append(issue)
