"""Limits for the safety of money."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from ledger.models import Coin, LimitRule
from ledger.refusals import InvalidLimit


def set_limit(
    *,
    coin: Coin,
    holder_kind: str,
    per_payment: int | None,
    per_day: int | None,
    per_month: int | None,
    from_on: date,
    actor: Actor,
    at: datetime,
    until_on: date | None = None,
) -> LimitRule:
    """This will limit what this kind of holder pays in a coin (minor units; None is no limit), from a day on.

    Of several limits for one day the one said last holds; when it ends, the one before it holds again. What was paid
    stays paid.

    :raises InvalidLimit: when an amount is below nought, or the first day is in the past or after the last.
    """
    _check(day_of(at), from_on, until_on, (per_payment, per_day, per_month))
    with transaction.atomic():
        rule = LimitRule.objects.create(
            coin=coin, holder_kind=holder_kind, per_payment=per_payment, per_day=per_day, per_month=per_month,
            from_on=from_on, until_on=until_on,
        )  # fmt: skip
        record("limit.set", subject=rule, actor=actor, at=at)
    return rule


def _check(today: date, from_on: date, until_on: date | None, amounts: tuple[int | None, ...]) -> None:
    if any(amount is not None and amount < 0 for amount in amounts):
        raise InvalidLimit(why=gettext("An amount is below nought."))
    if from_on < today:
        raise InvalidLimit(why=gettext("It would begin in the past."))
    if until_on is not None and until_on < from_on:
        raise InvalidLimit(why=gettext("It would end before it begins."))
