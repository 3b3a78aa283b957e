"""A seller takes a voucher: once, or so many times, and each time what that is worth is paid."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.actor import Actor
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import Refusal
from core.states import transition
from ledger.operations import capture
from marketplace.models import Order, Voucher, VoucherUse
from marketplace.operations.orders.news import tell
from marketplace.operations.orders.settling import check_side, hold_offer, settle_voucher, title_of
from marketplace.operations.vouchers.ending import lock
from marketplace.sides import Side
from marketplace.states import VoucherState


class VoucherBlocked(Refusal):
    """Its buyer blocked it: it was lost, or somebody else has its code."""

    code = "voucher_blocked"
    sentence = _("This voucher is blocked by whoever bought it. Nothing was taken.")
    field = "code"


class VoucherUsedUp(Refusal):
    """All of it was used."""

    code = "voucher_used_up"
    sentence = _("This voucher is used up. The last time was %(at)s.")
    field = "code"


class VoucherLapsed(Refusal):
    """Its last day has passed; the coins went back to the buyer."""

    code = "voucher_lapsed"
    sentence = _("This voucher was valid until %(day)s. What was left went back to whoever bought it.")
    field = "code"


class VoucherGivenBack(Refusal):
    """The buyer gave it back."""

    code = "voucher_given_back"
    sentence = _("This voucher was given back. Nothing was taken.")
    field = "code"


class TooManyUses(Refusal):
    """More is asked of it than is left."""

    code = "too_many_uses"
    sentence = _("%(left)s")
    field = "uses"


class OtherUse(Refusal):
    """The same form was sent for something else."""

    code = "other_use"
    sentence = _("This form was used already, for another voucher. Open the page again.")


def use(*, voucher: Voucher, uses: int, key: UUID, actor: Actor, at: datetime) -> VoucherUse:
    """This will take so many turns of a voucher and pay the seller for them. The same key again gives the first use.

    Each turn is worth its share of what was paid, so that all turns together are worth exactly that.

    :raises NotYourTrade, OwnMatter: to who does not act for the seller, or has to do with the buyer.
    :raises VoucherBlocked, VoucherUsedUp, VoucherLapsed, VoucherGivenBack, TooManyUses: nothing was taken.
    :raises OtherUse: when the key was used for another voucher or number.
    """
    order = Order.objects.select_related("seller", "buyer", "terms", "reservation").get(pk=voucher.order_id)
    person = check_side(order, Side.SELLER, actor, at)
    with transaction.atomic():
        hold_offer(order.offer_id)
        lock(order)
        locked = Voucher.objects.select_for_update(no_key=True).get(pk=voucher.pk)
        if (known := VoucherUse.objects.filter(key=key).first()) is not None:
            if (known.voucher_id, known.uses) != (locked.pk, uses):
                raise OtherUse
            return known
        check_usable(locked, uses, at)
        taken = _take(order, locked, uses, VoucherUse(used_by=person, used_at=at, key=key), actor)
        event = "use_up" if locked.used + uses == locked.uses else "use"
        about = (order.buyer, order.seller)
        transition(locked, event, actor=actor, at=at, about=about, along={"used": locked.used + uses})
        if event == "use_up":
            settle_voucher(
                order=order,
                event="expire",
                used=locked.used,
                uses=locked.uses,
                paid=order.paid,
                actor=actor,
                at=at,
            )
        # Whose code it is hears of each turn: who takes it at the counter has its code too.
        tell("voucher.use", order, actor=actor, at=at)
    voucher.used, voucher.state = locked.used, locked.state
    return taken


def _take(order: Order, voucher: Voucher, uses: int, taken: VoucherUse, actor: Actor) -> VoucherUse:
    """Pay the seller what so many turns are worth, and write down that they were taken."""
    taken.voucher, taken.uses = voucher, uses
    taken.amount = _share(order, voucher, voucher.used + uses) - _share(order, voucher, voucher.used)
    if taken.amount:
        its_key = derive_key(scope="voucher_use", owner=voucher.pk, form_id=taken.key)
        taken.transfer_id = capture(
            reservation=order.reservation, key=its_key, actor=actor, at=taken.used_at, amount=taken.amount,
            note=title_of(order.offer),
        ).pk  # fmt: skip
    taken.save(force_insert=True)
    order.paid += taken.amount
    Order.objects.filter(pk=order.pk).update(paid=order.paid)
    return taken


def check_usable(voucher: Voucher, uses: int, at: datetime) -> None:
    """That a voucher can be used so many times at this moment.

    :raises VoucherBlocked, VoucherUsedUp, VoucherLapsed, VoucherGivenBack, TooManyUses: otherwise.
    """
    if voucher.state == VoucherState.BLOCKED:
        raise VoucherBlocked
    if voucher.state == VoucherState.USED:
        last = voucher.all_uses.order_by("-used_at", "-pk").values_list("used_at", flat=True)[0]
        raise VoucherUsedUp(at=_on(day_of(last)))
    if voucher.state == VoucherState.REFUNDED:
        raise VoucherGivenBack
    if voucher.state == VoucherState.EXPIRED or day_of(at) > voucher.expires_on:
        raise VoucherLapsed(day=_on(voucher.expires_on))
    if not 1 <= uses <= voucher.left:
        words = ngettext(
            "It can be used %(number)s time more. Nothing was taken.",
            "It can be used %(number)s times more. Nothing was taken.",
            voucher.left,
        )
        raise TooManyUses(left=words % {"number": voucher.left})


def _share(order: Order, voucher: Voucher, used: int) -> int:
    """What the first so many turns are worth together, in minor units."""
    return order.amount * used // voucher.uses


def _on(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
