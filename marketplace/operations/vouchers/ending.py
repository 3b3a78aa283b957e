"""How a voucher ends before it is used up: given back by its buyer, or lapsed. What is left comes back either way."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from core.states import transition
from marketplace.models import Order, Refund, Voucher
from marketplace.operations.doors import trader_of
from marketplace.operations.orders.settling import CHANGING, hold_offer, settle_voucher


class NotGivenBackAnyMore(Refusal):
    """The terms that it was bought under say otherwise."""

    code = "not_given_back_any_more"
    sentence = _(
        "You can no longer give this voucher back: %(rule)s. What is left comes back after its last day."
    )


def refund_voucher(*, voucher: Voucher, actor: Actor, at: datetime) -> Voucher:
    """This will give a voucher back: what was not used of it comes free on the buyer's account.

    :raises NotYourTrade: to who does not act for the buyer.
    :raises NotGivenBackAnyMore: when its terms do not allow it (anymore).
    :raises MoveRefused: when it is used up, lapsed or given back. A blocked one can be given back: it may be lost.
    """
    order = _order_of(voucher)
    trader_of(actor, order.buyer, at)
    with transaction.atomic():
        locked = _held(order, voucher)
        rule = order.terms.refund
        if rule == Refund.AT_END or (rule == Refund.UNUSED and locked.used):
            raise NotGivenBackAnyMore(rule=Refund(rule).label)
        _end(order, locked, "refund", actor=actor, at=at)
    voucher.state = locked.state
    return voucher


def lapse(*, voucher: Voucher, at: datetime) -> None:
    """This will end a voucher whose last day has passed.

    :raises MoveRefused: when it ended otherwise meanwhile.
    """
    order = _order_of(voucher)
    with transaction.atomic():
        locked = _held(order, voucher)
        _end(order, locked, "expire", actor=Actor.system(), at=at)
    voucher.state = locked.state


def block(*, voucher: Voucher, actor: Actor, at: datetime) -> Voucher:
    """This will have a voucher not be taken any more: it was lost, or somebody else has its code.

    :raises NotYourTrade: to who does not act for the buyer.
    :raises MoveRefused: when it ended already.
    """
    return _move(voucher, "block", actor, at)


def unblock(*, voucher: Voucher, actor: Actor, at: datetime) -> Voucher:
    """This will have a voucher be taken again.

    :raises NotYourTrade: to who does not act for the buyer.
    :raises MoveRefused: when it is not blocked.
    """
    used = Voucher.objects.values_list("used", flat=True).get(
        pk=voucher.pk
    )  # a blocked one is used no further
    return _move(voucher, "unblock_used" if used else "unblock", actor, at)


def lock(order: Order) -> None:
    """Lock an order whose offer is locked, and read anew what steps change. A voucher is locked after its order."""
    order.refresh_from_db(
        fields=CHANGING, from_queryset=Order.objects.select_for_update(no_key=True, of=("self",))
    )


def _end(
    order: Order, voucher: Voucher, event: Literal["refund", "expire"], *, actor: Actor, at: datetime
) -> None:
    """The voucher, its order, and what is left of its coins. For who holds the locks."""
    transition(voucher, event, actor=actor, at=at, about=(order.buyer,))
    settle_voucher(
        order=order, event="cancel" if event == "refund" else "expire", used=voucher.used, uses=voucher.uses,
        paid=order.paid, actor=actor, at=at,
    )  # fmt: skip


def _move(voucher: Voucher, event: str, actor: Actor, at: datetime) -> Voucher:
    order = _order_of(voucher)
    trader_of(actor, order.buyer, at)
    with transaction.atomic():
        transition(voucher, event, actor=actor, at=at, about=(order.buyer,))
    return voucher


def _held(order: Order, voucher: Voucher) -> Voucher:
    hold_offer(order.offer_id)
    lock(order)
    return Voucher.objects.select_for_update(no_key=True).get(pk=voucher.pk)


def _order_of(voucher: Voucher) -> Order:
    along = ("buyer", "seller", "terms", "reservation")
    return Order.objects.select_related(*along).get(pk=voucher.order_id)
