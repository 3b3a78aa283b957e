"""The doors of an offer: everybody's, and that of who offers it. All others find no such page."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from core import clock
from core.refusals import Refusal, refuse
from marketplace.queries.offers import offer_at
from marketplace.views.offers.shown import Shown
from people.acting import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http.response import HttpResponseBase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Shown, P], HttpResponse]


def shown_at(request: HttpRequest, ref: UUID) -> Shown:
    """:raises Http404: when there is no such offer, or the visitor may not know of it."""
    offer = offer_at(ref)
    if offer is None:
        raise Http404
    return Shown(request, offer)


def at_offer(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Open an offer (`<uuid:ref>`) to who is signed in and may see it."""

    @wraps(view)
    def inner(request: HttpRequest, ref: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        shown = shown_at(request, ref)
        if not shown.may_see:
            raise Http404
        return view(request, shown, *args, **kwargs)

    return login_required(never_cache(inner))


def at_own_offer(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Open an offer to who buys and sells for who offers it."""

    def check(request: HttpRequest, shown: Shown, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not shown.is_own:
            raise Http404
        return view(request, shown, *args, **kwargs)

    return at_offer(update_wrapper(check, view))


def by(shown: Shown) -> dict[str, Any]:
    """Who does it, for whom, and when."""
    return {"actor": actor_of(shown.request, principal=shown.offer.provider), "at": clock.now()}


def is_done(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Whether it was done; if not, the form says why."""
    try:
        deed()
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def show(shown: Shown, template: str, **more: Any) -> HttpResponse:
    """A page about an offer, in the frame of its neighbourhood, with the way back to it."""
    crumbs = [*shown.crumbs()[:1], (shown.text.title, reverse("offer", args=[shown.offer.ref]))]
    return render(shown.request, f"marketplace/offers/{template}.html", shown.context(crumbs=crumbs, **more))
