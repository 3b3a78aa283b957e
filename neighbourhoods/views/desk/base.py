"""The door of the desk: clerks of a municipality come in, for everybody else there is no such page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.actor import Actor
from neighbourhoods.models import Residency
from neighbourhoods.queries.desk import municipalities_served_by, persons_at, residencies_at
from people.acting import actor_of, person_behind
from people.middleware import second_step
from people.models import Party

PER_PAGE = 20
P = ParamSpec("P")


@dataclass(frozen=True)
class Desk:
    """The desk at which a request is served, and all that can be reached from it."""

    request: HttpRequest
    municipalities: list[Party]

    def actor(self, municipality: Party) -> Actor:
        """The clerk, on behalf of one of the municipalities."""
        return actor_of(self.request, principal=municipality)

    def residency(self, pk: int) -> Residency:
        """:raises Http404: when it is of another municipality, just as when it does not exist."""
        return get_object_or_404(residencies_at(self.municipalities, clock.today()), pk=pk)

    def person(self, uuid: object) -> Party:
        """:raises Http404: when these municipalities have nothing, or nothing any more, to do with this number."""
        return get_object_or_404(persons_at(self.municipalities, clock.today()), uuid=uuid)

    def residencies_of(self, person: Party) -> list[Residency]:
        """Those of a person that this desk may see, newest first."""
        return list(residencies_at(self.municipalities, clock.today()).filter(person=person).order_by("-pk"))

    def actor_for(self, person: Party) -> Actor:
        """The clerk, on behalf of the municipality that this person has had to do with last."""
        return self.actor(self.residencies_of(person)[0].neighbourhood.municipality)


def at_desk(
    view: Callable[Concatenate[HttpRequest, Desk, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let a clerk in; answer 404 to anybody else who is signed in."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        municipalities = municipalities_served_by(person_behind(request), clock.today())
        if not municipalities:
            raise Http404
        # Addresses and dates of birth lie on this desk: a code by mail alone does not open it.
        return second_step(request) or view(request, Desk(request, municipalities), *args, **kwargs)

    return login_required(never_cache(inner))


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def crumbs(*deeper: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Desk"), reverse("desk")), *deeper]
