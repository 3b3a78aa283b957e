"""Guidelines of a municipality: those that hold, those to come, and a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.amounts import format_amount
from neighbourhoods.forms.guidelines import GuidelineForm
from neighbourhoods.models import Category, ValueGuideline
from neighbourhoods.operations.guidelines import set_guideline
from neighbourhoods.queries.consents import waiting_count
from neighbourhoods.queries.guidelines import (
    Band,
    bands,
    guideline_for,
    municipalities_of,
    versions,
    with_names,
)
from neighbourhoods.queries.items import name_of_category, per_unit
from neighbourhoods.queries.pot_rules import places_of_pots
from neighbourhoods.views.guidelines.base import Room, all_categories, at_municipality
from neighbourhoods.views.polling.base import carried_out
from neighbourhoods.views.posted import posted
from people.acting import person_behind


@login_required
@never_cache
def guidelines_start(request: HttpRequest) -> HttpResponse:
    """For which municipality somebody has something to say; straight on when it is one."""
    person, today = person_behind(request), clock.today()
    own = municipalities_of(person, today)
    theirs = {place.municipality_id: place.municipality for place in places_of_pots(person, today)}
    found = [(one, reverse("guidelines", args=[one.uuid])) for one in own]
    found += [(one, reverse("pot_rules", args=[one.uuid])) for one in theirs.values()]
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect(found[0][1])
    rows = [(one.display_name, url) for one, url in found]
    crumbs = [(_("Your account"), reverse("account"))]
    return render(request, "neighbourhoods/guidelines/start.html", {"rows": rows, "crumbs": crumbs})


@at_municipality
def guidelines(request: HttpRequest, room: Room) -> HttpResponse:
    """All guidelines, with the way to change each."""
    told = list(with_names(versions(room.municipality)))
    return room.show(
        "guidelines",
        room.crumbs(),
        rows=[_row(room, band) for band in bands(told, clock.today())],
        versions=[_version(one) for one in sorted(told, key=lambda one: one.pk, reverse=True)],
        header=[_("Category"), _("Per"), _("Amounts in euros"), _("Holds from"), _("Entered by")],
        waiting=waiting_count([room.municipality], clock.today()),
    )


@at_municipality
def guideline_set(request: HttpRequest, room: Room) -> HttpResponse:
    """A new guideline, or another version of one. Sent twice, it is written down once."""
    categories = all_categories()
    chosen = _chosen(request, room, categories)
    form = GuidelineForm(posted(request), initial=chosen, categories=categories)

    def deed() -> object:
        return set_guideline(municipality=room.municipality, **form.cleaned_data, **room.by())

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        gone = form.cleaned_data["low"] is None
        said = (
            _("From %(day)s there is no guideline for this.")
            if gone
            else _("The guideline holds from %(day)s.")
        )
        messages.success(request, said % {"day": date_format(form.cleaned_data["from_on"], "j F Y")})
        return redirect(room.url("guidelines"))
    here = (_("Guidelines for values"), room.url("guidelines"))
    return room.show("guideline", room.crumbs(here), form=form, is_known="high" in chosen)


def _chosen(request: HttpRequest, room: Room, categories: list[Category]) -> dict[str, Any]:
    """What the form begins with: the guideline that the link was about, as it holds today."""
    today, unit = clock.today(), request.GET.get("unit", "")
    category = next((one for one in categories if one.slug == request.GET.get("category")), None)
    if category is None:
        return {"from_on": today}
    held = guideline_for(room.municipality, category, unit, today)
    own = held if held and held.category_id == category.pk else None
    begun = {"low": own.low, "high": own.high, "note": own.note} if own else {}
    return {"category": category.slug, "unit": unit, "from_on": today, **begun}


def _row(room: Room, band: Band) -> dict[str, Any]:
    lines = [_since(band.now)] if band.now else []
    lines += [_coming(one) for one in band.coming]
    query = f"?category={band.category.slug}&unit={band.unit}"
    return {
        "title": capfirst(name_of_category(band.category)),
        "per": per_unit(band.unit),
        "url": room.url("guideline_set") + query,
        "amounts": between(band.now) if band.now else "",
        "note": band.now.note if band.now else "",
        "lines": lines,
    }


def _since(one: ValueGuideline) -> str:
    return _("since %(day)s") % {"day": date_format(one.from_on, "j F Y")}


def _coming(one: ValueGuideline) -> str:
    day = date_format(one.from_on, "j F Y")
    if one.low is None:
        return _("no guideline any more from %(day)s") % {"day": day}
    return _("from %(day)s: %(amounts)s") % {"day": day, "amounts": between(one)}


def _version(one: ValueGuideline) -> list[str]:
    """A line of the table of all that was ever written down."""
    return [
        capfirst(name_of_category(one.category)),
        per_unit(one.unit),
        between(one) if one.low is not None else pgettext("guideline", "none"),
        date_format(one.from_on, "j F Y"),
        one.made_by.display_name if one.made_by else "",
    ]


def between(one: ValueGuideline) -> str:
    """The two ends of a guideline, in euros."""
    language = get_language() or "nl"
    ends = {"low": format_amount(one.low or 0, language), "high": format_amount(one.high or 0, language)}
    return _("%(low)s to %(high)s") % ends
