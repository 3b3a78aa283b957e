"""The market for computers: any search as JSON, and as a feed of what is new in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from core.amounts import plain_amount
from core.words import one_line
from marketplace.models import Offer
from marketplace.queries.listing import MOST, Listing
from marketplace.queries.search import Sort
from marketplace.views.browse.base import Looking, looking
from marketplace.views.browse.rows import language, price_words, row_of, told_of

FORMAT = "socialcoin-market 1"
PER_FILE = 100
IN_FEED = 50
FRESH = 300  # seconds

View = Callable[..., HttpResponse]


def for_everybody(view: View) -> View:
    """Anybody fetches these, as often as they like: for some minutes a copy serves, and the same is not sent twice."""
    return require_safe(cache_control(max_age=FRESH, public=True)(conditional_page(view)))


@for_everybody
def market_json(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What a search finds, a hundred at a time. `next` is the address of those that follow."""
    here = looking(request, slug)
    start = _start(request)
    offers = here.listing.rows(start=start, number=PER_FILE + 1)
    is_more = len(offers) > PER_FILE and start + PER_FILE < MOST
    categories = {one.pk: one.slug for branch in here.branches for one in (branch, *branch.below)}
    following = here.url(name="market_json", start=str(start + PER_FILE))
    told = {
        "format": FORMAT,
        "neighbourhood": here.place.slug if here.place else None,
        "at": here.now.replace(microsecond=0).isoformat(),
        "left_out": here.left_out,
        "offers": [_as_json(offer, categories, request) for offer in offers[:PER_FILE]],
        "next": request.build_absolute_uri(following) if is_more else None,
    }
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return HttpResponse(text, content_type="application/json")


def _start(request: HttpRequest) -> int:
    asked = request.GET.get("start", "")
    return min(int(asked), MOST) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0


def _as_json(offer: Offer, categories: dict[int, str], request: HttpRequest) -> dict[str, Any]:
    told = told_of(offer)
    assert offer.terms is not None and offer.until_on is not None  # noqa: S101, PT018 - the database sees to it
    coin = offer.neighbourhood.coin
    return {
        "ref": str(offer.ref),
        "url": request.build_absolute_uri(reverse("offer", args=[offer.ref])),
        "title": told["title"],
        "summary": told["summary"],
        "language": told["language"],
        "direction": offer.direction,
        "kind": offer.kind,
        "category": categories.get(offer.category_id, ""),
        "neighbourhood": offer.neighbourhood.slug,
        "provider": offer.provider.display_name,
        "place": offer.place,
        "latitude": offer.latitude,
        "longitude": offer.longitude,
        "price": plain_amount(offer.price, coin.decimals),
        "coin": coin.code,
        "euro": plain_amount(offer.terms.euro),
        "unit": offer.terms.unit,
        "left": offer.stock,
        "reach": offer.reach,
        "since": offer.published_at.isoformat() if offer.published_at else None,
        "until": offer.until_on.isoformat(),
    }


@for_everybody
def market_feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What came on the market last in a search, the newest first, as an Atom feed (RFC 4287)."""
    here = looking(request, slug)
    newest = Listing(here.search.but(sort=Sort.NEW), here.now, here.branches, here.drawn)
    feed = _empty_feed(here, request)
    for offer in newest.rows(number=IN_FEED):
        row = row_of(offer, at=here.place)
        feed.add_item(
            title=one_line(f"{row.title}: {row.verb} {price_words(offer)}"),
            link=request.build_absolute_uri(row.url),
            description=one_line(" · ".join(words for words, _language in row.meta)),
            unique_id=f"urn:uuid:{offer.ref}",
            pubdate=offer.published_at,
            updateddate=offer.published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _empty_feed(here: Looking, request: HttpRequest) -> Atom1Feed:
    # A sign that XML cannot hold would leave no feed at all.
    name = one_line(here.place.name) if here.place else "Socialcoin"
    title = _("Market of %(place)s") % {"place": name} if here.place else _("Market of all neighbourhoods")
    return Atom1Feed(
        title=title,
        link=request.build_absolute_uri(here.url()),
        description=_("What is new on the market."),
        language=language(),
        feed_url=request.build_absolute_uri(here.url(name="market_feed")),
        author_name=name,
    )
