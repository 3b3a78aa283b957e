"""Delivering, all of it or a part, and confirming: then the seller is paid for what came."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from marketplace.models import Order
from marketplace.operations.orders.deadlines import SILENCE_WITHIN
from marketplace.operations.orders.settling import (
    check_in_time,
    check_not_by_voucher,
    check_side,
    hold,
    move,
    pay_out,
    put_back,
    set_free,
    share_of,
)
from marketplace.sides import Side
from marketplace.states import OrderState


class DeliveredTooMany(Refusal):
    """Nothing, or more than was ordered."""

    code = "market_delivered_too_many"
    sentence = _("You can deliver 1 to %(most)s. If you deliver nothing, take the order back instead.")
    field = "quantity"


def deliver(*, order: Order, actor: Actor, at: datetime, quantity: int | None = None) -> None:
    """This will say that the order was delivered: so many of it, or all. The buyer has fourteen days to object.

    :raises DeliveredTooMany: for nothing, or more than was ordered.
    :raises NotYourTrade, OwnMatter, ByVoucher, TooLate, MoveRefused: nothing happened.
    """
    check_not_by_voucher(order)
    check_side(order, Side.SELLER, actor, at)
    pieces = order.quantity if quantity is None else quantity
    if not 1 <= pieces <= order.quantity:
        raise DeliveredTooMany(most=order.quantity)
    with transaction.atomic():
        hold(order, "deliver")
        check_in_time(order, at)
        _deliver(order, pieces, actor, at)


def confirm(*, order: Order, actor: Actor, at: datetime) -> None:
    """This will pay the seller for what came. What did not come goes back: the coins to the buyer, the pieces to the
    offer. A buyer who began a disagreement ends it so.

    :raises NotYourTrade, OwnMatter: to who does not buy it, or has to do with the seller.
    :raises ByVoucher, MoveRefused, ReservationOver: nothing happened.
    """
    check_not_by_voucher(order)
    check_side(order, Side.BUYER, actor, at)
    with transaction.atomic():
        hold(order, "confirm", with_offer=True)
        _confirm(order, actor, at)


def receive(*, order: Order, actor: Actor, at: datetime) -> None:
    """This will say that all of an accepted order came, and pay for it at once: for the buyer, at the counter.

    :raises NotYourTrade, OwnMatter, ByVoucher, TooLate, MoveRefused, ReservationOver: nothing happened.
    """
    check_not_by_voucher(order)
    check_side(order, Side.BUYER, actor, at)
    with transaction.atomic():
        hold(order, "deliver", with_offer=True)
        check_in_time(order, at)
        _deliver(order, order.quantity, actor, at)
        _confirm(order, actor, at)


def confirm_by_silence(*, order: Order, at: datetime) -> bool:
    """This will pay for what was delivered when the buyer said nothing. For the clock; says whether it was due."""
    with transaction.atomic():
        hold(order, "confirm", with_offer=True)
        if order.state != OrderState.DELIVERED or order.due_at is None or order.due_at > at:
            return False
        _confirm(order, Actor.system(), at)
    return True


def _deliver(order: Order, pieces: int, actor: Actor, at: datetime) -> None:
    move(order, "deliver", actor=actor, at=at, delivered=pieces, due_at=at + SILENCE_WITHIN)


def _confirm(order: Order, actor: Actor, at: datetime) -> None:
    came = order.delivered or 0
    amount = share_of(order, came)
    paid = pay_out(order, amount, actor=actor, at=at)
    set_free(order, actor=actor, at=at)
    put_back(order, order.quantity - came)
    move(order, "confirm", actor=actor, at=at, paid=amount, transfer=paid, due_at=None)
