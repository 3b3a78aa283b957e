"""What the pages of the market share: whose market it is, what is looked for, and the address of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core import clock
from marketplace.queries.branches import Branch, branches
from marketplace.queries.distance import drawn
from marketplace.queries.listing import Listing
from marketplace.queries.search import Search, Sort, read
from neighbourhoods.models import Neighbourhood
from neighbourhoods.shown import show_place

MAP = "map"
MOST_PLACES = 200  # to choose from on the market of everybody; with more there will be another way to choose


@dataclass(frozen=True)
class Looking:
    """Somebody who looks around: in one neighbourhood, or in all of them. `drawn` are all neighbourhoods with their
    outlines, where something is measured or a map is shown."""

    request: HttpRequest
    place: Neighbourhood | None
    now: datetime
    branches: list[Branch]
    places: list[tuple[str, str]]
    search: Search
    left_out: list[str]
    drawn: list[Neighbourhood] | None

    @cached_property
    def listing(self) -> Listing:
        return Listing(self.search, self.now, self.branches, self.drawn)

    @property
    def is_map(self) -> bool:
        return self.request.GET.get("view") == MAP

    def url(self, search: Search | None = None, *, name: str = "market", **more: str) -> str:
        """The address of a search, on a page of the market of this place or of all."""
        return address_of(search or self.search, name=name, **more)


def looking(request: HttpRequest, slug: str = "") -> Looking:
    """From an address to what is looked for; the frame is then of that place. Two queries.

    :raises Http404: for a neighbourhood that is not there.
    """
    outlines = list(drawn()) if _measures(request) else None
    place = place_shown(request, slug, outlines)
    tree, places = branches(), [] if place else all_places(outlines)
    slugs = [one.slug for one in outlines or ()]
    search, left_out = read(request.GET, place=place, branches=tree, places=slugs)
    return Looking(
        request=request, place=place, now=clock.now(), branches=tree, places=places, search=search, left_out=left_out,
        drawn=outlines,
    )  # fmt: skip


def place_shown(
    request: HttpRequest, slug: str, outlines: list[Neighbourhood] | None = None
) -> Neighbourhood | None:
    """The neighbourhood of an address, in whose frame the page then stands; none on a page about all of them.

    :raises Http404: for a neighbourhood that is not there.
    """
    if "\x00" in slug:  # which PostgreSQL takes in no text, so that it cannot even look
        raise Http404
    place = _place_at(slug, outlines) if slug else None
    if place:
        show_place(request, place)
    return place


def _measures(request: HttpRequest) -> bool:
    """Whether the outlines are needed; they are much to read, so that other pages go without."""
    asked = request.GET
    return bool(
        asked.get("km") or asked.get("near") or asked.get("sort") == Sort.NEAR or asked.get("view") == MAP
    )


def _place_at(slug: str, outlines: list[Neighbourhood] | None) -> Neighbourhood:
    if outlines is None:
        return get_object_or_404(Neighbourhood.objects.select_related("coin"), slug=slug)
    found = next((one for one in outlines if one.slug == slug), None)
    if found is None:
        raise Http404
    return found


def all_places(outlines: list[Neighbourhood] | None = None) -> list[tuple[str, str]]:
    """The neighbourhoods to choose from, by name."""
    if outlines is not None:
        return [(one.slug, one.name) for one in outlines[:MOST_PLACES]]
    return list(Neighbourhood.objects.order_by("name", "pk").values_list("slug", "name")[:MOST_PLACES])


def address_of(search: Search, *, name: str = "market", **more: str) -> str:
    """Where a search stands: `name` is that of the page for all neighbourhoods, the one for a place begins the same."""
    place = search.place
    path = reverse(name.replace("market", "market_in", 1), args=[place.slug]) if place else reverse(name)
    query = "&".join(
        part for part in (search.address, *(f"{key}={value}" for key, value in more.items() if value)) if part
    )
    return f"{path}?{query}" if query else path
