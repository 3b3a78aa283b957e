"""The way to the boardroom, on the account page of a member."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from neighbourhoods.queries.seats import seats_of
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def boardroom_entry(request: HttpRequest) -> Entry | None:
    """For who sits on a board today; the pages of the neighbourhood have an entry of their own."""
    seat = seats_of(person_behind(request)).in_force(clock.today()).select_related("neighbourhood").first()
    if seat is None:
        return None
    place = seat.neighbourhood
    return Entry(
        title=_("Room of the board"),
        text=_("Meetings, minutes and proposals of the board of %(place)s.") % {"place": place.name},
        url=reverse("boardroom", args=[place.slug]),
        action=_("Go to the room"),
    )
