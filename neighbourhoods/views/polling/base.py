"""The doors of the polling office and of the rooms beside it. Whoever does not work there finds no such page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.actor import Actor
from core.refusals import Refusal, refuse
from neighbourhoods.models import BallotBox, Election, Neighbourhood, Roll
from neighbourhoods.operations.impartial import OfficerStands, check_stands_not
from neighbourhoods.queries.polling import acts_for, election_at, panels_of, sets_rules_for
from neighbourhoods.views.vote.base import place_frame
from people.acting import actor_of, person_behind
from people.middleware import second_step
from people.models import Party

P = ParamSpec("P")
Crumbs = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """The words of a page that asks one thing: its title, what happens then, its button, and the way out."""

    title: str
    lead: str
    button: str
    back: str
    back_url: str


@dataclass(frozen=True)
class PollingOffice:
    """The polling office of a neighbourhood, and the party for which somebody sits there."""

    request: HttpRequest
    neighbourhood: Neighbourhood
    person: Party
    principal: Party

    @property
    def actor(self) -> Actor:
        return actor_of(self.request, principal=self.principal)

    def election(self, ref: UUID) -> Election:
        """:raises Http404: when it is held elsewhere, just as when it is not held at all.
        :raises OfficerStands: to a candidate: also who voted already, and who will not, is not theirs to see.
        """
        found = get_object_or_404(election_at(self.neighbourhood), ref=ref)
        check_stands_not(self.person, found)
        return found

    def url(self, name: str, *args: object) -> str:
        """The address of a room of this office."""
        return reverse(name, args=[self.neighbourhood.slug, *args])

    def crumbs(self, election: Election | None = None, *deeper: tuple[str, str]) -> Crumbs:
        """The way back: to the office, and to the election that the page is about."""
        back = [(_("Polling office"), self.url("polling_office"))]
        if election is not None:
            back.append((election.title, self.url("polling_election", election.ref)))
        return [*back, *deeper]

    def by(self) -> dict[str, Any]:
        """Who does it here, and when: what every operation is told."""
        return {"actor": self.actor, "at": clock.now()}

    def did(self, form: BaseForm, deed: Callable[[], object]) -> bool:
        """Whether a form was sent, in order, and its deed done; if not, the form says why."""
        return self.request.method == "POST" and form.is_valid() and carried_out(form, deed)

    def show(self, template: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
        """A page of this office, in the frame of its neighbourhood."""
        place = place_frame(self.neighbourhood, self.request)
        context = {"office": self, "place": place, "crumbs": crumbs, **more}
        return render(self.request, f"neighbourhoods/polling/{template}.html", context)

    def ask(self, ask: Ask, form: BaseForm, crumbs: Crumbs) -> HttpResponse:
        """A page that asks one thing."""
        return self.show("ask", crumbs, ask=ask, form=form)


def at_polling_office(
    view: Callable[Concatenate[HttpRequest, PollingOffice, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in who runs the elections of the neighbourhood in the path (`<slug:slug>`); 404 for everybody else."""
    return _room(view, acts_for)


def at_rules(
    view: Callable[Concatenate[HttpRequest, PollingOffice, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in who says for the municipality how the neighbourhood in the path decides; 404 for everybody else."""
    return _room(view, sets_rules_for)


@dataclass(frozen=True)
class Panel:
    """The appeals panel of one or more municipalities, at the place of one of its members."""

    request: HttpRequest
    person: Party
    municipalities: list[Party]

    def actor(self, municipality: Party) -> Actor:
        return actor_of(self.request, principal=municipality)

    def crumbs(self) -> Crumbs:
        return [(_("Appeals"), reverse("polling_appeals"))]


def at_panel(
    view: Callable[Concatenate[HttpRequest, Panel, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in who rules on appeals; 404 for everybody else."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = person_behind(request)
        municipalities = panels_of(person, clock.today())
        if not municipalities:
            raise Http404
        return second_step(request) or view(request, Panel(request, person, municipalities), *args, **kwargs)

    return login_required(never_cache(inner))


def carried_out(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Whether it was done; if not, the form says why."""
    try:
        deed()
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def box_of(election: Election) -> BallotBox:
    """:raises Http404: before there is one."""
    if election.box is None:
        raise Http404
    return election.box


def roll_of(election: Election) -> Roll:
    """:raises Http404: before there is one."""
    if election.roll is None:
        raise Http404
    return election.roll


def _room(
    view: Callable[Concatenate[HttpRequest, PollingOffice, P], HttpResponse],
    principal_of: Callable[[Party, Neighbourhood, date], Party | None],
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def inner(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        along = Neighbourhood.objects.select_related(
            "party", "coin", "logo", "municipality__organisation_details"
        )
        neighbourhood = get_object_or_404(along, slug=slug)
        person = person_behind(request)
        principal = principal_of(person, neighbourhood, clock.today())
        if principal is None:
            raise Http404
        office = PollingOffice(request, neighbourhood, person, principal)
        # Who may vote, and who did, lies in these rooms: a code by mail alone does not open them.
        return second_step(request) or _at_work(office, lambda: view(request, office, *args, **kwargs))

    return login_required(never_cache(inner))


def _at_work(office: PollingOffice, page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page, or for a candidate the way back to where it is said why there is none."""
    try:
        return page()
    except OfficerStands as refusal:
        messages.error(office.request, str(refusal))
        return redirect(office.url("polling_office"))
