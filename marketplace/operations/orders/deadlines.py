"""How long each side of an order has. When nobody does anything, the clock takes the next step (`orders.clock`)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from core.clock import day_of

ACCEPT_WITHIN = timedelta(days=7)  # the seller; after it the order expires
DELIVER_WITHIN = timedelta(days=30)  # the seller, of accepting; after it the order expires
SILENCE_WITHIN = timedelta(days=14)  # the buyer, of delivery; who says nothing is content
RULE_WITHIN = timedelta(days=30)  # the board; after it everything goes back to the buyer

# All of the above after each other, with room for a clock that stood still for a week.
RESERVED_FOR = timedelta(days=90)


def voucher_lasts_until(at: datetime, days: int) -> datetime:
    """Until when the coins of a voucher stay reserved that is bought at a moment and valid for so many days.

    The day after its last one is included, so that the clock of vouchers ends it, and not that of the ledger.
    """
    after = day_of(at) + timedelta(days=days + 2)
    return timezone.make_aware(datetime.combine(after, datetime.min.time()))
