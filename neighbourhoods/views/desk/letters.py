"""The letter with the code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.refusals import Refusal, refuse
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Residency
from neighbourhoods.operations.letters import DAYS_GOOD, print_letter
from neighbourhoods.permissions import is_self
from neighbourhoods.views import demo_code
from neighbourhoods.views.desk.base import Desk, at_desk, crumbs
from neighbourhoods.views.posted import posted


@at_desk
def letter(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Before: what making a letter does. After: the letter itself, with a code that is shown this once."""
    found = desk.residency(pk)
    actor = desk.actor(found.neighbourhood.municipality)
    form = SureForm(posted(request))
    if request.method == "POST":
        try:
            code = print_letter(residency=found, actor=actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            demo_code.remember(found, code)
            return render(request, "neighbourhoods/desk/letter.html", _letter(request, found, code))
    context = {
        "form": form,
        "residency": found,
        "is_self": is_self(actor, found.person),
        "days": DAYS_GOOD.days,
        "crumbs": _crumbs(found),
    }
    return render(request, "neighbourhoods/desk/letter_make.html", context)


def _letter(request: HttpRequest, found: Residency, code: str) -> dict[str, Any]:
    """The letter is written in the language of the person who gets it."""
    details = getattr(found.person, "person_details", None)
    language = details.language if details else "nl"
    with translation.override(language):
        address = request.build_absolute_uri(reverse("residency_code"))
    return {
        "residency": found,
        "code": code,
        "language": language,
        "page_address": address,
        "made_on": clock.today(),
        "good_until": clock.today() + DAYS_GOOD,
        "lines": [f"{found.street} {found.house_number}", f"{found.postcode}  {found.town}"],
        "crumbs": _crumbs(found),
    }


def _crumbs(found: Residency) -> list[tuple[str, str]]:
    return crumbs(
        (_("Residents"), reverse("desk_residencies")),
        (found.person.display_name, reverse("desk_residency", args=[found.pk])),
    )
