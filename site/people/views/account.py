from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.refusals import Refusal, refuse
from people import queries
from people.acting import actor_of, user_of
from people.entries import entries_for
from people.forms import DetailsForm
from people.models import PartyKind, PersonDetails, User
from people.operations.persons import change_details, is_birthday_fixed


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Who you are here, how you sign in, for whom you act, and what is kept."""
    user, today = user_of(request), clock.today()
    principals = list(queries.principals_of(user.person, today))
    words = {
        "person": user.person,
        "details": PersonDetails.objects.get(party=user.person),
        "methods": _sign_in_methods(user),
        "household": next((party for party in principals if party.kind == PartyKind.HOUSEHOLD), None),
        "organisations": [party for party in principals if party.kind != PartyKind.HOUSEHOLD],
        "invitations": queries.invitations_to(user, clock.now()),
        "entries": entries_for(request),
    }
    return render(request, "people/account.html", words)


def _sign_in_methods(user: User) -> dict[str, Any]:
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return {
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "code_app": Authenticator.Type.TOTP in kinds,
        "password": user.has_usable_password(),
    }


@login_required
def details(request: HttpRequest) -> HttpResponse:
    """Name, address, phone, date of birth, language."""
    person = user_of(request).person
    known = person.person_details
    form = DetailsForm(
        request.POST or None, initial=DetailsForm.initial_of(known), has_fixed_birthday=is_birthday_fixed(known)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_details(party=person, actor=actor_of(request), at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your details are saved."))
            return redirect("account")
    return render(request, "people/details.html", {"form": form})
