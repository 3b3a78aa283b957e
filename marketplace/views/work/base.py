"""The doors of work: a team opens to its members and its coach alone; for everybody else there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.refusals import Refusal, refuse
from marketplace.models import Team
from marketplace.queries.teams import team_at
from marketplace.work_sight import TeamSide, side_in_team
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask, Crumbs
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party

P = ParamSpec("P")


@dataclass(frozen=True)
class AtTeam:
    """A team before somebody who has to do with it."""

    request: HttpRequest
    team: Team
    person: Party
    side: TeamSide

    @cached_property
    def now(self) -> datetime:
        return clock.now()

    @property
    def today(self) -> date:
        return clock.day_of(self.now)

    @property
    def is_coach(self) -> bool:
        return self.side == TeamSide.COACH

    @property
    def is_running(self) -> bool:
        return self.team.ended_at is None

    @property
    def url(self) -> str:
        return reverse("team", args=[self.team.ref])

    def by(self) -> dict[str, Any]:
        """Who does it, and when: what every operation is told."""
        return {"actor": actor_of(self.request), "at": self.now}

    def back(self, done: str) -> HttpResponse:
        """To the page of the team, which shows how it is now."""
        messages.success(self.request, done)
        return redirect(self.url)

    def crumbs(self, *, deep: bool = False) -> Crumbs:
        above = [*work_crumbs(), (_("Your teams"), reverse("teams"))]
        return [*above, (self.team.name, self.url)] if deep else above

    def show(self, template: str, *, deep: bool = True, **more: Any) -> HttpResponse:
        """A page about this team, in the frame of its neighbourhood."""
        show_place(self.request, self.team.neighbourhood)
        context = {"at": self, "team": self.team, "crumbs": self.crumbs(deep=deep), **more}
        return render(self.request, f"marketplace/work/{template}.html", context)

    def ask(self, ask: Ask, form: BaseForm) -> HttpResponse:
        """A page that asks one thing."""
        show_place(self.request, self.team.neighbourhood)
        context = {"ask": ask, "form": form, "crumbs": self.crumbs(deep=True)}
        return render(self.request, "neighbourhoods/boardroom/ask.html", context)

    @property
    def posted(self) -> QueryDict | None:
        return posted(self.request)

    def sent(self, form: BaseForm, deed: Callable[[], object]) -> bool:
        return is_sent(self.request, form, deed)


def at_team(*sides: TeamSide) -> Callable[..., Any]:
    """Open the team in the path (`<uuid:ref>`) to who is on one of these sides of it; 404 for everybody else."""

    def decorate(view: Callable[Concatenate[AtTeam, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, ref: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            person, team = person_behind(request), team_at(ref)
            side = side_in_team(team, person, clock.today()) if team else None
            if team is None or side is None or side not in sides:
                raise Http404
            return view(AtTeam(request, team, person, side), *args, **kwargs)

        return login_required(never_cache(inner))

    return decorate


INSIDE = (TeamSide.COACH, TeamSide.MEMBER)


def is_sent(request: HttpRequest, form: BaseForm, deed: Callable[[], object]) -> bool:
    """Whether a form was sent and its deed done; if not, the form says why."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        deed()
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def work_crumbs() -> Crumbs:
    """The way back: to the account, and to one's own page about work."""
    return [(_("Your account"), reverse("account")), (_("Work that suits you"), reverse("work"))]
