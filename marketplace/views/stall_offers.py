"""What who sells does with an offer that is on the market, and when they are open. Each is a page of its own that asks
once more, and each can be undone but ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from marketplace.forms.offer_steps import HoursForm, KeyForm, LowerForm, PlainForm, RenewForm, StockForm
from marketplace.models import Offer
from marketplace.operations.offers import again, end, pause, resume, set_stock
from marketplace.operations.offers.running import StockMoved
from marketplace.operations.opening_times import set_opening_times
from marketplace.operations.terms import change_terms, renew, terms_in
from marketplace.permissions import may_trade
from marketplace.queries.opening import hours_of
from marketplace.states import OfferState
from marketplace.views.offers.base import at_own_offer, by, is_done, show
from marketplace.views.offers.shown import Shown
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party

RUNNING = frozenset({OfferState.PUBLISHED, OfferState.PAUSED})


@at_own_offer
def stall_offer_pause(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Take it off the market for now."""
    _check_state(shown, OfferState.PUBLISHED)
    return _deed(
        shown, PlainForm(posted(request)), lambda _form: pause(offer=shown.offer, **by(shown)),
        title=_("Take this off the market for now?"),
        lead=_("Nobody can order it until you put it back. What was ordered stays ordered."),
        act=_("Take it off for now"), said=_("It is off the market for now."),
    )  # fmt: skip


@at_own_offer
def stall_offer_resume(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Put it back on the market."""
    _check_state(shown, OfferState.PAUSED)
    return _deed(
        shown, PlainForm(posted(request)), lambda _form: resume(offer=shown.offer, **by(shown)),
        title=_("Put this back on the market?"), lead=_("People can order it again at once."),
        act=_("Put it back"), said=_("It is on the market again."),
    )  # fmt: skip


@at_own_offer
def stall_offer_end(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Take it off the market for good."""
    _check_state(shown, *RUNNING)
    return _deed(
        shown, PlainForm(posted(request)), lambda _form: end(offer=shown.offer, **by(shown)),
        title=_("End this?"),
        lead=_("It does not come back. What was ordered stays ordered. You can write it again later."),
        act=_("End it"), said=_("It has ended."),
    )  # fmt: skip


@at_own_offer
def stall_offer_stock(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Say how many are left. An order that came while somebody typed is not undone by it."""
    _check_state(shown, *RUNNING)
    now = shown.offer.stock
    form = StockForm(posted(request), initial={"stock": now, "was": now})

    def deed(sent: dict[str, Any]) -> object:
        try:
            return set_stock(offer=shown.offer, stock=sent["stock"], was=sent["was"], **by(shown))
        except StockMoved:
            now = shown.offer.stock  # which the sentence says: from here on that is what was seen
            form.data = {
                **{name: form.data.get(name, "") for name in form.data},
                "was": "" if now is None else str(now),
            }
            raise

    is_demand = shown.offer.is_demand
    return _deed(
        shown, form, deed, title=_("How many do you still need?") if is_demand else _("How many are there?"),
        lead=_("People read it on the market."), act=_("Save"), said=_("The number is changed."),
    )  # fmt: skip


@at_own_offer
def stall_offer_renew(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Keep it on the market for longer, for the same price."""
    _check_state(shown, *RUNNING)
    form = RenewForm(posted(request), initial={"until_on": shown.offer.until_on})

    def deed(sent: dict[str, Any]) -> object:
        return renew(offer=shown.offer, until_on=sent["until_on"], **by(shown))

    return _deed(
        shown, form, deed, title=_("Until when does it stay on the market?"),
        lead=_("The price stays what it is. You get a mail before the last day."),
        act=_("Save this day"), said=_("The last day is changed."),
    )  # fmt: skip


@at_own_offer
def stall_offer_price(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Ask less. Who ordered already pays what they ordered it for."""
    _check_state(shown, *RUNNING)
    form = LowerForm(posted(request), initial={"amount": shown.terms.amount if shown.terms else None})

    def deed(sent: dict[str, Any]) -> object:
        terms = shown.offer.terms
        if terms is None:
            raise Http404
        return change_terms(
            offer=shown.offer, terms=replace(terms_in(terms), amount=sent["amount"]), **by(shown)
        )

    return _deed(
        shown, form, deed, title=_("Another price?"),
        lead=_("You can lower it at once. For a higher price you write it again, and the board looks at it."),
        act=_("Save this price"), said=_("The price is changed."),
    )  # fmt: skip


@at_own_offer
def stall_offer_again(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Write it again, to change more than can be changed on the market."""
    _check_state(shown, *RUNNING, OfferState.ENDED)
    form = KeyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made: list[Offer] = []
        if is_done(form, lambda: made.append(_again(shown, form.cleaned_data["key"]))):
            return redirect("offer_edit", ref=made[0].ref)
    return show(
        shown, "deed", form=form, title=_("Write it again?"), act=_("Write it again"),
        lead=_(
            "You get the same words and the same price to change, and send that to the board. The old one stays on the "
            "market until the new one is there."
        ),
    )  # fmt: skip


@login_required
@never_cache
def stall_hours(request: HttpRequest, party: UUID) -> HttpResponse:
    """When somebody who sells is open: a line for each day."""
    provider = get_object_or_404(Party.objects.with_names(), uuid=party)
    if not may_trade(person_behind(request), provider, clock.today()):
        raise Http404
    form = HoursForm(posted(request), hours=hours_of(provider))
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request, principal=provider)
        week = form.week()
        if is_done(
            form,
            lambda: set_opening_times(provider=provider, week=week, actor=actor, at=clock.now()),
        ):
            messages.success(request, _("Your opening times are changed."))
            return redirect("stall_hours", party=provider.uuid)
    crumbs = [(_("Market"), reverse("market"))]
    return render(
        request, "marketplace/offers/hours.html", {"form": form, "provider": provider, "crumbs": crumbs}
    )


def _deed(
    shown: Shown, form: BaseForm, deed: Callable[[dict[str, Any]], object], *, said: str, **words: str
) -> HttpResponse:
    """Ask once more, do it, and go back to the offer."""
    if shown.request.method == "POST" and form.is_valid() and is_done(form, lambda: deed(form.cleaned_data)):
        messages.success(shown.request, said)
        return redirect("offer", ref=shown.offer.ref)
    return show(shown, "deed", form=form, **words)


def _again(shown: Shown, form_id: UUID) -> Offer:
    owner = person_behind(shown.request).canonical_id
    key = derive_key(scope=f"offer.again:{shown.offer.pk}", owner=owner, form_id=form_id)
    return again(offer=shown.offer, key=key, **by(shown))


def _check_state(shown: Shown, *states: str) -> None:
    """:raises Http404: for what cannot be done with it as it is."""
    if shown.offer.state not in states:
        raise Http404
