"""The doors of a participation: who takes part, and a guardian of a child.

Its organiser is sent to the desk, the board to its list; nobody else finds such a page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
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
from core.clock import day_of
from core.refusals import Refusal, refuse
from marketplace.models import Activity, ActivityText, Participation, Shift
from marketplace.permissions import HoursSide, side_in
from marketplace.queries.activities import text_of
from marketplace.queries.participations import participation_at, taken_of
from marketplace.queries.rewards import Verdict, judge
from marketplace.rewarding import reward_of
from marketplace.states import ParticipationState, ShiftState
from neighbourhoods.shown import show_place
from neighbourhoods.views.boardroom.base import Ask, Crumbs
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party

if TYPE_CHECKING:
    from ledger.models import Coin

P = ParamSpec("P")

OWN_SIDES = frozenset({HoursSide.PARTICIPANT, HoursSide.GUARDIAN})


@dataclass(frozen=True)
class AtParticipation:
    """A participation before who takes part, or before a guardian."""

    request: HttpRequest
    participation: Participation
    person: Party
    side: HoursSide

    @cached_property
    def now(self) -> datetime:
        return clock.now()

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def shift(self) -> Shift:
        return self.participation.shift

    @property
    def activity(self) -> Activity:
        return self.participation.shift.activity

    @property
    def coin(self) -> Coin:
        return self.activity.neighbourhood.coin

    @property
    def organiser(self) -> str:
        return self.activity.organiser.display_name

    @cached_property
    def text(self) -> ActivityText:
        return text_of(self.activity)

    @property
    def is_guardian(self) -> bool:
        return self.side == HoursSide.GUARDIAN

    @property
    def acts_for(self) -> str:
        """The name of the child that a guardian looks for; empty for oneself."""
        return self.participation.person.display_name if self.is_guardian else ""

    @property
    def expected(self) -> int:
        """What the whole shift earns at the value of the day of signing up."""
        return reward_of(self.participation.value, self.participation.unit, self.shift.minutes)

    @property
    def reward(self) -> int:
        """What it earns as far as is known: what was confirmed, else what was told, else the whole shift."""
        found = self.participation
        if found.reward is not None:
            return found.reward
        minutes = found.confirmed or found.minutes or self.shift.minutes
        return reward_of(found.value, found.unit, minutes)

    @cached_property
    def free_place(self) -> bool:
        """Whether who waits can take a place: in the last two hours nobody is given one by itself."""
        if self.participation.state != ParticipationState.WAITING or self.now >= self.shift.starts_at:
            return False
        return self.shift.state == ShiftState.OPEN and taken_of(self.shift) < self.shift.places

    @cached_property
    def verdict(self) -> Verdict | None:
        """What is to be thought today of coins that wait for a maximum; nothing of all others."""
        found = self.participation
        if found.state != ParticipationState.BLOCKED_BY_CAP or found.reward is None:
            return None
        return judge(found, found.reward, self.today)

    @property
    def offered(self) -> int:
        """What the hours earn that the organiser saw, in a disagreement."""
        found = self.participation
        return reward_of(found.value, found.unit, found.dispute.offered)

    def by(self) -> dict[str, Any]:
        """Who does it, and when: what every operation is told."""
        return {"actor": actor_of(self.request), "at": self.now}

    @property
    def url(self) -> str:
        return reverse("participation", args=[self.participation.ref])

    def deed_url(self, deed: str) -> str:
        return reverse(f"participation_{deed}", args=[self.participation.ref])

    def back(self, done: str = "") -> HttpResponse:
        """To the page of the participation, which shows how it is now."""
        if done:
            messages.success(self.request, done)
        return redirect(self.url)

    def crumbs(self, *, deep: bool = False) -> Crumbs:
        above: Crumbs = [(_("Your activities"), reverse("my_activities"))]
        return [*above, (self.text.title, self.url)] if deep else above

    def show(self, template: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
        """A page about this participation, in the frame of its neighbourhood."""
        show_place(self.request, self.activity.neighbourhood)
        context = {
            "at": self, "participation": self.participation, "shift": self.shift, "coin": self.coin,
            "acts_for": self.acts_for, "crumbs": crumbs,
        }  # fmt: skip
        return render(self.request, f"marketplace/taking_part/{template}.html", {**context, **more})

    def ask(self, ask: Ask, form: BaseForm) -> HttpResponse:
        """A page that asks one thing."""
        return self.show("ask", self.crumbs(deep=True), ask=ask, form=form)

    @property
    def posted(self) -> QueryDict | None:
        return posted(self.request)

    def sent(self, form: BaseForm, deed: Callable[[dict[str, Any]], object]) -> bool:
        """Whether a form was sent and its deed done; if not, the form says why."""
        return self.request.method == "POST" and is_done(form, deed)


def is_done(form: BaseForm, deed: Callable[[dict[str, Any]], object]) -> bool:
    """Whether what was sent is right and was done; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def at_participation(
    view: Callable[Concatenate[AtParticipation, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open the participation in the path (`<uuid:ref>`) to who takes part or guards them; whoever organises it is sent
    to their desk, the board to its list, and everybody else finds nothing."""

    @wraps(view)
    def inner(request: HttpRequest, ref: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person, found = person_behind(request), participation_at(ref)
        side = side_in(found, person, clock.today()) if found else None
        if found is None or side is None:
            raise Http404
        if side == HoursSide.ORGANISER:
            return redirect("shift_people", found.shift.ref)
        if side == HoursSide.BOARD:
            return redirect("board_hours", found.shift.activity.neighbourhood.slug)
        return view(AtParticipation(request, found, person, side), *args, **kwargs)

    return login_required(never_cache(inner))
