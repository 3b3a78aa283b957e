"""The doors of an order: its buyer, its seller, and the board member who mediates. Nobody else finds such a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.actor import Actor
from core.amounts import DECIMALS
from core.refusals import Refusal, refuse
from marketplace.models import OfferText, Order
from marketplace.queries.offers import text_of
from marketplace.queries.orders import order_at
from marketplace.sides import Side, deeds_of, is_with_board, settled_by, side_of
from marketplace.states import OrderState
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask, Crumbs
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.middleware import second_step
from people.models import Party
from people.permissions import is_own

if TYPE_CHECKING:
    from ledger.models import Coin
    from neighbourhoods.models import Neighbourhood

P = ParamSpec("P")

CAME_TO_NOTHING = frozenset({OrderState.DECLINED, OrderState.CANCELLED, OrderState.EXPIRED})


@dataclass(frozen=True)
class AtOrder:
    """An order before somebody who is on one of its sides."""

    request: HttpRequest
    order: Order
    person: Party
    side: Side

    @cached_property
    def now(self) -> datetime:
        return clock.now()

    @property
    def coin(self) -> Coin:
        return self.order.offer.neighbourhood.coin

    @cached_property
    def text(self) -> OfferText:
        return text_of(self.order.offer)

    @property
    def is_buyer(self) -> bool:
        return self.side == Side.BUYER

    @property
    def is_seller(self) -> bool:
        return self.side == Side.SELLER

    @property
    def is_mediator(self) -> bool:
        return self.side == Side.MEDIATOR

    @property
    def is_with_board(self) -> bool:
        return is_with_board(self.order)

    @property
    def came_to_nothing(self) -> bool:
        """Whether it ended without any payment: nobody has anything more to say about it."""
        return self.order.state in CAME_TO_NOTHING

    @property
    def party(self) -> Party:
        """In whose name they look at it."""
        sides = {Side.BUYER: self.order.buyer, Side.SELLER: self.order.seller}
        return sides.get(self.side) or settled_by(self.order)

    @property
    def other(self) -> Party:
        """Whom a buyer or seller deals with."""
        return self.order.seller if self.is_buyer else self.order.buyer

    @cached_property
    def acts_for(self) -> str:
        """The name of whom they act for; empty for themself."""
        return "" if is_own(self.person, self.party) else self.party.display_name

    @cached_property
    def deeds(self) -> frozenset[str]:
        return deeds_of(self.order, self.side)

    @property
    def actor(self) -> Actor:
        principal = None if self.is_mediator else self.party
        return actor_of(self.request, principal=principal)

    def by(self) -> dict[str, Any]:
        """Who does it, and when: what every operation is told."""
        return {"actor": self.actor, "at": self.now}

    @property
    def url(self) -> str:
        return reverse("order", args=[self.order.ref])

    def deed_url(self, deed: str) -> str:
        return reverse(f"order_{deed}", args=[self.order.ref])

    def back(self, done: str = "") -> HttpResponse:
        """To the page of the order, which shows how it is now."""
        if done:
            messages.success(self.request, done)
        return redirect(self.url)

    def crumbs(self, *, deep: bool = False) -> Crumbs:
        """The way back: to one's orders, to the stall, or to the board."""
        place = self.order.offer.neighbourhood
        above: Crumbs = {
            Side.BUYER: [(_("Your orders"), reverse("orders"))],
            Side.SELLER: [(_("Your stall"), reverse("stall", args=[self.order.seller.uuid]))],
            Side.MEDIATOR: [_to_board(place, is_with_board(self.order))],
        }[self.side]
        return [*above, (self.text.title, self.url)] if deep else above

    def show(self, template: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
        """A page about this order, in the frame of its neighbourhood."""
        show_place(self.request, self.order.offer.neighbourhood)
        context = {
            "at": self,
            "order": self.order,
            "coin": self.coin,
            "acts_for": self.acts_for,
            "crumbs": crumbs,
        }
        return render(self.request, f"marketplace/orders/{template}.html", {**context, **more})

    def ask(self, ask: Ask, form: BaseForm) -> HttpResponse:
        """A page that asks one thing."""
        return self.show("ask", self.crumbs(deep=True), ask=ask, form=form)

    @property
    def posted(self) -> QueryDict | None:
        return posted(self.request)

    def sent(self, form: BaseForm, deed: Callable[[dict[str, Any]], object]) -> bool:
        """Whether a form was sent and its deed done; if not, the form says why."""
        if self.request.method != "POST" or not form.is_valid():
            return False
        try:
            deed(form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
            return False
        return True


def at_order(view: Callable[Concatenate[AtOrder, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the order in the path (`<uuid:ref>`) to who is on one of its sides; 404 for everybody else.

    A mediator reads what two others wrote to each other: a code by mail alone does not open that.
    """

    @wraps(view)
    def inner(request: HttpRequest, ref: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person, order = person_behind(request), order_at(ref)
        side = side_of(order, person, clock.today()) if order else None
        if order is None or side is None:
            raise Http404
        asked = second_step(request) if side == Side.MEDIATOR else None
        return asked or view(AtOrder(request, order, person, side), *args, **kwargs)

    return login_required(never_cache(inner))


def _to_board(place: Neighbourhood, is_side: bool) -> tuple[str, str]:
    """Where the disagreements of a place lie; the appeals panel has a list of its own."""
    if is_side:
        return (_("Disagreements"), reverse("panel_disputes"))
    return (_("Disagreements"), reverse("board_disputes", args=[place.slug]))


def coin_word(amount: int, coin: Coin) -> str:
    """The name of the coin as it is said behind a sum."""
    return str(coin.name if amount == 10**DECIMALS else coin.name_plural)
