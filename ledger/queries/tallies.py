"""What somebody received under a legal label, read from the tallies: legal caps are judged by these."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from core.actor import PartyLike
from ledger.models import Coin, Tally


def received(
    holders: Iterable[PartyLike], *, currency: Coin, label: str, from_month: date, until_month: date
) -> int:
    """What these holders received together under a label, in minor units, over all coins of a national currency.

    A person may be known under several numbers: give them all. Of a month any day will do; both months count.
    """
    rows = _rows(holders, currency=currency, label=label, from_month=from_month, until_month=until_month)
    total: int | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or 0


def received_by_month(
    holders: Iterable[PartyLike],
    *,
    currency: Coin,
    label: str | Collection[str],
    from_month: date,
    until_month: date,
) -> dict[date, int]:
    """The same month by month, each by its first day, the first month first; without those that brought nothing. Of
    several labels their sum."""
    rows = _rows(holders, currency=currency, label=label, from_month=from_month, until_month=until_month)
    months = rows.values_list("month").annotate(total=Sum("amount")).filter(total__gt=0)
    return dict(months.order_by("month"))


def _rows(
    holders: Iterable[PartyLike],
    *,
    currency: Coin,
    label: str | Collection[str],
    from_month: date,
    until_month: date,
) -> QuerySet[Tally]:
    # A queryset goes into the question itself: no query of its own.
    numbers: Any = holders.values("pk") if isinstance(holders, QuerySet) else [one.pk for one in holders]
    return Tally.objects.filter(
        holder__in=numbers,
        currency=currency,
        label__in=[label] if isinstance(label, str) else label,
        month__gte=from_month.replace(day=1),
        month__lte=until_month.replace(day=1),
    )
