"""Stalls: which ones somebody has, what waits at one, what is on it, and what was sold from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from marketplace.models import Offer, OfferText, Response
from marketplace.queries.offers import offers_of, text_of
from marketplace.queries.order_lists import for_lines, open_answers, waiting_at
from marketplace.queries.orders import CLOSED, OPEN, orders_of, waiting_for
from marketplace.queries.places import places_of
from marketplace.queries.responses import responses_of
from marketplace.queries.traders import parties_traded_for
from marketplace.sides import is_by_voucher
from marketplace.states import OfferState, OrderState, ResponseState
from marketplace.units import per_unit
from marketplace.views.orders.mine import ON_A_PAGE, row_of
from marketplace.views.stall.base import Stall, at_stall, for_traders
from marketplace.views.telling import Phase, phase_of_offer
from people.acting import person_behind

SHOWN: Final = 20
MOST_ON_PAPER: Final = 200
TO_GIVE: Final = frozenset({OrderState.PLACED, OrderState.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that is offered or asked, on its own stall."""

    offer: Offer
    text: OfferText
    per: str
    phase: Phase
    answers: int


@login_required
@never_cache
def stalls(request: HttpRequest) -> HttpResponse:
    """Whose stall? Who has but their own is not asked."""
    parties = parties_traded_for(person_behind(request), clock.today())
    if len(parties) == 1:
        return redirect("stall", parties[0].uuid)
    waiting = waiting_at(parties)
    context: dict[str, Any] = {
        "stalls": [(party, waiting[party.pk], number == 0) for number, party in enumerate(parties)],
        "crumbs": [(_("Your account"), reverse("account"))],
    }
    return render(request, "marketplace/stall/stalls.html", context)


@at_stall
def stall(stall: Stall) -> HttpResponse:
    """What waits first; then what is on it."""
    pages = Paginator(for_lines(offers_of(stall.party)), SHOWN).get_page(stall.request.GET.get("page"))
    running = [one for one in pages if one.state != OfferState.ENDED]
    answers = open_answers([one for one in running if one.is_demand])
    waiting = list(waiting_for(stall.party, "seller")[:SHOWN]) if stall.trades else []
    given = list(responses_of(stall.party, [ResponseState.OPEN])[:SHOWN]) if stall.trades else []
    return stall.show(
        "stall",
        stall.crumbs(),
        waiting=[row_of(one, for_buyer=False) for one in waiting if one.state != OrderState.DISPUTED],
        at_board=[row_of(one, for_buyer=False) for one in waiting if one.state == OrderState.DISPUTED],
        answers=sum(answers.values()),
        pages=pages,
        running=[_line(one, answers.get(one.pk, 0)) for one in running],
        ended=[_line(one, 0) for one in pages if one.state == OfferState.ENDED],
        given=[_given(one) for one in given],
        places=places_of(stall.party, stall.today),
        # A resident who sells nothing ahead has no voucher to take.
        sells_ahead=not stall.party.is_person or pages.has_other_pages() or any(map(_is_voucher, pages)),
    )


@for_traders
def stall_orders(stall: Stall) -> HttpResponse:
    """All that was sold: what is going on, or what is over (`?over`)."""
    is_over = "over" in stall.request.GET
    found = orders_of(stall.party, "seller", CLOSED if is_over else OPEN)
    pages = Paginator(found, ON_A_PAGE).get_page(stall.request.GET.get("page"))
    here = reverse("stall_orders", args=[stall.party.uuid])
    return stall.show(
        "orders",
        stall.crumbs((stall.name, stall.url)),
        pages=pages,
        rows=[row_of(one, for_buyer=False) for one in pages],
        is_over=is_over,
        tabs=[(_("Going on"), here, not is_over, None), (_("Over"), f"{here}?over", is_over, None)],
    )


@for_traders
def stall_print(stall: Stall) -> HttpResponse:
    """The orders of now on paper, for a counter without a screen: what to give to whom, with a box to tick."""
    found = orders_of(stall.party, "seller", TO_GIVE).order_by("buyer", "placed_at", "pk")[:MOST_ON_PAPER]
    rows = [row_of(one, for_buyer=False) for one in found if not is_by_voucher(one)]
    crumbs = stall.crumbs((stall.name, stall.url))
    return stall.show("print", crumbs, rows=rows, printed_at=clock.now())


def _line(offer: Offer, answers: int) -> Line:
    per = per_unit(offer.terms.unit) if offer.terms else ""
    return Line(offer=offer, text=text_of(offer), per=per, phase=phase_of_offer(offer), answers=answers)


def _is_voucher(offer: Offer) -> bool:
    return offer.terms is not None and offer.terms.is_voucher


def _given(response: Response) -> tuple[Response, OfferText, str]:
    return response, text_of(response.offer), per_unit(response.terms.unit)
