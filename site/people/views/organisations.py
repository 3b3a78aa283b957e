from __future__ import annotations

import uuid
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.refusals import Refusal, refuse
from people import permissions, queries
from people.acting import actor_of, person_behind, user_of
from people.forms import HouseholdForm, OrganisationForm, RegisterOrganisationForm
from people.models import Mandate, Party, PartyKind
from people.operations.organisations import (
    NotTheOwner,
    change_organisation,
    close_organisation,
    found_household,
    register_organisation,
)


def principal_for(request: HttpRequest, number: uuid.UUID) -> Party:
    """The party at this address, if the visitor holds an office for it or is it.

    :raises Http404: for anybody else: they do not learn that it exists.
    """
    party = Party.objects.with_names().filter(uuid=number, erased_at=None).first()
    if party is None or not permissions.may_see(person_behind(request), party, clock.today()):
        raise Http404
    return party


def refused(request: HttpRequest, refusal: Refusal, party: Party) -> HttpResponse:
    """What somebody may see but not do: back to the page, with the reason."""
    messages.error(request, str(refusal))
    return redirect("account_organisation", party.uuid)


@login_required
def organisations(request: HttpRequest) -> HttpResponse:
    """Whom you act for, and what you are invited to."""
    user = user_of(request)
    words = {
        "mandates": queries.mandates_of(user.person, clock.today()).exclude(
            principal__kind=PartyKind.HOUSEHOLD
        ),
        "invitations": queries.invitations_to(user, clock.now()),
    }
    return render(request, "people/organisations.html", words)


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Add a company or association of your own."""
    form = RegisterOrganisationForm(request.POST or None, initial={"kind": PartyKind.COMPANY})
    if request.method == "POST" and form.is_valid():
        person = person_behind(request)
        try:
            party = register_organisation(
                owner=person, actor=actor_of(request), at=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%s is added.") % party.display_name)
            return redirect("account_organisation", party.uuid)
    return render(request, "people/organisation_form.html", {"form": form})


@login_required
def organisation(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """One organisation, household or yourself, with who may do what for it."""
    party, person, today = principal_for(request, number), person_behind(request), clock.today()
    manages = permissions.may_manage(person, party, today)
    offices = list(queries.mandates_for(party)) if manages else _own_offices(person, party)
    words = {
        "party": party,
        "manages": manages,
        "is_self": permissions.is_own(person, party),
        "shows_iban": permissions.may_see_money_details(person, party, today),
        "running": [office for office in offices if not _is_over(office, today)],
        "ended": [office for office in offices if _is_over(office, today)],
        "invitations": queries.open_invitations_of(party, clock.now()) if manages else [],
        "person": person,
    }
    return render(request, "people/organisation.html", words)


def _own_offices(person: Party, party: Party) -> list[Mandate]:
    return list(queries.mandates_for(party).held_by(person))  # type: ignore[attr-defined]


def _is_over(office: Mandate, today: date) -> bool:
    return office.until_on is not None and office.until_on < today


@login_required
def change(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Change what is known of an organisation."""
    party = principal_for(request, number)
    if party.is_person:
        return redirect("account_details")
    if not permissions.may_manage(person_behind(request), party, clock.today()):
        return refused(request, NotTheOwner(), party)
    form = OrganisationForm(request.POST or None, initial=OrganisationForm.initial_of(party))
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(
                party=party, actor=actor_of(request, principal=party), at=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The details are saved."))
            return redirect("account_organisation", party.uuid)
    return render(request, "people/organisation_form.html", {"form": form, "party": party})


@login_required
def close(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Close an organisation or household of which nobody else is part."""
    party = principal_for(request, number)
    if party.is_person:
        raise Http404
    if request.method == "POST":
        name = party.display_name
        try:
            close_organisation(party=party, actor=actor_of(request, principal=party), at=clock.now())
        except Refusal as refusal:
            return refused(request, refusal, party)
        messages.success(request, _("%s is closed.") % name)
        return redirect("account")
    return render(request, "people/organisation_close.html", {"party": party})


@login_required
def household(request: HttpRequest) -> HttpResponse:
    """Your household, or the form that makes one."""
    person = person_behind(request)
    home = queries.household_of(person, clock.today())
    if home is not None:
        return redirect("account_organisation", home.uuid)
    form = HouseholdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            home = found_household(
                name=form.cleaned_data["name"], person=person, actor=actor_of(request), at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your household is made. You can invite others now."))
            return redirect(reverse("account_organisation", args=[home.uuid]))
    return render(request, "people/household_form.html", {"form": form})
