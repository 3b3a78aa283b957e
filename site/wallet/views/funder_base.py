"""The door of a funder's pages: who brings in money for an organisation. All others find no such page."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from core import clock
from core.actor import Actor
from people.acting import actor_of, person_behind
from people.models import Party
from wallet import permissions
from wallet.queries.organisations import NOT_ORGANISATIONS

P = ParamSpec("P")


@dataclass(frozen=True)
class FunderRoom:
    """The pages of an organisation that gives money, and who is there for it."""

    request: HttpRequest
    funder: Party
    person: Party

    @property
    def actor(self) -> Actor:
        return actor_of(self.request, principal=self.funder)


def at_funder(
    view: Callable[Concatenate[HttpRequest, FunderRoom, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in who may bring in money for the organisation in the path (`<uuid:uuid>`)."""

    @wraps(view)
    def inner(request: HttpRequest, uuid: uuids.UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        organisations = Party.objects.exclude(kind__in=NOT_ORGANISATIONS).with_names()
        funder = get_object_or_404(organisations, uuid=uuid)
        person = person_behind(request)
        if not permissions.may_cash(person, funder, clock.today()):
            raise Http404
        return view(request, FunderRoom(request, funder, person), *args, **kwargs)

    return login_required(never_cache(inner))
