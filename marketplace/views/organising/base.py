"""The door of an organiser's desk: who organises for its party. Nobody else finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.actor import Actor
from core.refusals import Refusal, refuse
from marketplace.models import Shift
from marketplace.permissions import may_organise
from marketplace.queries.activities import shift_at, text_of
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Crumbs
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party
from people.permissions import is_own

P = ParamSpec("P")


@dataclass(frozen=True)
class Desk:
    """What a party organises, before somebody who organises for it."""

    request: HttpRequest
    party: Party
    person: Party

    @cached_property
    def now(self) -> datetime:
        return clock.now()

    @cached_property
    def today(self) -> date:
        return clock.day_of(self.now)

    @cached_property
    def is_own(self) -> bool:
        return is_own(self.person, self.party)

    @property
    def name(self) -> str:
        return _("What you organise") if self.is_own else self.party.display_name

    @property
    def url(self) -> str:
        return reverse("organiser_desk", args=[self.party.uuid])

    @property
    def language(self) -> str:
        return get_language() or ""

    @property
    def actor(self) -> Actor:
        return actor_of(self.request, principal=self.party)

    @property
    def posted(self) -> Any:
        return posted(self.request)

    def by(self) -> dict[str, Any]:
        """Who does it here, and when: what every operation is told."""
        return {"actor": self.actor, "at": self.now}

    def crumbs(self, *deeper: tuple[str, str]) -> Crumbs:
        return [(_("Your account"), reverse("account")), *deeper]

    def way(self, *deeper: tuple[str, str]) -> Crumbs:
        """The way back from a page that lies under the desk."""
        return self.crumbs((self.name, self.url), *deeper)

    def way_to(self, shift: Shift) -> Crumbs:
        """The way back from a page that lies under the people of a shift."""
        people = reverse("shift_people", args=[shift.ref])
        return self.way((text_of(shift.activity).title, people))

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

    def do(self, deed: Callable[[], object], done: str = "") -> None:
        """Do what a single button asks. What was refused is said at the top of the next page."""
        try:
            deed()
        except Refusal as refusal:
            messages.warning(self.request, str(refusal))
        else:
            if done:
                messages.success(self.request, done)

    def show(self, template: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
        acts_for = "" if self.is_own else self.party.display_name
        context = {"desk": self, "party": self.party, "acts_for": acts_for, "crumbs": crumbs, **more}
        return render(self.request, f"marketplace/organising/{template}.html", context)


def at_desk(view: Callable[Concatenate[Desk, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the desk of the party in the path (`<uuid:party>`) to who organises for it; 404 for everybody else."""

    @wraps(view)
    def inner(request: HttpRequest, party: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = person_behind(request)
        found = get_object_or_404(Party.objects.with_names(), uuid=party)
        if not may_organise(person, found, clock.today()):
            raise Http404
        return view(Desk(request, found, person), *args, **kwargs)

    return login_required(never_cache(inner))


def at_shift(view: Callable[Concatenate[Desk, Shift, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page about the shift in the path (`<uuid:ref>`) to who organises it; 404 for everybody else. The frame is
    that of the neighbourhood of its activity."""

    @wraps(view)
    def inner(request: HttpRequest, ref: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = person_behind(request)
        shift = shift_at(ref)
        if shift is None or not may_organise(person, shift.activity.organiser, clock.today()):
            raise Http404
        show_place(request, shift.activity.neighbourhood)
        return view(Desk(request, shift.activity.organiser, person), shift, *args, **kwargs)

    return login_required(never_cache(inner))
