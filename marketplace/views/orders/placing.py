"""Ordering: one page that says what it costs, what remains, and what happens then. Its button repeats the sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from marketplace.forms.orders import ChoiceForm, PlaceForm
from marketplace.models import Offer, OfferTerms, OfferText, Order
from marketplace.operations.orders.placing import (
    NotEnoughLeft,
    OutsideReach,
    OwnOffer,
    SoldOut,
    check_two_sides,
    place,
)
from marketplace.queries.offers import offer_at, text_of
from marketplace.queries.places import places_of
from marketplace.queries.reach import is_within
from marketplace.states import OfferState
from marketplace.units import per_unit, units
from marketplace.views.orders.purse import buyers_for, purchase_of
from neighbourhoods.shown import show_place
from people.acting import actor_of, person_behind
from people.models import Party
from people.permissions import is_own
from people.queries import canonical

if TYPE_CHECKING:
    from ledger.models import Coin

WAS_PUBLIC = frozenset({OfferState.PUBLISHED, OfferState.PAUSED, OfferState.ENDED})
GONE = 410


@dataclass(frozen=True)
class Counter:
    """Something that is sold, before somebody who wants to order it."""

    request: HttpRequest
    offer: Offer
    person: Party

    @property
    def terms(self) -> OfferTerms:
        terms = self.offer.terms
        assert terms is not None  # noqa: S101 - the database lets nothing on the market without
        return terms

    @property
    def coin(self) -> Coin:
        return self.offer.neighbourhood.coin

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def text(self) -> OfferText:
        return text_of(self.offer)

    @cached_property
    def buyers(self) -> list[Party]:
        """Those for whom this person may order it; when there is none of them, those who have an account."""
        found = buyers_for(self.person, self.coin, self.today)
        return [one for one in found if self.hindrance(one, 1) is None] or found

    def hindrance(self, buyer: Party, quantity: int) -> Refusal | None:
        """What the order would be refused for, whatever there is on the account."""
        try:
            check_two_sides(self.person, buyer, self.offer.provider, clock.now())
        except Refusal as refusal:
            return refusal
        if not is_within(buyer, self.terms, self.today):
            return OutsideReach()
        if self.offer.stock is not None and self.offer.stock < quantity:
            return NotEnoughLeft(left=self.offer.stock) if self.offer.stock else SoldOut()
        return None

    def show(self, template: str, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "offer": self.offer, "neighbourhood": self.offer.neighbourhood, "text": self.text, "coin": self.coin,
            "market_url": reverse("market_in", args=[self.offer.neighbourhood.slug]), **more,
        }  # fmt: skip
        return render(self.request, f"marketplace/{template}.html", context, status=status)


@login_required
@never_cache
def offer_order(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Is this right? How many, for whom, what it costs and what remains. Sent from here it is ordered."""
    offer = offer_at(ref)
    if offer is None or offer.state not in WAS_PUBLIC:
        raise Http404
    if offer.is_demand:
        return redirect("offer", offer.ref)
    show_place(request, offer.neighbourhood)
    counter = Counter(request, offer, person_behind(request))
    if offer.state != OfferState.PUBLISHED or counter.terms.until_on < counter.today:
        return counter.show("offers/gone", status=GONE)
    if not counter.buyers:
        return _without_account(counter)
    if request.method == "POST":
        return _order(counter)
    one_only = offer.stock == 1
    choice = ChoiceForm(request.GET or None, buyers=counter.buyers, one_only=one_only)
    choice.is_valid()  # with a number that cannot be there is no button: nobody orders one who typed another
    return _page(counter, choice)


def _page(counter: Counter, choice: ChoiceForm, form: PlaceForm | None = None) -> HttpResponse:
    quantity, buyer, terms = choice.how_many, choice.for_whom, counter.terms
    purchase = purchase_of(counter.person, buyer, counter.coin, terms.amount * quantity, counter.today)
    if purchase is None:
        return _without_account(counter)
    hindrance = counter.hindrance(buyer, quantity)
    if isinstance(hindrance, OwnOffer):
        return counter.show("orders/own", is_own=is_own(counter.person, counter.offer.provider))
    sent = {"quantity": quantity, "buyer": buyer.uuid, "terms": terms.version}
    context: dict[str, Any] = {
        "purchase": purchase,
        "quantity": quantity,
        "how_many": units(terms.unit, quantity),
        "per": per_unit(terms.unit),
        "terms": terms,
        "euro": terms.euro * quantity,
        "turns": terms.uses * quantity,
        "hindrance": str(hindrance or purchase.lack),
        "acts_for": "" if purchase.is_own else buyer.display_name,
        "choice": choice if _can_choose(choice) else None,
        "places": form or PlaceForm(initial=sent, buyers=counter.buyers),
        "form": choice if choice.errors else form,
        "is_faulty": bool(choice.errors),
    }
    return counter.show("orders/confirm", **context)


def _without_account(counter: Counter) -> HttpResponse:
    """Nobody here to pay with: who may have an account here, and where this person can buy."""
    return counter.show("orders/no_account", homes=places_of(counter.person, counter.today))


def _can_choose(choice: ChoiceForm) -> bool:
    return bool(choice.visible_fields())


def _order(counter: Counter) -> HttpResponse:
    """Order it. Sent again it shows the order of the first time."""
    form = PlaceForm(counter.request.POST, buyers=counter.buyers)
    if not form.is_valid():
        return _again(counter, form)
    values = form.cleaned_data
    try:
        order = _place(counter, form.for_whom, values)
    except Refusal as refusal:
        return _again(counter, form, refusal)
    return _ordered(counter, order)


def _place(counter: Counter, buyer: Party, values: dict[str, Any]) -> Order:
    key = derive_key(scope="market_order", owner=canonical(buyer).pk, form_id=values["form_id"])
    return place(
        offer=counter.offer, quantity=values["quantity"], buyer=buyer, key=key, terms_version=values["terms"],
        actor=actor_of(counter.request, principal=buyer), at=clock.now(),
    )  # fmt: skip


def _again(counter: Counter, form: PlaceForm, refusal: Refusal | None = None) -> HttpResponse:
    """The page once more, with what was refused, and with the terms and the stock of now."""
    now = offer_at(counter.offer.ref)
    if now is None or now.state != OfferState.PUBLISHED:
        return counter.show("offers/gone", status=GONE)
    counter = Counter(counter.request, now, counter.person)
    data = counter.request.POST.copy()
    data["terms"] = str(counter.terms.version)
    shown = PlaceForm(data, buyers=counter.buyers)
    shown.full_clean()
    if refusal is not None:
        refuse(shown, refusal)
    choice = ChoiceForm(data, buyers=counter.buyers, one_only=now.stock == 1)
    choice.is_valid()
    return _page(counter, choice, shown)


def _ordered(counter: Counter, order: Order) -> HttpResponse:
    if order.terms.is_voucher:
        messages.success(counter.request, _("Bought. Your voucher is ready."))
    elif is_own(counter.person, order.buyer):
        messages.success(counter.request, _("Ordered. You hear from us when the seller has answered."))
    else:
        words = _("Ordered for %(name)s. You hear from us when the seller has answered.")
        messages.success(counter.request, words % {"name": order.buyer.display_name})
    return redirect("order", order.ref)
