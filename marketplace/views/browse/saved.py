"""Saved searches: one's own list, saving one, and stopping the mail with the link that stands in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import clock
from core.refusals import Refusal, refuse
from marketplace.forms.saved import EveryForm, SaveForm
from marketplace.models import Every, SavedSearch
from marketplace.operations.searches import (
    change_search,
    remove_search,
    save_search,
    search_of,
    stop_mail,
)
from marketplace.queries.branches import branches
from marketplace.queries.distance import slugs_of_places
from marketplace.search_links import saved_behind
from marketplace.views.browse.base import Looking, address_of, looking
from marketplace.views.browse.market import chosen
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.queries import canonical


@never_cache
@login_required
def saved_searches(request: HttpRequest) -> HttpResponse:
    """What somebody saved, each with how often they hear of it. Four queries at most, however many there are."""
    found = list(_mine(request).select_related("neighbourhood").order_by("pk"))
    tree = branches()
    places = slugs_of_places() if any("near=" in saved.query for saved in found) else []
    rows = [
        {
            "saved": saved,
            "url": address_of(search_of(saved, tree, places)),
            "every": capfirst(saved.get_every_display()),
        }
        for saved in found
    ]
    crumbs = [(_("Your account"), reverse("account"))]
    context = {"rows": rows, "choices": Every.choices, "crumbs": crumbs}
    return render(request, "marketplace/browse/saved.html", context)


@never_cache
@login_required
def search_save(request: HttpRequest) -> HttpResponse:
    """Save the search that stands in the address: what it asks for is shown, its name is proposed."""
    here = looking(request, request.GET.get("place", ""))
    form = SaveForm(posted(request), initial={"name": _name(here)})
    if request.method == "POST" and form.is_valid():
        try:
            save_search(search=here.search, actor=actor_of(request), at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. We tell you when there is something new."))
            return redirect("saved_searches")
    return render(
        request, "marketplace/browse/save.html", {"form": form, "here": here, "chosen": chosen(here)}
    )


def _name(here: Looking) -> str:
    """What it asks for, in short."""
    asked = ", ".join(label for label, _url in chosen(here))
    where = here.place.name if here.place else _("All neighbourhoods")
    return (f"{where}: {asked}" if asked else _("Market of %(place)s") % {"place": where})[:80]


@require_POST
@login_required
def search_every(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Hear of it more or less often."""
    form = EveryForm(request.POST)
    if not form.is_valid():
        raise Http404
    saved = _own(request, ref)
    change_search(search=saved, every=form.cleaned_data["every"], actor=actor_of(request), at=clock.now())
    messages.success(request, _("Changed."))
    return redirect("saved_searches")


@require_POST
@login_required
def search_remove(request: HttpRequest, ref: UUID) -> HttpResponse:
    saved = _own(request, ref)
    remove_search(search=saved, actor=actor_of(request), at=clock.now())
    messages.success(request, _("“%(name)s” is no longer saved.") % {"name": saved.name})
    return redirect("saved_searches")


@never_cache
def search_stop(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail: no mail about this search any more. Nobody need sign in for that; a program that only follows
    links, as mail filters do, changes nothing."""
    try:
        saved = saved_behind(token)
    except signing.BadSignature as forged:
        raise Http404 from forged
    if request.method == "POST" and saved:
        stop_mail(search=saved)
        saved.every = Every.NEVER
    is_stopped = saved is None or saved.every == Every.NEVER
    return render(request, "marketplace/browse/stop.html", {"saved": saved, "is_stopped": is_stopped})


def _mine(request: HttpRequest) -> Any:
    return SavedSearch.objects.filter(person=canonical(person_behind(request)))


def _own(request: HttpRequest, ref: UUID) -> SavedSearch:
    """:raises Http404: for another's, or none."""
    found: SavedSearch = get_object_or_404(_mine(request).select_related("person"), ref=ref)
    return found
