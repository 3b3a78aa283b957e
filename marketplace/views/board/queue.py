"""What waits for the board on its market, and the ways to all that it looks after there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.http import HttpRequest, HttpResponse

from core import clock
from marketplace.queries.admissions import requests_in
from marketplace.queries.moderation import (
    numbers_in,
    open_reports_in,
    running_out,
    submitted_in,
    taken_off_in,
    without,
)
from marketplace.queries.offers import text_of
from marketplace.queries.order_lists import interests_of
from marketplace.views.board.base import MarketRoom, in_market_room
from marketplace.views.telling import line_of

# The oldest come first: whoever works through them sees the rest.
SHOWN: Final = 20


@in_market_room
def board_market(request: HttpRequest, room: MarketRoom) -> HttpResponse:
    """Offers to look at, reports to answer, organisations to let in, disagreements to settle."""
    place = room.neighbourhood
    # What is said of their own is answered by the others, and who says it they do not hear.
    own = interests_of(room.person, clock.day_of(room.now)) - {place.party_id}
    reports = without(open_reports_in(place), own)
    numbers = numbers_in(place)
    if numbers.reports:
        numbers = replace(numbers, reports=reports.count())
    return room.show(
        "queue",
        room.crumbs(),
        numbers=numbers,
        shown=SHOWN,
        offers=[line_of(one) for one in submitted_in(place)[:SHOWN]],
        reports=[(one, text_of(one.offer)) for one in reports[:SHOWN]],
        requests=requests_in(place)[:SHOWN],
        running_out=running_out(place, clock.day_of(room.now)),
        taken_off=[line_of(one) for one in taken_off_in(place)[:SHOWN]],
    )
