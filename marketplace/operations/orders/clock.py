"""What happens to orders and answers by the clock, when nobody does anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from ledger.operations import BookingRefused
from marketplace.models import Order, Response
from marketplace.operations.clock import each, watched
from marketplace.operations.orders.answering import expire
from marketplace.operations.orders.delivering import confirm_by_silence
from marketplace.operations.orders.disputes import end_unruled
from marketplace.operations.responses import decline_when_ended
from marketplace.queries.orders import due_orders
from marketplace.queries.responses import left_open
from marketplace.states import OrderState

NEXT: Final[dict[str, Callable[..., bool]]] = {
    OrderState.PLACED: expire,
    OrderState.ACCEPTED: expire,
    OrderState.DELIVERED: confirm_by_silence,
    OrderState.DISPUTED: end_unruled,
}


@watched
def watch_orders(now: datetime) -> int:
    """This will take the next step of each order of which the time has passed. Gives how many it were."""
    return each("order", due_orders(now), partial(_step, now))


@watched
def watch_responses(now: datetime) -> int:
    """This will say no to the answers that wait on what is not asked any more. Gives how many it were."""
    return each("response", left_open(), partial(_say_no, now))


def _say_no(now: datetime, number: int) -> bool:
    response = Response.objects.select_related("offer", "responder").get(pk=number)
    return decline_when_ended(response=response, at=now)


def _step(now: datetime, number: int) -> bool:
    """Somebody may do something in the same moment: then it is theirs.

    :raises RuntimeError: when the ledger does not do it: the coins came free before their time, because nobody looked
        at the clock for weeks. It stays as it is, for somebody to look at.
    """
    order = Order.objects.select_related("offer", "terms", "buyer", "seller", "reservation").get(pk=number)
    step = NEXT.get(order.state)
    if step is None:
        return False
    try:
        return step(order=order, at=now)
    except BookingRefused as refusal:
        raise RuntimeError(f"Order {number} is due and cannot be ended: {refusal.code}") from refusal
