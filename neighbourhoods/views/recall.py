"""A call for a new election: what it asks, how many support it, and supporting it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.forms.standing import RecallForm
from neighbourhoods.models import Neighbourhood, Proposal, Subject
from neighbourhoods.operations import recalls
from neighbourhoods.queries.elections import (
    needed_support,
    open_recall,
    running_election,
    support_until,
    supports,
)
from neighbourhoods.queries.policies import NoPolicy, policy_for
from neighbourhoods.queries.recalls import callers_count
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.queries.seats import board_of
from neighbourhoods.queries.support import supporters
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import place_frame
from people.acting import actor_of, person_behind
from people.models import Party

Deed = Callable[[Proposal, Party, dict[str, Any]], None]


@never_cache
def recall(request: HttpRequest, slug: str) -> HttpResponse:
    """The call that gathers support now; without one, how a new election is called for. Everybody may look."""
    return _show(request, _place(slug), SureForm())


@login_required
@never_cache
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a call."""
    place, person = _place(slug), person_behind(request)
    form = RecallForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        key = derive_key(scope="recall.start", owner=person.canonical_id, form_id=said.pop("key"))
        try:
            recalls.start(
                neighbourhood=place, person=person, key=key, language=get_language() or "nl",
                actor=actor_of(request), at=clock.now(), **said,
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your call is published. Now others can support it."))
            return redirect("recall", slug=slug)
    crumbs = [(_("A new board"), reverse("recall", args=[slug]))]
    context = {**_frame(request, place), "form": form, "crumbs": crumbs, "rules": _rules(place)}
    return render(request, "neighbourhoods/standing/recall_start.html", context)


@login_required
@never_cache
def support(request: HttpRequest, slug: str) -> HttpResponse:
    """I support it."""

    def deed(call: Proposal, person: Party, by: dict[str, Any]) -> None:
        recalls.support(proposal=call, person=person, **by)

    return _act(request, slug, deed, _("You support this call."))


@login_required
@never_cache
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """I do not support it any more."""

    def deed(call: Proposal, person: Party, by: dict[str, Any]) -> None:
        recalls.take_back_support(proposal=call, person=person, **by)

    return _act(request, slug, deed, _("You do not support this call any more."))


@login_required
@never_cache
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever began it takes it back."""

    def deed(call: Proposal, _person: Party, by: dict[str, Any]) -> None:
        recalls.withdraw(proposal=call, **by)

    return _act(request, slug, deed, _("Your call is taken back."))


def _act(request: HttpRequest, slug: str, deed: Deed, said: str) -> HttpResponse:
    """Do one thing with the call that runs; when it has ended meanwhile, the page says so."""
    place, person = _place(slug), person_behind(request)
    call = open_recall(place)
    if request.method != "POST" or call is None:
        return redirect("recall", slug=slug)
    form = SureForm(request.POST)
    try:
        deed(call, person, {"actor": actor_of(request), "at": clock.now()})
    except Refusal as refusal:
        refuse(form, refusal)
        return _show(request, place, form)
    messages.success(request, said)
    return redirect("recall", slug=slug)


def _show(request: HttpRequest, place: Neighbourhood, form: SureForm) -> HttpResponse:
    person = person_behind(request) if request.user.is_authenticated else None
    call = open_recall(place)
    context = {
        **_frame(request, place),
        "form": form,
        "call": call,
        "lives_here": person is not None and lives_in(person, place),
        "supports": person is not None and call is not None and supports(call, person),
        "is_own": person is not None and call is not None and _is_own(call, person),
        "supporters": supporters(call) if call else 0,
        "ends_at": support_until(call) if call else None,
        "rules": _rules(place, call),
        "coming": running_election(place),
        "has_board": board_of(place, clock.today()).exists(),
    }
    return render(request, "neighbourhoods/standing/recall.html", context)


def _rules(place: Neighbourhood, call: Proposal | None = None) -> dict[str, int]:
    """How many residents must support a call, and in how many days; nothing while that is not written down."""
    try:
        policy = call.policy if call else policy_for(place, Subject.RECALL)
    except NoPolicy:
        return {}
    return {
        "needed": needed_support(policy.support_needed, callers_count(place, policy, clock.today())),
        "days": policy.support_days,
    }


def _is_own(call: Proposal, person: Party) -> bool:
    return call.proposed_by.canonical_id == person.canonical_id


def _place(slug: str) -> Neighbourhood:
    along = ("coin", "logo", "municipality__organisation_details")
    return get_object_or_404(Neighbourhood.objects.select_related(*along), slug=slug)


def _frame(request: HttpRequest, place: Neighbourhood) -> dict[str, Any]:
    return {"neighbourhood": place, "place": place_frame(place, request)}
