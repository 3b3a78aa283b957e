"""The doors of the rooms in which a municipality says what it thinks of values. All others find no such page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.actor import Actor
from neighbourhoods.models import Category, Neighbourhood
from neighbourhoods.queries.guidelines import has_say, with_category_words
from neighbourhoods.queries.pot_rules import places_of_pots, spoken_for
from people.acting import actor_of, person_behind
from people.middleware import second_step
from people.models import Party, PartyKind

if TYPE_CHECKING:
    from ledger.models import Account

P = ParamSpec("P")
Crumbs = list[tuple[str, str]]


@dataclass(frozen=True)
class Room:
    """A municipality, at the place of somebody who has a say there: over all (`is_municipal`), or over the pots that
    an organisation of theirs fills (`rules_here`). Whoever only spends from a pot looks on."""

    request: HttpRequest
    municipality: Party
    person: Party
    is_municipal: bool

    @cached_property
    def rules_here(self) -> bool:
        """Whether there is a pot here of which this person says what it may pay for."""
        if self.is_municipal:
            return True
        filled = places_of_pots(self.person, clock.today(), to_rule=True)
        return any(place.municipality_id == self.municipality.pk for place in filled)

    @cached_property
    def speaks_for(self) -> set[int]:
        """The numbers of all parties for which this person has a say over money."""
        return spoken_for(self.person, clock.today())

    def rules(self, pot: Account) -> bool:
        """Whether this person says here what a pot may pay for."""
        return self.is_municipal or pot.funder_id in self.speaks_for

    def by(self, principal: Party | None = None) -> dict[str, Any]:
        """Who does it here, and when: what every operation is told."""
        actor: Actor = actor_of(self.request, principal=principal or self.municipality)
        return {"actor": actor, "at": clock.now()}

    def url(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.municipality.uuid, *args])

    def crumbs(self, *deeper: tuple[str, str]) -> Crumbs:
        """The way back: to the account page, where these rooms open, and to the room that the page belongs to."""
        return [(_("Your account"), reverse("account")), *deeper]

    def show(self, template: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
        context = {"room": self, "crumbs": crumbs, **more}
        return render(self.request, f"neighbourhoods/guidelines/{template}.html", context)

    def places(self) -> list[Neighbourhood]:
        """The neighbourhoods whose pots are shown here."""
        if not self.is_municipal:
            found = places_of_pots(self.person, clock.today())
            return [place for place in found if place.municipality_id == self.municipality.pk]
        there = Neighbourhood.objects.filter(municipality=self.municipality)
        return list(there.select_related("coin", "municipality__organisation_details").order_by("name"))


View = Callable[Concatenate[HttpRequest, Room, P], HttpResponse]


def at_municipality(view: View[P]) -> Callable[..., HttpResponse]:
    """Let in who has a say for the municipality in the path (`<uuid:uuid>`); 404 for everybody else."""
    return _door(view, pots_only=False)


def at_pots(view: View[P]) -> Callable[..., HttpResponse]:
    """Let in also who has a say for an organisation that fills a pot there, or spends from one (and so may look)."""
    return _door(view, pots_only=True)


def all_categories() -> list[Category]:
    """The whole tree with its names, in its order."""
    return list(with_category_words(Category.objects.order_by("position", "pk")))


def _door(view: View[P], *, pots_only: bool) -> Callable[..., HttpResponse]:
    @wraps(view)
    def inner(request: HttpRequest, uuid: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        municipalities = Party.objects.filter(kind=PartyKind.MUNICIPALITY).with_names()
        municipality = get_object_or_404(municipalities, uuid=uuid)
        person = person_behind(request)
        room = Room(request, municipality, person, has_say(person, municipality, clock.today()))
        if not (room.is_municipal or (pots_only and room.places())):
            raise Http404
        # What is decided about money: a code by mail alone does not open it.
        asked = second_step(request) if room.rules_here else None
        return asked or view(request, room, *args, **kwargs)

    return login_required(never_cache(inner))
