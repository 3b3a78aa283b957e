"""The way to one's desk as an organiser, on the account page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from marketplace.models import Activity
from marketplace.queries.organising import parties_organised_for, to_confirm_at
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def organising_entry(request: HttpRequest) -> Entry | None:
    """What waits at the desks of who organises for somebody else, or ever organised something; nothing for others, who
    begin on the page of activities."""
    person, now = person_behind(request), clock.now()
    parties = parties_organised_for(person, clock.day_of(now))
    if len(parties) == 1 and not Activity.objects.filter(organiser=parties[0]).exists():
        return None
    waits = sum(to_confirm_at(parties, now).values())
    text = ngettext(
        "Of %(number)s shift the hours wait for you.", "Of %(number)s shifts the hours wait for you.", waits
    ) % {"number": waits}
    if not waits:
        text = _("Who comes to your activities, their hours, and what it cost.")
    url = reverse("organise") if len(parties) > 1 else reverse("organiser_desk", args=[parties[0].uuid])
    return Entry(title=_("What you organise"), text=text, url=url, action=_("Go to your desk"))
