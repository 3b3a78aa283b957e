"""What waits for a board about activities: those to approve, hours brought to it, disagreements about hours."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from marketplace.views.board.base import MarketRoom, in_market_room


@in_market_room
def board_hours(request: HttpRequest, room: MarketRoom) -> HttpResponse:
    """Activities to look at, hours to confirm, disagreements to settle."""
    return room.show("hours", room.crumbs())


@in_market_room
def board_shift(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """The hours of a shift that was brought to the board."""
    return room.show("hours", room.crumbs())


@in_market_room
def board_rule(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """One disagreement about hours."""
    return room.show("hours", room.crumbs())
