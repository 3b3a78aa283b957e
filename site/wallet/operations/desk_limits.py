"""Limits at the finance desk: how much a kind of holder may pay."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from core.actor import Actor
from core.clock import day_of
from ledger.operations import set_limit
from ledger.queries import limits_of
from neighbourhoods.models import Neighbourhood
from wallet.permissions import check_finance

if TYPE_CHECKING:
    from ledger.models import LimitRule


def say_limit(
    *,
    neighbourhood: Neighbourhood,
    holder_kind: str,
    per_payment: int | None,
    per_day: int | None,
    per_month: int | None,
    from_on: date,
    until_on: date | None,
    actor: Actor,
    at: datetime,
) -> LimitRule:
    """This will limit what a kind of holder pays in the coin of a neighbourhood (minor units; None is no limit).

    Said again in the same words, with nothing said of this kind since, it is the same limit.

    :raises InvalidLimit, NotAllowed: nothing happened.
    """
    check_finance(actor, neighbourhood, day_of(at))
    with transaction.atomic():
        # A form that is sent twice: the second waits here, and finds what the first said.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        said = next((one for one in limits_of(neighbourhood.coin) if one.holder_kind == holder_kind), None)
        asked = (per_payment, per_day, per_month, from_on, until_on)
        if said and asked == (said.per_payment, said.per_day, said.per_month, said.from_on, said.until_on):
            return said
        return set_limit(
            coin=neighbourhood.coin, holder_kind=holder_kind, per_payment=per_payment, per_day=per_day,
            per_month=per_month, from_on=from_on, until_on=until_on, actor=actor, at=at,
        )  # fmt: skip
