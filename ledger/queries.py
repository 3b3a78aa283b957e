"""What can be asked of the ledger: so far, which coins there are."""

from __future__ import annotations

from django.db.models import QuerySet

from ledger.models import Coin


def neighbourhood_coins() -> QuerySet[Coin]:
    """All coins but the national currencies, by name."""
    return Coin.objects.filter(pegged_to__isnull=False).order_by("name")


def coin_by_code(code: str) -> Coin:
    """The coin with this code.

    :raises Coin.DoesNotExist: when there is none.
    """
    return Coin.objects.get(code=code)
