"""What the rooms of the polling office add to somebody's account page: the way in, for who works there."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from neighbourhoods.queries.polling import offices_of, panels_of, rules_set_by
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def polling_entry(request: HttpRequest) -> Entry | None:
    """The way to the polling office."""
    names = [place.name for place in offices_of(person_behind(request), clock.today())]
    if not names:
        return None
    text = _("You run the elections of %(places)s.") % {"places": ", ".join(names)}
    return Entry(
        title=_("The polling office"), text=text, url=reverse("polling"), action=_("Go to the polling office")
    )


@on_account_page
def appeals_entry(request: HttpRequest) -> Entry | None:
    """The way to the appeals panel."""
    names = [party.display_name for party in panels_of(person_behind(request), clock.today())]
    if not names:
        return None
    text = _("You rule on appeals about votes in %(places)s.") % {"places": ", ".join(names)}
    return Entry(
        title=_("The appeals panel"), text=text, url=reverse("polling_appeals"), action=_("Go to the appeals")
    )


@on_account_page
def rules_entry(request: HttpRequest) -> Entry | None:
    """The way to the rules, for who writes them down for a municipality."""
    places = rules_set_by(person_behind(request), clock.today())
    names = dict.fromkeys(place.municipality.display_name for place in places)
    if not names:
        return None
    text = _("You write down how the neighbourhoods of %(names)s decide.") % {"names": ", ".join(names)}
    return Entry(
        title=_("Rules for deciding"), text=text, url=reverse("polling"), action=_("Go to the rules")
    )
