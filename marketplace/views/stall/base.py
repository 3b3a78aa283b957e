"""The door of a stall: who buys and sells for its party, and its editors. Nobody else finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from marketplace.permissions import may_trade, may_write
from neighbourhoods.views.boardroom.base import Crumbs
from people.acting import person_behind
from people.models import Party
from people.permissions import is_own

P = ParamSpec("P")


@dataclass(frozen=True)
class Stall:
    """What a party offers, asks and sells, before somebody who acts for it."""

    request: HttpRequest
    party: Party
    person: Party

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def is_own(self) -> bool:
        return is_own(self.person, self.party)

    @cached_property
    def trades(self) -> bool:
        """Whether they deal with orders; an editor writes only."""
        return may_trade(self.person, self.party, self.today)

    @property
    def name(self) -> str:
        return _("Your stall") if self.is_own else self.party.display_name

    @property
    def url(self) -> str:
        return reverse("stall", args=[self.party.uuid])

    def crumbs(self, *deeper: tuple[str, str]) -> Crumbs:
        return [(_("Your account"), reverse("account")), *deeper]

    def show(self, template: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
        acts_for = "" if self.is_own else self.party.display_name
        context = {"stall": self, "party": self.party, "acts_for": acts_for, "crumbs": crumbs, **more}
        return render(self.request, f"marketplace/stall/{template}.html", context)


def at_stall(view: Callable[Concatenate[Stall, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the stall of the party in the path (`<uuid:party>`) to who writes for it; 404 for everybody else."""

    @wraps(view)
    def inner(request: HttpRequest, party: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = person_behind(request)
        found = get_object_or_404(Party.objects.with_names(), uuid=party)
        if not may_write(person, found, clock.today()):
            raise Http404
        return view(Stall(request, found, person), *args, **kwargs)

    return login_required(never_cache(inner))


def for_traders(view: Callable[Concatenate[Stall, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """The same for pages with what others ordered: who buys and sells, and nobody else."""

    def inner(stall: Stall, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not stall.trades:
            raise Http404
        return view(stall, *args, **kwargs)

    return wraps(view)(at_stall(inner))
