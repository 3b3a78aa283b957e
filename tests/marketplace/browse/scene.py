"""What tests of the list say often."""

from __future__ import annotations

from datetime import datetime

from django.http import QueryDict

from marketplace.queries.branches import branches
from marketplace.queries.listing import Listing
from marketplace.queries.search import Search, read
from neighbourhoods.models import Area, AreaKind, Neighbourhood
from tests.factories.market import AT


def draw(place: Neighbourhood, code: str, north: float, east: float = 4.9) -> None:
    """A square of about two kilometres around a point."""
    west, south, half = east - 0.015, north - 0.01, 0.01
    ring = [
        [west, south],
        [east + 0.015, south],
        [east + 0.015, north + half],
        [west, north + half],
        [west, south],
    ]
    outline = {"type": "Polygon", "coordinates": [ring]}
    place.area = Area.objects.create(
        code=code, year=2025, kind=AreaKind.DISTRICT, name=place.name, outline=outline
    )
    place.save()


def search(query: str = "", place: Neighbourhood | None = None) -> Search:
    """The search of an address."""
    places = list(Neighbourhood.objects.values_list("slug", flat=True))
    return read(QueryDict(query), place=place, branches=branches(), places=places)[0]


def listing(query: str = "", place: Neighbourhood | None = None, at: datetime = AT) -> Listing:
    return Listing(search(query, place), at, branches())


def titles(query: str = "", place: Neighbourhood | None = None, at: datetime = AT) -> list[str]:
    """What is found, in the order in which it stands on the page."""
    return [offer.told["title"] for offer in listing(query, place, at).rows()]  # type: ignore[attr-defined]
