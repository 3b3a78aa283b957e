"""Words of paying: an address in groups, the number of a receipt, the coin's name beside an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from ledger.address import in_groups
from ledger.receipts import receipt_number as number_of

if TYPE_CHECKING:
    from ledger.models import Coin, Transfer

register = template.Library()

register.filter("in_groups", in_groups)


@register.filter
def receipt_number(transfer: Transfer) -> str:
    return number_of(transfer.pk)


@register.simple_tag
def coin_word(amount: int, coin: Coin) -> str:
    """The name of the coin after an amount in minor units: one, or several."""
    return coin.name if amount == 10**coin.decimals else coin.name_plural
