"""What the page of an offer shows beyond its own words: all of the offer, as at its own address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from content.faces import face_of
from marketplace.models import OfferPage
from marketplace.queries.offers import offer_at
from marketplace.views.offers.shown import Shown


@face_of(OfferPage)
def offer_face(page: OfferPage, request: HttpRequest) -> dict[str, Any]:
    """The whole of the offer. An editor who looks at a draft in the admin sees it as it will be."""
    offer = offer_at(page.offer.ref)
    if offer is None:
        raise Http404
    shown = Shown(request, offer, page)
    if not shown.may_see and not shown.is_preview:
        raise Http404
    return shown.context()
