"""What happens to vouchers by the clock: on the day after its last one, a voucher lapses."""

from __future__ import annotations

from datetime import datetime

from core.clock import day_of
from core.states import MoveRefused
from marketplace.models import Voucher
from marketplace.operations.vouchers.ending import lapse
from marketplace.states import VOUCHER

AT_ONCE = 500


def watch_vouchers(now: datetime) -> int:
    """This will end vouchers whose last day has passed, and say how many. Each is a transaction of its own."""
    over = Voucher.objects.exclude(state__in=VOUCHER.ends).filter(expires_on__lt=day_of(now))
    ended = 0
    for voucher in over.order_by("expires_on", "pk")[:AT_ONCE]:
        try:
            lapse(voucher=voucher, at=now)
        except MoveRefused:  # used up or given back while we looked
            continue
        ended += 1
    return ended
