"""Where the coins of an account came from and what they went to, in sums. What was undone is not counted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from core.actor import PartyLike
from ledger.kinds import FundingState, Label, TransferKind
from ledger.models import Account, Funding, Transfer

# A sum of what fewer receivers got is said only together with others: of one person it would be their income.
FEWEST = 5
NOT_SPENT = (TransferKind.CHARGEBACK, TransferKind.REDEEM)

# What was paid in a month as something, less what was undone of it; months with few receivers stand together, and what
# has few receivers even so is left to the caller with their number. One look, so that all of it is of one moment.
SPENT = """WITH net AS (
    SELECT t.payer_id, t.kind, t.label, substr(CAST(t.booked_on AS VARCHAR(10)), 1, 7) AS month, payee.holder_id,
        t.amount - COALESCE((SELECT SUM(u.amount) FROM ledger_transfer u WHERE u.reverses_id = t.id), 0) AS amount
    FROM ledger_transfer t JOIN ledger_account payee ON payee.id = t.payee_id
    WHERE t.payer_id IN ({accounts}) AND t.kind NOT IN ('CHARGEBACK', 'REDEEM')
), paid AS (SELECT * FROM net WHERE amount > 0),
months AS (
    SELECT payer_id, kind, label, month, SUM(amount) AS amount, COUNT(DISTINCT holder_id) AS receivers
    FROM paid GROUP BY payer_id, kind, label, month
)
SELECT payer_id, kind, label, month, amount, receivers FROM months WHERE receivers >= %s
UNION ALL
SELECT paid.payer_id, paid.kind, paid.label, '', SUM(paid.amount), COUNT(DISTINCT paid.holder_id)
FROM paid JOIN months ON months.payer_id = paid.payer_id AND months.kind = paid.kind
    AND months.label = paid.label AND months.month = paid.month
WHERE months.receivers < %s GROUP BY paid.payer_id, paid.kind, paid.label"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spent:
    """A sum (minor units) that an account paid as something in a month, given by its first day.

    Without a month it is of several, in each of which few received; without a kind it is all that few received.
    """

    account_id: int
    kind: TransferKind | None
    label: Label
    month: date | None
    amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """All of an account in four sums (minor units): the first two less the last two are its balance."""

    issued: int = 0
    other_in: int = 0
    spent: int = 0
    redeemed: int = 0


def spent_from(accounts: Collection[Account]) -> list[Spent]:
    """What these accounts paid for: the last month first, then what is of several months, then the rest."""
    if not accounts:
        return []
    numbers = [account.pk for account in accounts]
    with connection.cursor() as cursor:
        cursor.execute(SPENT.format(accounts=", ".join(["%s"] * len(numbers))), [*numbers, FEWEST, FEWEST])
        rows = cursor.fetchall()
    told, rest = [], dict.fromkeys(numbers, 0)
    for account_id, kind, label, month, amount, receivers in rows:
        if receivers < FEWEST:
            rest[account_id] += int(amount)
        else:
            first_on = date.fromisoformat(f"{month}-01") if month else None
            told.append(
                Spent(
                    account_id=account_id,
                    kind=TransferKind(kind),
                    label=Label(label),
                    month=first_on,
                    amount=int(amount),
                )
            )
    told += [
        Spent(account_id=pk, kind=None, label=Label.NONE, month=None, amount=amount)
        for pk, amount in rest.items()
        if amount
    ]
    return sorted(told, key=_order)


def _order(one: Spent) -> tuple[int, bool, int, str, str]:
    month = one.month
    return (
        one.account_id, one.kind is None, -(month.year * 12 + month.month) if month else 0, one.kind or "",
        one.label,
    )  # fmt: skip


def totals_of(accounts: Collection[Account]) -> dict[int, Totals]:
    """What came in and went out of each of these accounts. Two queries, however many they are."""
    numbers = [account.pk for account in accounts]
    came = _net(Transfer.objects.filter(payee__in=numbers).exclude(kind=TransferKind.CHARGEBACK))
    went = _net(Transfer.objects.filter(payer__in=numbers).exclude(kind=TransferKind.CHARGEBACK))
    issued, redeemed = Q(kind=TransferKind.ISSUE), Q(kind=TransferKind.REDEEM)
    ins = _sums(came, "payee", issued)
    outs = _sums(went, "payer", redeemed)
    return {
        pk: Totals(
            issued=ins.get(pk, (0, 0))[0], other_in=ins.get(pk, (0, 0))[1], redeemed=outs.get(pk, (0, 0))[0],
            spent=outs.get(pk, (0, 0))[1],
        )
        for pk in numbers
    }  # fmt: skip


def spent_since(accounts: Collection[Account], day: date) -> dict[int, int]:
    """What each of these accounts paid from a day on, without what was paid back to its funder."""
    paid = Transfer.objects.filter(payer__in=[account.pk for account in accounts], booked_on__gte=day)
    sums = _net(paid.exclude(kind__in=NOT_SPENT)).order_by().values_list("payer").annotate(sum=Sum("net"))
    return {pk: amount for pk, amount in sums if amount}


def given_to(accounts: Collection[Account], funder: PartyLike) -> dict[int, int]:
    """What this funder gave to each of these accounts, without what it got back because it was a mistake."""
    fundings = Funding.objects.filter(
        payee__in=[account.pk for account in accounts], funder=funder.pk, state=FundingState.ISSUED
    )
    return dict(fundings.order_by().values_list("payee").annotate(sum=Sum("received")))


def _net(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    """Each with what is left of it after what was undone."""
    undoing = Transfer.objects.filter(reverses=OuterRef("pk")).order_by().values("reverses")
    undone = Coalesce(Subquery(undoing.annotate(total=Sum("amount")).values("total")), Value(0))
    return transfers.annotate(net=F("amount") - undone)


def _sums(transfers: QuerySet[Transfer], side: str, apart: Q) -> dict[int, tuple[int, int]]:
    """By account: the sum of what is asked apart, and of all else."""
    rows = transfers.order_by().values_list(side).annotate(
        apart=Sum("net", filter=apart, default=0), rest=Sum("net", filter=~apart, default=0)
    )  # fmt: skip
    return {pk: (int(one), int(rest)) for pk, one, rest in rows}
