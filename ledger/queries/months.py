"""A coin month by month: what came into circulation and went out of it, and what was earned and spent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from ledger.kinds import AccountKind, TransferKind
from ledger.models import Account, Coin, Transfer
from ledger.queries.statement import balance_on

SPENDING = frozenset({TransferKind.PAYMENT, TransferKind.SERVICE, TransferKind.DEBT})


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """A month of a coin by its first day, in minor units. `circulation` is what was about when it ended, or is now."""

    first_on: date
    issued: int
    redeemed: int
    circulation: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Doings:
    """What was earned and spent in a period (minor units), and how many holders did so."""

    earned: int
    earners: int
    spent: int
    spenders: int


def months_of(coin: Coin, months: Iterable[date]) -> list[Month]:
    """These months of a coin, each given by its first day, one after the other and the first one first.

    Money that a funder got back is among what was redeemed. Four queries, whatever the number of months.
    """
    wanted = list(months)
    issue = Account.objects.filter(coin=coin, kind=AccountKind.ISSUE).first()
    if issue is None or not wanted:
        return []
    about = -balance_on(issue, wanted[0] - timedelta(days=1))
    issued, redeemed = (
        _by_month(Transfer.objects.filter(**{side: issue, "booked_on__gte": wanted[0]}))
        for side in ("payer", "payee")
    )
    found = []
    for first_on in wanted:
        came, went = issued.get(first_on, 0), redeemed.get(first_on, 0)
        about += came - went
        found.append(Month(first_on=first_on, issued=came, redeemed=went, circulation=about))
    return found


def _by_month(transfers: QuerySet[Transfer]) -> dict[date, int]:
    months = transfers.annotate(month=TruncMonth("booked_on")).order_by().values_list("month")
    return dict(months.annotate(total=Sum("amount")))


def doings(coin: Coin, *, from_on: date, until_on: date) -> Doings:
    """What was earned as rewards and spent out of purses from one day until another, both counted.

    What was undone later is counted as it happened. It reads the bookings of those days: keep the answer.
    """
    days = {"booked_on__gte": from_on, "booked_on__lte": until_on}
    rewards = Transfer.objects.filter(
        payee__coin=coin, payee__kind=AccountKind.HOLDER, kind=TransferKind.REWARD, **days
    )
    payments = Transfer.objects.filter(
        payer__coin=coin, payer__kind=AccountKind.HOLDER, kind__in=SPENDING, **days
    )
    earned = rewards.aggregate(total=Sum("amount"), holders=Count("payee__holder", distinct=True))
    spent = payments.aggregate(total=Sum("amount"), holders=Count("payer__holder", distinct=True))
    return Doings(
        earned=earned["total"] or 0,
        earners=earned["holders"],
        spent=spent["total"] or 0,
        spenders=spent["holders"],
    )
