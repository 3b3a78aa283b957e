"""What somebody received under legal labels, booking by booking: what a statement of a year is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from core.actor import PartyLike
from ledger.kinds import AccountKind, Label, TransferKind
from ledger.models import Coin, Transfer
from ledger.queries.holders import Holder, names


@dataclass(frozen=True, kw_only=True, slots=True)
class Earned:
    """What is left of one booking (minor units) after what was undone of it, on the day on which it was booked.

    `pot` is the name of the pot that it came from, where it came from one.
    """

    transfer_id: int
    booked_on: date
    label: Label
    amount: int
    coin: Coin
    payer: Holder
    pot: str
    note: str


def earned(holders: Iterable[PartyLike], *, from_on: date, until_on: date) -> list[Earned]:
    """All that came under any label in a period of local days, the first day first. One query.

    Its sums are those of the tallies: what was undone counts on the day of what it undoes.
    """
    undoing = Transfer.objects.filter(reverses=OuterRef("pk")).order_by().values("reverses")
    undone = Coalesce(Subquery(undoing.annotate(total=Sum("amount")).values("total")), Value(0))
    found = _labelled(holders).filter(booked_on__gte=from_on, booked_on__lte=until_on)
    left = found.annotate(net=F("amount") - undone).filter(net__gt=0)
    along = left.select_related("coin__pegged_to", "note", "payer", *names("payer__holder"))
    return [_earned(one) for one in along.order_by("booked_on", "pk")]


def years_earned(holders: Iterable[PartyLike]) -> list[int]:
    """The years in which something came under a label, the last one first."""
    return [day.year for day in _labelled(holders).dates("booked_on", "year", order="DESC")]


def _labelled(holders: Iterable[PartyLike]) -> QuerySet[Transfer]:
    numbers: Any = holders.values("pk") if isinstance(holders, QuerySet) else [one.pk for one in holders]
    return (
        Transfer.objects.filter(payee__holder__in=numbers)
        .exclude(label="")
        .exclude(kind=TransferKind.CHARGEBACK)
    )


def _earned(transfer: Any) -> Earned:
    payer, note = transfer.payer, getattr(transfer, "note", None)
    return Earned(
        transfer_id=transfer.pk,
        booked_on=transfer.booked_on,
        label=Label(transfer.label),
        amount=transfer.net,
        coin=transfer.coin,
        payer=payer.holder,
        pot=payer.label if payer.kind == AccountKind.POT else "",
        note=note.text if note else "",
    )
