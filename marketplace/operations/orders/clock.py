"""What happens to orders by the clock: each in its own transaction, so that one that cannot be done stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from core.refusals import Refusal
from core.states import MoveRefused
from marketplace.models import Order
from marketplace.operations.orders.answering import expire
from marketplace.operations.orders.delivering import confirm_by_silence
from marketplace.operations.orders.disputes import end_unruled
from marketplace.queries.orders import due_orders
from marketplace.states import OrderState

logger = logging.getLogger(__name__)

NEXT: Final[dict[str, Callable[..., bool]]] = {
    OrderState.PLACED: expire,
    OrderState.ACCEPTED: expire,
    OrderState.DELIVERED: confirm_by_silence,
    OrderState.DISPUTED: end_unruled,
}


def watch_orders(now: datetime) -> int:
    """This will take the next step of each order of which the time has passed. Gives how many it were.

    Somebody may do something in the same moment: then it is theirs. What the ledger refuses (the coins are no longer
    reserved, because nobody looked at the clock for weeks) is logged and stays, for somebody to look at.
    """
    return sum(_step(order, now) for order in due_orders(now))


def _step(order: Order, now: datetime) -> bool:
    try:
        return NEXT[order.state](order=order, at=now)
    except MoveRefused:
        return False
    except Refusal as refusal:
        logger.error("Order %s is due and cannot be ended: %s", order.pk, refusal.code)
        return False
