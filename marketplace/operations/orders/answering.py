"""The seller says yes or no; either side takes back what cannot go on."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from django.db import transaction

from core.actor import Actor
from core.states import MoveRefused
from marketplace.models import Order
from marketplace.operations.orders.deadlines import DELIVER_WITHIN
from marketplace.operations.orders.settling import (
    check_in_time,
    check_not_by_voucher,
    check_side,
    hold,
    move,
    put_back,
    set_free,
    words_in,
)
from marketplace.sides import Side
from marketplace.states import OrderState

LONGEST_REASON: Final = 500


def accept(*, order: Order, actor: Actor, at: datetime) -> None:
    """This will promise to deliver, within thirty days.

    :raises NotYourTrade, OwnMatter: to who does not sell it, or has to do with the buyer.
    :raises TooLate, MoveRefused: when the time for it has passed, or it was dealt with.
    """
    check_side(order, Side.SELLER, actor, at)
    with transaction.atomic():
        hold(order, "accept")
        check_in_time(order, at)
        move(order, "accept", actor=actor, at=at, due_at=at + DELIVER_WITHIN)


def decline(*, order: Order, reason: str, actor: Actor, at: datetime) -> None:
    """This will say no: all coins come free and the pieces can be ordered again.

    :raises NothingSaid: without a reason; the buyer reads it.
    :raises NotYourTrade, OwnMatter, MoveRefused: nothing happened.
    """
    check_side(order, Side.SELLER, actor, at)
    why = words_in(reason, most=LONGEST_REASON)
    _undo(order, "decline", actor, at, why)


def cancel(*, order: Order, reason: str, actor: Actor, at: datetime) -> None:
    """This will take an order back: the buyer until it is accepted, the seller after that, with a reason.

    The buyer needs none: nobody has done anything for it yet.

    :raises NothingSaid: without a reason from the seller.
    :raises NotYourTrade, OwnMatter, ByVoucher, MoveRefused: nothing happened.
    """
    check_not_by_voucher(order)
    side: Literal[Side.BUYER, Side.SELLER] = Side.BUYER if order.state == OrderState.PLACED else Side.SELLER
    check_side(order, side, actor, at)
    why = words_in(reason, most=LONGEST_REASON) if side == Side.SELLER or reason.strip() else ""
    _undo(order, "cancel", actor, at, why, only_from=order.state)


def expire(*, order: Order, at: datetime) -> bool:
    """This will end an order that was not accepted or not delivered in time. For the clock; says whether it was due."""
    with transaction.atomic():
        hold(order, "expire", with_offer=True)
        if order.due_at is None or order.due_at > at:
            return False
        _give_all_back(order, Actor.system(), at)
        move(order, "expire", actor=Actor.system(), at=at, due_at=None)
    return True


def _undo(
    order: Order, event: str, actor: Actor, at: datetime, reason: str, *, only_from: str = OrderState.PLACED
) -> None:
    with transaction.atomic():
        hold(order, event, with_offer=True)
        if order.state != only_from:  # accepted meanwhile: then it is the other side's to take back
            raise MoveRefused
        _give_all_back(order, actor, at)
        move(order, event, actor=actor, at=at, reason=reason, due_at=None)


def _give_all_back(order: Order, actor: Actor, at: datetime) -> None:
    set_free(order, actor=actor, at=at)
    put_back(order, order.quantity)
