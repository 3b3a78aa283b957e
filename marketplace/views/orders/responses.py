"""Answers to what somebody asked, for who asked: in the order in which they came. Choosing one sets coins apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
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
from marketplace.forms.orders import OnceForm
from marketplace.models import Offer, Response
from marketplace.operations.responses import choose, decline_response
from marketplace.permissions import may_trade
from marketplace.queries.offers import offer_at, text_of
from marketplace.queries.responses import competes, is_still_asked, response_at, responses_to
from marketplace.states import ResponseState
from marketplace.units import per_unit
from marketplace.views.orders.purse import Purchase, purchase_of
from neighbourhoods.shown import show_place
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party
from people.permissions import is_own

DISCS = {
    ResponseState.OPEN: "open",
    ResponseState.CHOSEN: "done",
    ResponseState.DECLINED: "no",
    ResponseState.WITHDRAWN: "no",
}


@dataclass(frozen=True)
class Asked:
    """One answer, before somebody who acts for who asked."""

    request: HttpRequest
    response: Response
    person: Party

    @property
    def offer(self) -> Offer:
        return self.response.offer

    @property
    def asker(self) -> Party:
        return self.offer.provider

    @property
    def list_url(self) -> str:
        return reverse("responses", args=[self.offer.ref])

    def by(self) -> dict[str, Any]:
        return {"actor": actor_of(self.request, principal=self.asker), "at": clock.now()}


@login_required
@never_cache
def responses(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Who answered, for how much, and with which words."""
    person, offer = person_behind(request), offer_at(ref)
    if offer is None or not offer.is_demand or not _may_read(person, offer):
        raise Http404
    show_place(request, offer.neighbourhood)
    found = list(responses_to(offer))
    text = text_of(offer)
    context: dict[str, Any] = {
        "offer": offer,
        "text": text,
        "coin": offer.neighbourhood.coin,
        "open": [one for one in found if one.state == ResponseState.OPEN],
        "closed": [
            (one, DISCS[ResponseState(one.state)]) for one in found if one.state != ResponseState.OPEN
        ],
        "per": per_unit(offer.terms.unit) if offer.terms else "",
        "can_choose": is_still_asked(offer) and not offer.is_sold_out,
        "acts_for": _acts_for(person, offer.provider),
        "crumbs": [
            (_("Your stall"), reverse("stall", args=[offer.provider.uuid])),
            (text.title, reverse("offer", args=[offer.ref])),
        ],
    }
    return render(request, "marketplace/orders/responses.html", context)


def at_response(view: Callable[[Asked], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the answer in the path (`<uuid:ref>`) to who acts for who asked; 404 for everybody else."""

    @wraps(view)
    def inner(request: HttpRequest, ref: UUID) -> HttpResponse:
        person, response = person_behind(request), response_at(ref)
        if response is None or not _may_read(person, response.offer):
            raise Http404
        show_place(request, response.offer.neighbourhood)
        return view(Asked(request, response, person))

    return login_required(never_cache(inner))


@at_response
def response_choose(asked: Asked) -> HttpResponse:
    """Is this right? Whom, for how much, and what remains. Sent from here the coins are set apart."""
    coin, form = asked.offer.neighbourhood.coin, OnceForm(posted(asked.request))
    if asked.request.method == "POST" and form.is_valid():
        key = derive_key(scope="market_choose", owner=asked.response.pk, form_id=form.cleaned_data["form_id"])
        try:
            order = choose(response=asked.response, key=key, **asked.by())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            words = _("Chosen. %(name)s hears of it, and has thirty days.")
            messages.success(asked.request, words % {"name": order.seller.display_name})
            return redirect("order", order.ref)
    elif asked.response.state != ResponseState.OPEN:
        messages.info(asked.request, _("This was done already, or it can no longer be done."))
        return redirect(asked.list_url)
    amount = asked.response.amount
    purchase = purchase_of(asked.person, asked.asker, coin, amount, clock.today())
    if purchase is None:
        return _show(asked, "no_account")
    return _show(asked, "choose", purchase=purchase, form=form)


@at_response
def response_decline(asked: Asked) -> HttpResponse:
    """Not this one. Whoever answered hears of it."""
    if asked.request.method != "POST":
        return redirect(asked.list_url)
    try:
        decline_response(response=asked.response, **asked.by())
    except Refusal as refusal:
        messages.warning(asked.request, str(refusal))
    else:
        words = _("Declined. %(name)s hears of it.")
        messages.success(asked.request, words % {"name": asked.response.responder.display_name})
    return redirect(asked.list_url)


def _show(
    asked: Asked, template: str, *, purchase: Purchase | None = None, form: OnceForm | None = None
) -> HttpResponse:
    context = {
        "response": asked.response,
        "offer": asked.offer,
        "text": text_of(asked.offer),
        "coin": asked.offer.neighbourhood.coin,
        "per": per_unit(asked.response.terms.unit),
        "purchase": purchase,
        "hindrance": purchase.lack if purchase else "",
        "acts_for": _acts_for(asked.person, asked.asker),
        "form": form,
        "list_url": asked.list_url,
        "market_url": reverse("market_in", args=[asked.offer.neighbourhood.slug]),
    }
    return render(asked.request, f"marketplace/orders/{template}.html", context)


def _may_read(person: Party, offer: Offer) -> bool:
    """Who acts for who asked; not who answered too, as somebody of a board can."""
    on = clock.today()
    return may_trade(person, offer.provider, on) and not competes(person, offer, on)


def _acts_for(person: Party, party: Party) -> str:
    return "" if is_own(person, party) else party.display_name
