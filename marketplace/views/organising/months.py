"""What an organiser's activities came to: hours and coins by month, pots."""

from __future__ import annotations

from django.http import HttpResponse

from marketplace.views.organising.base import Desk, at_desk


@at_desk
def organiser_months(desk: Desk) -> HttpResponse:
    """Hours and coins, month by month."""
    return desk.show("desk", desk.way())


@at_desk
def organiser_months_csv(desk: Desk) -> HttpResponse:
    """The same for a spreadsheet."""
    return desk.show("desk", desk.way())


@at_desk
def organiser_pots(desk: Desk) -> HttpResponse:
    """What the pots have, and what is promised from them."""
    return desk.show("desk", desk.way())
