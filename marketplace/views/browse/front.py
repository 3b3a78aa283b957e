"""What the front page of a neighbourhood shows of its market: what came there last."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from content.faces import face_of
from core import clock
from marketplace.queries.listing import newest
from marketplace.views.browse.rows import rows_of
from neighbourhoods.models import NeighbourhoodPage

ON_THE_FRONT = 4


@face_of(NeighbourhoodPage)
def market_on_front(page: NeighbourhoodPage, request: HttpRequest) -> dict[str, Any]:
    """One query, however large the market is."""
    place = page.neighbourhood
    return {
        "market_rows": rows_of(newest(place, clock.now(), ON_THE_FRONT), at=place),
        "market_url": reverse("market_in", args=[place.slug]),
    }
