"""Questions of whoever keeps the money of a neighbourhood in order: all accounts of a coin, all of its limits."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from ledger.kinds import HELD
from ledger.models import Account, Coin, LimitRule
from ledger.queries.accounts import CLOSED_LAST
from ledger.queries.holders import names


def accounts_in(coin: Coin, *, not_of: Collection[str] = ()) -> QuerySet[Account]:
    """The accounts and pots in a coin with the names of their holders, those that are closed last.

    `not_of` leaves out kinds of holders: whose accounts nobody may leaf through.
    """
    held = Account.objects.filter(coin=coin, kind__in=HELD).exclude(holder_kind__in=not_of)
    return held.select_related("coin", *names("holder", "funder")).order_by(CLOSED_LAST, "pk")


def limits_of(coin: Coin) -> list[LimitRule]:
    """Every limit that was ever set in a coin, by kind of holder, the one said last first."""
    return list(LimitRule.objects.filter(coin=coin).order_by("holder_kind", "-pk"))
