"""Requests and residencies at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.refusals import Refusal, refuse
from neighbourhoods.forms.desk import FilterForm, ReasonForm
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Attestation, Residency
from neighbourhoods.operations.desk import note_reading
from neighbourhoods.operations.residency import attest_at_desk, end_residency, refuse_request
from neighbourhoods.permissions import is_self
from neighbourhoods.queries.desk import likely_doubles, neighbourhoods_of, open_requests, residencies_at
from neighbourhoods.queries.residency import refused_because
from neighbourhoods.states import ResidencyState
from neighbourhoods.views.desk.base import Desk, at_desk, crumbs, page_of
from neighbourhoods.views.posted import posted


@at_desk
def desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who waits."""
    context = {
        "municipalities": desk.municipalities,
        "pages": page_of(request, open_requests(desk.municipalities, clock.today())),
    }
    return render(request, "neighbourhoods/desk/desk.html", context)


@at_desk
def residencies(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All residencies, by neighbourhood and state."""
    form = FilterForm(request.GET, neighbourhoods=neighbourhoods_of(desk.municipalities))
    rows = (
        residencies_at(desk.municipalities, clock.today())
        .filter(**form.chosen())
        .order_by("-requested_at", "-pk")
    )
    context = {"filters": form, "pages": page_of(request, rows), "crumbs": crumbs()}
    return render(request, "neighbourhoods/desk/residencies.html", context)


@at_desk
def residency(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """One request or residency, and what can be done with it."""
    found = desk.residency(pk)
    actor = desk.actor(found.neighbourhood.municipality)
    note_reading(persons=[found.person], actor=actor, at=clock.now())
    return _show(request, desk, found)


@at_desk
def attest(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The clerk has seen who it is."""

    def do(found: Residency, _form: Form, actor: Actor) -> None:
        attest_at_desk(residency=found, actor=actor, at=clock.now(), on=clock.today())

    return _act(request, desk, pk, "attest_form", do, done=ResidencyState.ATTESTED)


@at_desk
def refuse_it(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The clerk does not enrol this person, and says why."""

    def do(found: Residency, form: Form, actor: Actor) -> None:
        refuse_request(residency=found, reason=form.cleaned_data["reason"], actor=actor, at=clock.now())

    return _act(request, desk, pk, "refuse_form", do, done=ResidencyState.REFUSED)


@at_desk
def end(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The person has moved away."""

    def do(found: Residency, form: Form, actor: Actor) -> None:
        reason = form.cleaned_data["reason"]
        end_residency(residency=found, on=clock.today(), actor=actor, at=clock.now(), reason=reason)

    return _act(request, desk, pk, "end_form", do, done=ResidencyState.ENDED)


FORMS: dict[str, type[Form]] = {"attest_form": SureForm, "refuse_form": ReasonForm, "end_form": ReasonForm}


def _act(
    request: HttpRequest,
    desk: Desk,
    pk: int,
    name: str,
    do: Callable[[Residency, Form, Actor], None],
    *,
    done: ResidencyState,
) -> HttpResponse:
    """Do one thing with a residency; sent twice, the second finds it done."""
    found = desk.residency(pk)
    form = FORMS[name](posted(request))
    if request.method != "POST" or found.state == done:
        return redirect("desk_residency", pk=pk)
    if form.is_valid():
        try:
            do(found, form, desk.actor(found.neighbourhood.municipality))
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _said(found))
            return redirect("desk_residency", pk=pk)
    return _show(request, desk, desk.residency(pk), **{name: form, "form": form})


def _said(found: Residency) -> str:
    words = {"name": found.person.display_name, "place": found.neighbourhood.name}
    if found.state == ResidencyState.ATTESTED:
        return _("%(name)s now lives in %(place)s.") % words
    if found.state == ResidencyState.REFUSED:
        return _("The request of %(name)s was refused. They can read why.") % words
    return _("%(name)s is no longer enrolled in %(place)s.") % words


def _show(request: HttpRequest, desk: Desk, found: Residency, **forms: Form) -> HttpResponse:
    actor = desk.actor(found.neighbourhood.municipality)
    context: dict[str, Any] = {
        **{name: form() for name, form in FORMS.items()},
        **forms,
        "residency": found,
        "person": found.person,
        "is_self": is_self(actor, found.person),
        "by_letter": found.attestation == Attestation.CODE_LETTER,
        "reason": refused_because(found) if found.state == ResidencyState.REFUSED else "",
        "doubles": likely_doubles(found.person, desk.municipalities, clock.today()),
        "crumbs": crumbs((_("Residents"), reverse("desk_residencies"))),
    }
    return render(request, "neighbourhoods/desk/residency.html", context)
