"""The door of a till: who sells for the organisation comes in; for everybody else there is no such till."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.http import HTMX_STOP_POLLING

from core import clock
from core.actor import Actor
from ledger.kinds import AccountState
from people.acting import actor_of, person_behind
from people.models import Party
from people.permissions import may_sell
from wallet.models import PaymentRequest, Till
from wallet.queries.tills import asked_at, till_with

if TYPE_CHECKING:
    from ledger.models import Account

P = ParamSpec("P")


@dataclass(frozen=True)
class AtTill:
    """A till, and whoever stands at it."""

    request: HttpRequest
    till: Till
    person: Party

    @property
    def account(self) -> Account:
        return self.till.account

    @property
    def holder(self) -> Party:
        return self.account.holder

    @property
    def is_open(self) -> bool:
        """Whether anything can be asked here: neither the till nor its account is closed or blocked."""
        return self.till.closed_at is None and self.account.state == AccountState.OPEN

    @property
    def actor(self) -> Actor:
        return actor_of(self.request, principal=self.holder)

    def asked(self, uuid: UUID) -> PaymentRequest:
        """:raises Http404: for what was asked at another till, just as for what was never asked."""
        found = asked_at(self.till, uuid)
        if found is None:
            raise Http404
        found.till, found.payee = self.till, self.account
        return found

    def crumbs(self, *deeper: tuple[str, str]) -> list[tuple[str, str]]:
        return [(_("Tills"), reverse("tills")), *deeper]


def at_till(
    view: Callable[Concatenate[HttpRequest, AtTill, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open the till in the path (`<uuid:uuid>`) to who takes payments for its organisation today."""

    @wraps(view)
    def inner(request: HttpRequest, uuid: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _logged_out(request, uuid, kwargs)
        till, person = till_with(uuid), person_behind(request)
        if till is None or not may_sell(person, till.account.holder, clock.today()):
            raise Http404
        response = view(request, AtTill(request, till, person), *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response

    return never_cache(inner)


def is_within_page(request: HttpRequest) -> bool:
    """Whether a page that is open asks for a part of itself."""
    return request.headers.get("HX-Request") == "true"


def _logged_out(request: HttpRequest, uuid: UUID, place: dict[str, Any]) -> HttpResponse:
    """A till stands on a counter all day. When the session ends it says so in its own page, and asks no more."""
    if not is_within_page(request):
        return redirect_to_login(request.get_full_path())
    onwards = (
        reverse("till_charge", args=[uuid, place["asked"]])
        if "asked" in place
        else reverse("till", args=[uuid])
    )
    return render(request, "wallet/till/logged_out.html", {"onwards": onwards}, status=HTMX_STOP_POLLING)
