"""What somebody ordered, for themself and for those they act for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from marketplace.models import Order
from marketplace.queries.offers import text_of
from marketplace.queries.order_lists import bought_by
from marketplace.queries.orders import CLOSED, OPEN
from marketplace.queries.traders import parties_traded_for
from marketplace.states import OrderState
from marketplace.units import units
from marketplace.views.orders.story import DISCS, state_words
from people.acting import person_behind

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An order in a list: what, from or for whom, how far, and how much."""

    order: Order
    title: str
    language: str
    disc: str
    state: str
    name: str
    how_many: str
    waits: bool
    sign: str

    @property
    def url(self) -> str:
        return reverse("order", args=[self.order.ref])


@login_required
@never_cache
def orders(request: HttpRequest) -> HttpResponse:
    """What is still going on, or what is over (`?over`)."""
    parties = parties_traded_for(person_behind(request), clock.today())
    mine = bought_by(parties)
    is_over = "over" in request.GET
    found = mine.filter(state__in=CLOSED if is_over else OPEN)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    numbers = {party.pk for party in parties[1:]}
    here = reverse("orders")
    context: dict[str, Any] = {
        "pages": page,
        "rows": [row_of(one, for_buyer=True, named=one.buyer_id in numbers) for one in page],
        "is_over": is_over,
        "tabs": [(_("Going on"), here, not is_over, None), (_("Over"), f"{here}?over", is_over, None)],
        "crumbs": [(_("Your account"), reverse("account"))],
    }
    return render(request, "marketplace/orders/orders.html", context)


def row_of(order: Order, *, for_buyer: bool, named: bool = False) -> Row:
    """A line about an order, for its buyer or its seller. `named`: bought for somebody else, who is told as well."""
    text = text_of(order.offer)
    other = order.seller.display_name if for_buyer else order.buyer.display_name
    if named:
        other = _("%(name)s, for %(buyer)s") % {"name": other, "buyer": order.buyer.display_name}
    waits = (
        {OrderState.DELIVERED} if for_buyer else {OrderState.PLACED, OrderState.ACCEPTED, OrderState.DISPUTED}
    )
    return Row(
        order=order, title=text.title, language=text.language, disc=DISCS[order.state],
        state=state_words(order), name=other,
        how_many=units(order.terms.unit, order.quantity), waits=order.state in waits and order.due_at is not None,
        sign="" if for_buyer or DISCS[order.state] == "no" else "+",
    )  # fmt: skip
