"""What the steps of an order share: its lock, its move, the coins that go or come free, the pieces that come back.

Everybody locks in one order: the row of the offer, then that of a response, of the order, of a voucher, and last the
ledger's accounts.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.amounts import round_share
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import Refusal
from core.states import transition
from ledger.operations import ReservationOver, capture, release
from marketplace.models import Offer, Order
from marketplace.operations.doors import trader_of
from marketplace.operations.orders.news import tell
from marketplace.permissions import OwnMatter, is_other_hand
from marketplace.sides import Side, is_by_voucher
from marketplace.states import ORDER
from people.models import Party

if TYPE_CHECKING:
    from ledger.models import Transfer

CHANGING: Final = ("state", "delivered", "paid", "refunded", "due_at", "transfer")


class BothSides(OwnMatter):
    """Whoever accepts, confirms or pays back for one side has to do with the other."""

    code = "market_both_sides"
    sentence = _("You have to do with both sides of this. Somebody else who acts for this side does it.")


class TooLate(Refusal):
    """The time for this step has passed. The clock takes the next one within a day."""

    code = "market_too_late"
    sentence = _("The time for this has passed. Place a new order together if you still want it.")


class ByVoucher(Refusal):
    """It was bought ahead: what is used of it, the voucher says."""

    code = "market_by_voucher"
    sentence = _("This was bought with a voucher. Use the voucher, or give it back on its own page.")


class NothingSaid(Refusal):
    """Words are needed, and there are none, or too many."""

    code = "market_nothing_said"
    sentence = _("Write at least one word, and at most %(most)s letters.")
    field = "text"


def words_in(text: str, *, most: int) -> str:
    """What somebody wrote, without the white space around it.

    :raises NothingSaid: when that is nothing, or too long to be kept.
    """
    written = text.strip()
    if not written or len(written) > most:
        raise NothingSaid(most=most)
    return written


def check_side(order: Order, side: Literal[Side.BUYER, Side.SELLER], actor: Actor, at: datetime) -> Party:
    """The person who acts for one side of an order.

    :raises NotAllowed: to who does not trade for that side.
    :raises OwnMatter: to who has to do with the other side as well: nobody confirms to themself.
    """
    mine, other = (order.buyer, order.seller) if side == Side.BUYER else (order.seller, order.buyer)
    person = trader_of(actor, mine, at)
    if is_other_hand(person, other, day_of(at)):
        raise BothSides
    return person


def hold(order: Order, event: str, *, with_offer: bool = False) -> None:
    """Lock an order, read it anew, and see that this can happen to it. `with_offer` when pieces may come back.

    :raises MoveRefused: when it was dealt with meanwhile.
    """
    if with_offer:
        hold_offer(order.offer_id)
    order.refresh_from_db(
        fields=CHANGING, from_queryset=Order.objects.select_for_update(no_key=True, of=("self",))
    )
    ORDER.after(order.state, event)


def hold_offer(number: int) -> Offer:
    """The row of an offer, locked: who orders and who puts back come one after the other."""
    return Offer.objects.select_for_update(no_key=True).get(pk=number)


def check_in_time(order: Order, at: datetime) -> None:
    """:raises TooLate: when the clock's turn has come, also when it did not come by yet."""
    if order.due_at is not None and order.due_at <= at:
        raise TooLate


def check_not_by_voucher(order: Order) -> None:
    """:raises ByVoucher: for what was bought ahead."""
    if is_by_voucher(order):
        raise ByVoucher


def move(order: Order, event: str, *, actor: Actor, at: datetime, reason: str = "", **along: Any) -> None:
    """Take the step, write it down for both sides, and tell who listens."""
    about = (order.buyer, order.seller)
    transition(order, event, actor=actor, at=at, about=about, reason=reason, along=along)
    tell(f"order.{event}", order, actor=actor, at=at)


def share_of(order: Order, pieces: int) -> int:
    """What so many pieces of an order cost, in minor units."""
    return round_share(order.amount, Fraction(pieces, order.quantity))


def pay_out(order: Order, amount: int, *, actor: Actor, at: datetime) -> Transfer | None:
    """Pay the seller so much of what is reserved (minor units), once; None for nothing."""
    if amount == 0:
        return None
    return capture(
        reservation=order.reservation, key=key_of(order, "pay"), amount=amount, note=title_of(order.offer), actor=actor,
        at=at,
    )  # fmt: skip


def set_free(order: Order, *, actor: Actor, at: datetime) -> None:
    """Give the buyer what is still reserved. The clock of the ledger may have done so before."""
    order.reservation.refresh_from_db()
    if order.reservation.left:
        with suppress(ReservationOver):
            release(reservation=order.reservation, key=key_of(order, "release"), actor=actor, at=at)


def put_back(order: Order, pieces: int) -> None:
    """Pieces or places that nobody got can be ordered again. The offer is locked (`hold` with the offer)."""
    if pieces:
        Offer.objects.filter(pk=order.offer_id, stock__isnull=False).update(stock=F("stock") + pieces)


def settle_voucher(
    *,
    order: Order,
    event: Literal["expire", "cancel"],
    used: int,
    uses: int,
    paid: int,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """This will end an order of which the voucher is over: used up, lapsed or given back.

    `used` of its `uses` were taken, for which the seller received `paid` (minor units). What is left comes free; it
    counts as delivered as far as it was used, and only what was never used can be ordered again. For who holds the
    transaction and locks the voucher after this order (`hold` with the offer, first).

    :raises MoveRefused: when the order was ended before.
    """
    set_free(order, actor=actor, at=at)
    if used == 0:
        put_back(order, order.quantity)
        move(order, event, actor=actor, at=at, reason=reason, due_at=None)
        return
    delivered = -(-order.quantity * used // uses)
    put_back(order, order.quantity - delivered)
    move(order, "deliver", actor=actor, at=at, delivered=delivered, due_at=None)
    move(order, "confirm", actor=actor, at=at, reason=reason, paid=paid)


def key_of(order: Order, deed: str) -> Any:
    """The key under which the ledger books a step of this order: taken twice, booked once."""
    return derive_key(scope=f"market_order_{deed}", owner=order.pk, form_id=order.key)


def title_of(offer: Offer) -> str:
    """What the receipt calls it: the title in the language of the offer, which never changes with who looks."""
    titles = dict(offer.texts.values_list("language", "title"))
    return str(titles.get(offer.language) or next(iter(titles.values()), ""))
