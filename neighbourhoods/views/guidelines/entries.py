"""What these rooms add to somebody's account page: the way in, for who has a say there."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from neighbourhoods.queries.consents import waiting_count
from neighbourhoods.queries.guidelines import municipalities_of
from neighbourhoods.queries.pot_rules import places_of_pots
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def guidelines_entry(request: HttpRequest) -> Entry | None:
    """The way to guidelines and answers, for who has a say for a municipality."""
    today = clock.today()
    found = municipalities_of(person_behind(request), today)
    if not found:
        return None
    names = ", ".join(party.display_name for party in found)
    text = _("You say for %(names)s what values may be, and what pots may pay for.") % {"names": names}
    url, action = reverse("guidelines_start"), _("Go to the guidelines")
    if number := waiting_count(found, today):
        waits = ngettext(
            "%(number)s value waits for your answer.", "%(number)s values wait for your answer.", number
        )
        text = f"{text} {waits % {'number': number}}"
        if len(found) == 1:
            url, action = reverse("consents", args=[found[0].uuid]), _("Go to what waits")
    return Entry(title=_("Guidelines for values"), text=text, url=url, action=action)


@on_account_page
def pots_entry(request: HttpRequest) -> Entry | None:
    """The way to the rules of pots, for who fills one, and for who spends from one to look."""
    person, today = person_behind(request), clock.today()
    places = places_of_pots(person, today)
    if not places:
        return None
    filled = places_of_pots(person, today, to_rule=True)
    said = _("You say what your pots in %(places)s may pay for.")
    text = said if filled else _("You see what your pots in %(places)s may pay for.")
    return Entry(
        title=_("What pots may pay for"),
        text=text % {"places": ", ".join(place.name for place in filled or places)},
        url=reverse("guidelines_start"),
        action=_("Go to the pots"),
    )
