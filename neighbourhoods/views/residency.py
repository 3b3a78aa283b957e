"""A resident's own pages about where they live."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import CodeForm, RequestForm, SureForm, known_address
from neighbourhoods.models import Attestation, Residency
from neighbourhoods.operations.letters import DAYS_GOOD, MOST_TRIES
from neighbourhoods.operations.residency import (
    attest_by_code,
    end_residency,
    request_residency,
    withdraw_request,
)
from neighbourhoods.operations.residency.attest import last_good_day
from neighbourhoods.operations.residency.request import RENEWAL
from neighbourhoods.queries.residency import last_answer, refused_because, request_of, residency_of
from neighbourhoods.queries.seats import seats_to_come, seats_to_give_up
from neighbourhoods.views import demo_code
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party


@login_required
@never_cache
def residency(request: HttpRequest) -> HttpResponse:
    """Where I live, or what is still needed for that."""
    person = person_behind(request)
    lives, asked = residency_of(person), request_of(person)
    answer = None if lives or asked else last_answer(person)
    context = {
        "lives": lives,
        "renews": lives and not asked and _ends_soon(lives),
        "asked": asked,
        "letter": asked and _letter(asked),
        "answer": answer,
        "reason": refused_because(answer) if answer else "",
        "seats": seats_to_give_up(person, clock.today()).select_related("neighbourhood"),
        "crumbs": _crumbs(),
    }
    return render(request, "neighbourhoods/account/residency.html", context)


@login_required
@never_cache
def residency_request(request: HttpRequest) -> HttpResponse:
    """Ask to be enrolled."""
    person = person_behind(request)
    form = RequestForm(posted(request), initial=known_address(getattr(person, "person_details", None)))
    if request.method == "POST" and form.is_valid():
        if _request(request, form, person):
            return redirect("residency")
    elif request.method != "POST" and request_of(person):
        return redirect("residency")
    context = {
        "form": form,
        "lives": residency_of(person),
        "days": DAYS_GOOD.days,
        "crumbs": _crumbs(deep=True),
    }
    return render(request, "neighbourhoods/account/residency_request.html", context)


@login_required
@never_cache
def residency_code(request: HttpRequest) -> HttpResponse:
    """Enter the code from the letter."""
    asked = request_of(person_behind(request))
    if asked is None or asked.attestation != Attestation.CODE_LETTER:
        return redirect("residency")
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            attest_by_code(
                residency=asked, code=form.cleaned_data["code"], actor=actor_of(request), at=clock.now(),
                on=clock.today(),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
            asked.refresh_from_db()
        else:
            messages.success(request, _("You live in %(place)s.") % {"place": asked.neighbourhood.name})
            return redirect("residency")
    context = {"form": form, "asked": asked, "letter": _letter(asked), "crumbs": _crumbs(deep=True)}
    return render(request, "neighbourhoods/account/residency_code.html", context)


@login_required
@never_cache
def residency_withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw my request. Sent twice, there is nothing left to withdraw, and that is fine."""
    asked = request_of(person_behind(request))
    if asked is None:
        return redirect("residency")
    form = SureForm(posted(request))
    if request.method == "POST":
        try:
            withdraw_request(residency=asked, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your request was withdrawn. We no longer keep the address."))
            return redirect("residency")
    context = {"form": form, "asked": asked, "crumbs": _crumbs(deep=True)}
    return render(request, "neighbourhoods/account/residency_withdraw.html", context)


@login_required
@never_cache
def residency_end(request: HttpRequest) -> HttpResponse:
    """I am moving away."""
    person = person_behind(request)
    lives = residency_of(person)
    if lives is None:
        return redirect("residency")
    form = SureForm(posted(request))
    if request.method == "POST":
        try:
            end_residency(residency=lives, on=clock.today(), actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            place = lives.neighbourhood.name
            messages.success(request, _("You are no longer enrolled in %(place)s.") % {"place": place})
            return redirect("residency")
    seats = seats_to_come(person, clock.today()).filter(neighbourhood=lives.neighbourhood_id)
    context = {"form": form, "lives": lives, "has_seat": seats.exists(), "crumbs": _crumbs(deep=True)}
    return render(request, "neighbourhoods/account/residency_end.html", context)


def _request(request: HttpRequest, form: RequestForm, person: Party) -> bool:
    """Whether it was asked for; if not, the form says why."""
    values = dict(form.cleaned_data)
    key = derive_key(scope="residency.request", owner=person.canonical_id, form_id=values.pop("key"))
    try:
        made = request_residency(person=person, key=key, actor=actor_of(request), at=clock.now(), **values)
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    demo_code.send_at_once(made, clock.now())
    return True


def _letter(asked: Residency) -> dict[str, Any]:
    """What the resident may know of the letter; the code itself in the demo alone."""
    return {
        "made": asked.code_made_at,
        "good_until": last_good_day(asked),
        "expired": _is_past(asked),
        "void": asked.code_tries >= MOST_TRIES,
        "demo_code": demo_code.shown(asked),
    }


def _is_past(asked: Residency) -> bool:
    good_until = last_good_day(asked)
    return good_until is not None and clock.today() > good_until


def _ends_soon(lives: Residency) -> bool:
    return lives.until_on is not None and lives.until_on - clock.today() <= RENEWAL


def _crumbs(*, deep: bool = False) -> list[tuple[str, str]]:
    crumbs = [(_("Your account"), reverse("account"))]
    return [*crumbs, (_("Where I live"), reverse("residency"))] if deep else crumbs
