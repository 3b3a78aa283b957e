"""What happens to vouchers by the clock: on the day after its last one, a voucher lapses."""

from __future__ import annotations

from datetime import datetime

from core.clock import day_of
from marketplace.models import Voucher
from marketplace.operations.clock import each, watched
from marketplace.operations.vouchers.ending import lapse
from marketplace.states import VOUCHER


@watched
def watch_vouchers(now: datetime) -> int:
    """This will end vouchers whose last day has passed, and say how many. Each is a transaction of its own."""
    over = Voucher.objects.exclude(state__in=VOUCHER.ends).filter(expires_on__lt=day_of(now))
    numbers = list(over.order_by("expires_on", "pk").values_list("pk", flat=True))

    def end(number: int) -> bool:
        lapse(voucher=Voucher.objects.get(pk=number), at=now)
        return True

    return each("voucher", numbers, end)
