"""Coins in sums: of several coins what is about and what stands behind it, and of one coin who have it together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from ledger.kinds import AccountKind
from ledger.models import Account, Coin
from ledger.queries.coins import Backing

# Accounts that the circulation of a coin lies on.
ABOUT = (AccountKind.HOLDER, AccountKind.POT, AccountKind.CLEARING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What the holders of one kind have together on accounts of one kind (minor units), and how many have anything."""

    kind: AccountKind
    holder_kind: str
    amount: int
    holders: int


def backings(coins: Iterable[Coin]) -> dict[int, Backing]:
    """Circulation and reserve of several coins, by the number of the coin: one look, so one moment."""
    numbers = [coin.pk for coin in coins]
    both = Account.objects.filter(Q(coin__in=numbers, kind=AccountKind.ISSUE) | Q(backs__in=numbers))
    owed, kept = dict.fromkeys(numbers, 0), dict.fromkeys(numbers, 0)
    for kind, coin_id, backs_id, balance in both.values_list("kind", "coin", "backs", "balance"):
        if kind == AccountKind.ISSUE:
            owed[coin_id] = -balance
        else:
            kept[backs_id] = balance
    return {pk: Backing(circulation=owed[pk], reserve=kept[pk]) for pk in numbers}


def shares_of(coin: Coin) -> list[Share]:
    """Who have the coins that are about, in sums by kind; together they are the circulation. Nobody's own balance.

    A sum of few is the balance of somebody: whoever shows this folds those together. It reads all accounts of the
    coin: keep the answer.
    """
    accounts = Account.objects.filter(coin=coin, kind__in=ABOUT).values("kind", "holder_kind")
    sums = accounts.annotate(
        amount=Sum("balance"), holders=Count("holder", filter=~Q(balance=0), distinct=True)
    )
    return [
        Share(
            kind=AccountKind(one["kind"]),
            holder_kind=one["holder_kind"],
            amount=one["amount"],
            holders=one["holders"],
        )
        for one in sums.order_by("kind", "holder_kind")
        if one["holders"]
    ]
