"""The door of an activity for who organises it. All others find no such page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache

from core import clock
from marketplace.models import Activity, ActivityPage, ActivityText
from marketplace.operations.activities.standing import OVER, WRITABLE
from marketplace.permissions import may_organise
from marketplace.queries.activities import activity_at, text_of
from marketplace.queries.pages import page_of_activity
from marketplace.states import ActivityState
from marketplace.views.organising.base import Desk
from marketplace.views.organising.desk import DISCS
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask, Crumbs
from people.acting import person_behind

P = ParamSpec("P")


@dataclass(frozen=True)
class Post(Desk):
    """An activity at the desk of its organiser."""

    activity: Activity

    @cached_property
    def text(self) -> ActivityText:
        return text_of(self.activity)

    @cached_property
    def page(self) -> ActivityPage | None:
        """Where its words are written, when it has one."""
        return page_of_activity(self.activity)

    @property
    def is_writable(self) -> bool:
        return self.activity.state in WRITABLE

    @property
    def is_over(self) -> bool:
        return self.activity.state in OVER

    @property
    def is_board(self) -> bool:
        """Whether the neighbourhood itself organises it: then it is open at once."""
        return self.activity.organiser_id == self.activity.neighbourhood.party_id

    @property
    def phase(self) -> tuple[str, str]:
        return DISCS[ActivityState(self.activity.state)], capfirst(self.activity.get_state_display())

    def way_here(self) -> Crumbs:
        """The way back from a page that lies under the activity."""
        return self.way((self.text.title, reverse("activity_edit", args=[self.activity.ref])))

    def show(self, template: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
        context = {
            "post": self, "activity": self.activity, "text": self.text,
            "acts_for": "" if self.is_own else self.party.display_name, "crumbs": crumbs, **more,
        }  # fmt: skip
        return render(self.request, f"marketplace/posting/{template}.html", context)

    def ask(self, ask: Ask, form: Any, crumbs: Crumbs) -> HttpResponse:
        """A page that asks one thing."""
        return self.show("ask", crumbs, ask=ask, form=form)


def post_of(request: HttpRequest, activity: Activity | None) -> Post:
    """:raises Http404: without an activity, and to who does not organise it."""
    person = person_behind(request)
    if activity is None or not may_organise(person, activity.organiser, clock.today()):
        raise Http404
    show_place(request, activity.neighbourhood)
    return Post(request, activity.organiser, person, activity)


def at_activity(view: Callable[Concatenate[Post, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the activity in the path (`<uuid:ref>`) to who organises it; 404 for everybody else."""

    @wraps(view)
    def inner(request: HttpRequest, ref: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(post_of(request, activity_at(ref)), *args, **kwargs)

    return login_required(never_cache(inner))
