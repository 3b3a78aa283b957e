"""The way to one's activities, on the account page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from marketplace.queries.participations import participations_of
from marketplace.views.taking_part.deeds_open import asks_something, going_on
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def activities_entry(request: HttpRequest) -> Entry:
    """What somebody takes part in, and whether it waits for them."""
    now = clock.now()
    found = participations_of(person_behind(request)).filter(going_on(now))
    asking = sum(asks_something(one, now) for one in found.select_related("shift", "dispute"))
    text = ngettext("%(number)s activity waits for you.", "%(number)s activities wait for you.", asking) % {
        "number": asking
    }
    if not asking:
        text = _("What you signed up for, what you did, and the coins that you got for it.")
    return Entry(
        title=_("Your activities"), text=text, url=reverse("my_activities"), action=_("See your activities")
    )
