"""What a provider does alone with what is on the market: pause it, put it back, end it, say how many are left."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from core.states import transition
from marketplace.models import Offer
from marketplace.operations.doors import trader_of, writer_of
from marketplace.operations.offers.checking import check_stock
from marketplace.operations.offers.drafting import check_fit
from marketplace.operations.standing import PausedByBoard, locked
from marketplace.operations.terms import WRITABLE, OfferOver
from marketplace.states import OfferState


class Unseen(Enum):
    """That nobody says which number they saw; none is a number too: without end."""

    UNSEEN = "UNSEEN"


UNSEEN = Unseen.UNSEEN


class StockMoved(Refusal):
    """Somebody ordered while the number was typed. Details: `left`, how many there are now."""

    code = "offer_stock_moved"
    sentence = _("Somebody changed this meanwhile: now it says %(left)s. Say again how many there are.")
    field = "stock"


def pause(*, offer: Offer, actor: Actor, at: datetime, reason: str = "") -> Offer:
    """Take one's own offer off the market for now. What was ordered stays ordered.

    :raises NotYourTrade: to who does not act for the provider.
    """
    with transaction.atomic():
        locked(offer)
        trader_of(actor, offer.provider, at)
        transition(offer, "pause", actor=actor, at=at, about=(offer.provider,), reason=reason)
    return offer


def resume(*, offer: Offer, actor: Actor, at: datetime) -> Offer:
    """Put it back on the market.

    :raises NotYourTrade: to who does not act for the provider.
    :raises PausedByBoard: when the board took it off.
    :raises PastDay: when its last day has passed; `renew` gives it another.
    :raises Refusal: when the provider, its words or its terms do not do any more.
    """
    with transaction.atomic():
        locked(offer)
        trader_of(actor, offer.provider, at)
        if offer.paused_by_board:
            raise PausedByBoard
        check_fit(offer, at)
        transition(offer, "resume", actor=actor, at=at, about=(offer.provider,))
    return offer


def end(*, offer: Offer, actor: Actor, at: datetime, reason: str = "") -> Offer:
    """Take it off the market for good. What was ordered stays ordered.

    :raises NotYourTrade: to who does not act for the provider.
    """
    with transaction.atomic():
        locked(offer)
        trader_of(actor, offer.provider, at)
        transition(offer, "end", actor=actor, at=at, about=(offer.provider,), reason=reason)
    return offer


def set_stock(
    *, offer: Offer, stock: int | None, actor: Actor, at: datetime, was: int | Unseen | None = UNSEEN
) -> Offer:
    """Say how many are left; None is without end. `was` is the number that whoever types saw: an order that came
    meanwhile is not undone by it.

    :raises NotYourTrade: to who does not act for the provider.
    :raises StockRefused: for a number that is none.
    :raises StockMoved: when it is not any more the number that they saw.
    :raises OfferOver: when it has ended.
    """
    check_stock(stock, least=0)
    with transaction.atomic():
        locked(offer)
        # Who writes it says how many there are until it is on the market; from there on who trades.
        (writer_of if offer.state in WRITABLE else trader_of)(actor, offer.provider, at)
        if offer.state == OfferState.ENDED:
            raise OfferOver
        if was is not UNSEEN and was != offer.stock:
            raise StockMoved(left=_("without end") if offer.stock is None else offer.stock)
        if offer.stock != stock:
            before, offer.stock = offer.stock, stock
            Offer.objects.filter(pk=offer.pk).update(stock=stock)
            record(
                "offer.stock", subject=offer, actor=actor, at=at, about=[offer.provider],
                before=_written(before), after=_written(stock),
            )  # fmt: skip
    return offer


def _written(stock: int | None) -> str:
    return "" if stock is None else str(stock)
