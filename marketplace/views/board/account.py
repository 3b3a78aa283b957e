"""What waits for a board about activities, on the account page of its members."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from marketplace.views.board.hours import number_waiting
from neighbourhoods.queries.seats import seats_of
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def board_entry(request: HttpRequest) -> Entry | None:
    """For who sits on a board where something about activities or hours waits; nothing for others."""
    seat = seats_of(person_behind(request)).in_force(clock.today()).select_related("neighbourhood").first()
    if seat is None:
        return None
    number = number_waiting(seat.neighbourhood, clock.today())
    if not number:
        return None
    text = ngettext(
        "%(number)s thing about activities or hours waits for the board of %(place)s.",
        "%(number)s things about activities or hours wait for the board of %(place)s.",
        number,
    )
    return Entry(
        title=_("Activities and hours"),
        text=text % {"number": number, "place": seat.neighbourhood.name},
        url=reverse("board_hours", args=[seat.neighbourhood.slug]),
        action=_("To activities and hours"),
    )
