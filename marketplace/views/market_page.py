"""What the page of a market shows beyond its own words: what came there last, and the ways in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from content.faces import face_of
from core import clock
from marketplace.models import Direction, MarketPage
from marketplace.queries.listing import newest
from marketplace.views.browse.rows import rows_of
from neighbourhoods.views.decisions import neighbourhood_above

ON_THE_PAGE = 6


@face_of(MarketPage)
def market_face(page: MarketPage, request: HttpRequest) -> dict[str, Any]:
    place = neighbourhood_above(page)
    write_url = reverse("offer_new", args=[place.slug])
    return {
        "market_rows": rows_of(newest(place, clock.now(), ON_THE_PAGE), at=place),
        "market_url": reverse("market_in", args=[place.slug]),
        "offer_url": f"{write_url}?direction={Direction.SUPPLY}",
        "ask_url": f"{write_url}?direction={Direction.DEMAND}",
        "take_part_url": reverse("admission_request", args=[place.slug]),
    }
