"""The page of one order: how far it is, what each side can do now, what they said, and how it was settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.amounts import format_amount
from ledger.receipts import receipt_number
from marketplace.forms.orders import MessageForm
from marketplace.models import Order, Reference
from marketplace.operations.orders.settling import share_of
from marketplace.queries.order_story import story_of
from marketplace.queries.orders import messages_of, references_on
from marketplace.sides import is_by_voucher
from marketplace.states import OrderState
from marketplace.units import per_unit, units
from marketplace.views.orders.base import AtOrder, at_order, coin_word
from marketplace.views.orders.story import DISCS, next_words, state_words, steps_of

# Done from the page itself, with one button. The others ask something first.
AT_ONCE: Final = frozenset({"accept", "confirm", "receive", "mediate"})
# In the order in which the buttons stand; the first one there is, is the main one.
ORDER_OF_DEEDS: Final = (
    "accept", "deliver", "confirm", "receive", "mediate", "resolve", "refer",
    "decline", "dispute", "give_in", "cancel", "refund",
)  # fmt: skip
PLAIN: Final = frozenset({"decline", "dispute", "cancel", "give_in", "refund"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A deed that this side can do now."""

    label: str
    url: str
    at_once: bool
    is_main: bool


@at_order
def order(at: AtOrder) -> HttpResponse:
    """Everything about it; a message can be written at the foot."""
    return order_page(at, MessageForm())


def order_page(at: AtOrder, form: MessageForm) -> HttpResponse:
    found, story = at.order, story_of(at.order)
    context: dict[str, Any] = {
        "title": at.text.title,
        "status": (DISCS[found.state], state_words(found)),
        "next": next_words(at),
        "steps": steps_of(at, story),
        "buttons": buttons_of(at),
        "how_many": units(found.terms.unit, found.quantity),
        "came": _came(found),
        "each": found.amount // found.quantity,
        "per": per_unit(found.terms.unit),
        "coin_word": coin_word(found.amount, at.coin),
        "voucher": _voucher(at),
        "receipt_url": _receipt(at),
        "dispute": getattr(found, "dispute", None),
        "messages_about": messages_of(found),
        "references": references_on(found),
        "offer_url": reverse("offer", args=[found.offer.ref]) if _shows_offer(at) else "",
        "form": form,
    }
    return at.show("order", at.crumbs(), **context)


def buttons_of(at: AtOrder) -> list[Button]:
    """What this side can do now, with the main thing first."""
    deeds = at.deeds - {"refer"} if _has_referred(at) else at.deeds
    if at.is_mediator and _mediates(at):
        deeds -= {"mediate"}
    ordered = [deed for deed in ORDER_OF_DEEDS if deed in deeds]
    return [
        Button(
            label=deed_words(at, deed), url=at.deed_url(deed), at_once=deed in AT_ONCE,
            is_main=number == 0 and _is_main(at, deed),
        )
        for number, deed in enumerate(ordered)
    ]  # fmt: skip


def _is_main(at: AtOrder, deed: str) -> bool:
    """Whether a deed is what the page is for. Nobody is pressed to pay for what they find wrong."""
    return deed not in PLAIN and not (deed == "confirm" and at.order.state == OrderState.DISPUTED)


def deed_words(at: AtOrder, deed: str) -> str:
    """What stands on the button: what it does, with the sum when something is paid."""
    pays = share_of(at.order, at.order.delivered or at.order.quantity)
    amount = {"amount": format_amount(pays, get_language() or "")}
    return {
        "accept": _("Accept this order"),
        "decline": _("Decline it"),
        "deliver": _("It is delivered"),
        "confirm": _("All is well: pay %(amount)s") % amount,
        "receive": _("I have it: pay %(amount)s") % amount,
        "dispute": _("Something is wrong"),
        "give_in": _("Give everything back"),
        "cancel": _("I cannot deliver after all") if at.is_seller else _("Cancel this order"),
        "refund": _("Pay something back"),
        "refer": _("Write how it went"),
        "mediate": _("I take this on"),
        "resolve": _("Settle it"),
    }[deed]


def _has_referred(at: AtOrder) -> bool:
    about = at.order.seller if at.is_buyer else at.order.buyer
    return Reference.objects.filter(order=at.order, about=about).exists()


def _mediates(at: AtOrder) -> bool:
    mediator = at.order.dispute.mediator
    return mediator is not None and mediator.canonical_id == at.person.canonical_id


def _came(found: Order) -> str:
    if found.delivered is None or found.delivered == found.quantity:
        return ""
    words = {"came": units(found.terms.unit, found.delivered), "all": found.quantity}
    return pgettext("delivered", "%(came)s of %(all)s") % words


def _voucher(at: AtOrder) -> dict[str, Any] | None:
    """The voucher, for who bought it, as long as it can be used; for who sells it, the desk that takes it."""
    if not is_by_voucher(at.order) or at.order.state != OrderState.ACCEPTED:
        return None
    voucher = getattr(at.order, "voucher", None)
    if voucher is None:
        return None
    if at.is_buyer:
        return {"url": _address("voucher", voucher.code), "label": _("Show the voucher"), "row": voucher}
    url = _address("voucher_desk", at.order.seller.uuid)
    return {"url": url, "label": _("Take vouchers"), "row": voucher}


def _receipt(at: AtOrder) -> str:
    """The receipt of the payment, on the account of this side."""
    paid = at.order.transfer
    if paid is None or at.is_mediator:
        return ""
    mine = paid.payer if at.is_buyer else paid.payee
    return _address("receipt", mine.address, receipt_number(paid.pk))


def _shows_offer(at: AtOrder) -> bool:
    return at.order.offer.state == "PUBLISHED" or at.is_seller


def _address(name: str, *args: object) -> str:
    """The address of a page of a floor above, which may not be there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
