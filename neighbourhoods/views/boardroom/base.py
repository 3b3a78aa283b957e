"""The doors of the boardroom: members of the board come in; everybody sees what a board shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.actor import Actor
from core.refusals import Refusal, refuse
from neighbourhoods.models import Meeting, Neighbourhood, Proposal
from neighbourhoods.permissions import seat_in_force
from neighbourhoods.queries.meetings import is_public, leads_board, meeting_at
from neighbourhoods.queries.motions import is_public as motion_is_public
from neighbourhoods.queries.motions import motion_at
from neighbourhoods.queries.places import page_of
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import place_frame
from people.acting import actor_of, person_behind
from people.models import Party

P = ParamSpec("P")
Crumbs = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Somebody's words that a page asks about."""

    name: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A page that asks one thing: its question, what happens then, its button, and the way out."""

    title: str
    button: str
    back_url: str
    lead: str = ""
    back: str = ""
    note: str = ""
    quote: Quote | None = None


@dataclass(frozen=True)
class Room:
    """The boardroom of a neighbourhood, before somebody: a member, or whoever looks in."""

    request: HttpRequest
    neighbourhood: Neighbourhood

    @cached_property
    def now(self) -> datetime:
        return clock.now()

    @cached_property
    def member(self) -> Party | None:
        """Who looks, when they sit on this board today."""
        if not self.request.user.is_authenticated:
            return None
        person = person_behind(self.request)
        return person if seat_in_force(person, self.neighbourhood, clock.day_of(self.now)) else None

    @property
    def person(self) -> Party:
        """:raises Http404: when nobody of the board looks."""
        if self.member is None:
            raise Http404
        return self.member

    @cached_property
    def leads(self) -> bool:
        """Whether who looks does what binds the others: chair, secretary, or any member without these."""
        return self.member is not None and leads_board(
            self.member, self.neighbourhood, clock.day_of(self.now)
        )

    @property
    def actor(self) -> Actor:
        return actor_of(self.request)

    def by(self) -> dict[str, Any]:
        """Who does it here, and when: what every operation is told."""
        return {"actor": self.actor, "at": self.now}

    def url(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.neighbourhood.slug, *args])

    def go(self, name: str, *args: object) -> HttpResponse:
        return redirect(self.url(name, *args))

    def meeting(self, ref: UUID) -> Meeting:
        """:raises Http404: to whoever may not see it, just as when there is none."""
        found = meeting_at(self.neighbourhood, ref)
        if found is None or not (is_public(found) or self.member):
            raise Http404
        return found

    def motion(self, ref: UUID) -> Proposal:
        """:raises Http404: to whoever may not see it, just as when there is none."""
        found = motion_at(self.neighbourhood, ref)
        if found is None or not (motion_is_public(found) or self.member):
            raise Http404
        return found

    def crumbs(self, *deeper: tuple[str, str]) -> Crumbs:
        """The way back: for a member through the room, for everybody else to the neighbourhood."""
        if self.member is not None:
            return [(_("Room of the board"), self.url("boardroom")), *deeper]
        front = page_of(self.neighbourhood, get_language() or "")
        return (
            [(self.neighbourhood.name, front.get_url(self.request) or "/"), *deeper] if front else [*deeper]
        )

    def show(self, template: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
        """A page of this room, in the frame of its neighbourhood."""
        place = place_frame(self.neighbourhood, self.request)
        context = {"room": self, "place": place, "crumbs": crumbs, **more}
        return render(self.request, f"neighbourhoods/boardroom/{template}.html", context)

    def ask(self, ask: Ask, form: BaseForm, crumbs: Crumbs) -> HttpResponse:
        """A page that asks one thing."""
        return self.show("ask", crumbs, ask=ask, form=form)

    def do(self, deed: Callable[[], object], done: str = "") -> None:
        """Do what a single button asks. What was refused is said at the top of the next page."""
        try:
            deed()
        except Refusal as refusal:
            messages.warning(self.request, str(refusal))
        else:
            if done:
                messages.success(self.request, done)

    def sent(self, form: Form, deed: Callable[[dict[str, Any]], object], done: str = "") -> bool:
        """Whether a form was sent and its deed done; if not, the form says why."""
        if self.request.method != "POST" or not form.is_valid():
            return False
        try:
            deed(form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
            return False
        if done:
            messages.success(self.request, done)
        return True

    @property
    def posted(self) -> Any:
        return posted(self.request)


def in_boardroom(
    view: Callable[Concatenate[HttpRequest, Room, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in who sits on the board of the neighbourhood in the path (`<slug:slug>`); 404 for everybody else.

    No second step when signing in: members are residents, nothing here shows the data of others, whatever is done here
    stands there with their name for all to see, and a wrong vote can be changed. Their pages are edited in the admin,
    which does ask for it.
    """

    @wraps(view)
    def inner(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        room = _room(request, slug)
        if room.member is None:
            raise Http404
        return view(request, room, *args, **kwargs)

    return login_required(never_cache(inner))


def at_window(
    view: Callable[Concatenate[HttpRequest, Room, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Show everybody what a board shows; a member sees more, and what they can do."""

    @wraps(view)
    def inner(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, _room(request, slug), *args, **kwargs)

    return never_cache(inner)


def _room(request: HttpRequest, slug: str) -> Room:
    along = Neighbourhood.objects.select_related(
        "party", "coin", "logo", "municipality__organisation_details"
    )
    return Room(request, get_object_or_404(along, slug=slug))
