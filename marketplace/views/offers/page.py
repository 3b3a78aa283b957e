"""One offer, for everybody."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers

from marketplace.queries.pages import page_of_offer
from marketplace.views.offers.base import shown_at
from marketplace.views.offers.shown import Shown, language_of_page

GONE = 410


def offer(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What it is, what it costs, who decided that, and what this visitor can do.

    What is over is not shown any more but to who took part in it; the address then says just that.
    """
    shown = shown_at(request, ref)
    if not shown.may_see:
        if not shown.is_over:
            raise Http404
        return _gone(request, shown)
    page = page_of_offer(shown.offer, language_of_page())
    answer = render(
        request,
        "marketplace/offers/offer.html",
        shown.context(
            crumbs=shown.crumbs(),
            canonical_url=page.get_full_url(request) if page and page.live else shown.url,
        ),
    )
    return _for_this_visitor(answer)


def _gone(request: HttpRequest, shown: Shown) -> HttpResponse:
    context = {"market_url": shown.market(), "neighbourhood": shown.offer.neighbourhood}
    shown.context()  # the frame of its neighbourhood
    return _for_this_visitor(render(request, "marketplace/offers/gone.html", context, status=GONE))


def _for_this_visitor(answer: HttpResponse) -> HttpResponse:
    """What stands on it differs by who looks, and how many there are by the minute."""
    patch_cache_control(answer, private=True, no_cache=True)
    patch_vary_headers(answer, ["Cookie"])
    return answer
