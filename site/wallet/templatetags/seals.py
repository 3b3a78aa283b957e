"""What a receipt says about its seal."""

from __future__ import annotations

from django import template

from ledger.queries import Receipt
from ledger.queries.seals import Seal, seal_of

register = template.Library()


@register.simple_tag
def seal(receipt: Receipt) -> Seal | None:
    """The seal of a receipt; None while it waits for one: {% seal receipt as sealed %}."""
    return seal_of(receipt.transfer.pk)
