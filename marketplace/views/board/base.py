"""The door of the market in the room of a board."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from marketplace.models import Offer
from marketplace.permissions import has_stake
from marketplace.queries.offers import offer_at
from neighbourhoods.models import Neighbourhood
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Crumbs, Room
from people.models import Party

P = ParamSpec("P")
ALONG = ("party", "coin", "logo", "municipality__organisation_details")
ASK = "ask"


class MarketRoom(Room):
    """The room of a board, at the table where it looks after its market."""

    def show(self, template: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
        show_place(self.request, self.neighbourhood)
        folder = "neighbourhoods/boardroom" if template == ASK else "marketplace/board"
        context = {"room": self, "crumbs": crumbs, **more}
        return render(self.request, f"{folder}/{template}.html", context)

    def way(self, *deeper: tuple[str, str]) -> Crumbs:
        """The way back: the room, the market in it, and what lies deeper."""
        return self.crumbs((_("Market"), self.url("board_market")), *deeper)

    def offer(self, ref: UUID) -> Offer:
        """:raises Http404: when there is none, or one of another neighbourhood."""
        found = offer_at(ref)
        if found is None or found.neighbourhood_id != self.neighbourhood.pk:
            raise Http404
        return found

    def has_interest(self, *parties: Party) -> bool:
        """Whether this member leaves a matter of these parties to the others."""
        on = clock.day_of(self.now)
        return any(has_stake(self.person, party, on) for party in parties)


def in_market_room(
    view: Callable[Concatenate[HttpRequest, MarketRoom, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in who sits on the board of the neighbourhood in the path (`<slug:slug>`); 404 for everybody else."""

    @wraps(view)
    def inner(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        room = MarketRoom(request, get_object_or_404(Neighbourhood.objects.select_related(*ALONG), slug=slug))
        if room.member is None:
            raise Http404
        return view(request, room, *args, **kwargs)

    return login_required(never_cache(inner))
