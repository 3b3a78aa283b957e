"""Giving back what was paid: once, all of it or a part, by the seller, as a chargeback of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.amounts import format_amount
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import NotAllowed, Refusal
from ledger.operations import charge_back
from marketplace.models import Order
from marketplace.operations.orders.settling import check_side, hold, move, words_in
from marketplace.sides import Side, is_by_voucher
from people.permissions import may_pay, may_sell

if TYPE_CHECKING:
    from ledger.models import Transfer

LONGEST_REASON = 140  # it stands on the receipt


class RefundOutOfRange(Refusal):
    """Nothing, or more than was paid."""

    code = "market_refund_out_of_range"
    sentence = _("Give back between 0.01 and %(most)s: that is what was paid.")
    field = "amount"


class MayNotRefund(NotAllowed):
    """Who acts sells for this party, and does not give its money back."""

    code = "market_may_not_refund"
    sentence = _("You may not give money back for %(name)s. Ask its owner, or who keeps its money.")


def refund(*, order: Order, amount: int, reason: str, actor: Actor, at: datetime) -> None:
    """This will give back so much of what was paid (minor units), once.

    :raises RefundOutOfRange: for nothing, or more than was paid.
    :raises NothingSaid: without a reason; the buyer reads it.
    :raises InsufficientFunds: when the seller has spent the coins.
    :raises NotYourTrade, MayNotRefund, OwnMatter, MoveRefused, AccountNotOpen: nothing happened.
    """
    person = check_side(order, Side.SELLER, actor, at)
    if not (may_pay(person, order.seller, day_of(at)) or may_sell(person, order.seller, day_of(at))):
        raise MayNotRefund(name=order.seller.display_name)
    why = words_in(reason, most=LONGEST_REASON)
    with transaction.atomic():
        hold(order, "refund")
        if not 1 <= amount <= order.paid:
            raise RefundOutOfRange(most=format_amount(order.paid, get_language() or ""))
        for payment, part in _parts(order, amount):
            key = derive_key(scope="market_order_refund", owner=payment.pk, form_id=order.key)
            charge_back(transfer=payment, key=key, actor=actor, at=at, amount=part, note=why)
        move(order, "refund", actor=actor, at=at, reason=why, refunded=amount)


def _parts(order: Order, amount: int) -> Iterator[tuple[Transfer, int]]:
    """From which payments so much is given back: a voucher was paid for with each use, the last ones go first."""
    for payment in _payments(order):
        part = min(amount, payment.amount)
        if part:
            yield payment, part
        amount -= part


def _payments(order: Order) -> list[Transfer]:
    if not is_by_voucher(order):
        return [order.transfer] if order.transfer else []
    uses = order.voucher.all_uses.select_related("transfer").order_by("-pk")
    return [use.transfer for use in uses if use.transfer]
