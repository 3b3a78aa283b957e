"""The disagreements that a board has to settle."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from core import clock
from marketplace.models import Order
from marketplace.queries.offers import text_of
from marketplace.queries.order_lists import interests_of
from marketplace.queries.orders import disputes_in
from marketplace.sides import is_with_board
from marketplace.views.board.base import MarketRoom, in_market_room
from people.middleware import second_step


@in_market_room
def board_disputes(request: HttpRequest, room: MarketRoom) -> HttpResponse:
    """Those that are open, the ones with the least time left first. Others' affairs lie here: a code by mail alone does
    not open them."""
    interests = interests_of(room.person, clock.day_of(room.now)) - {room.neighbourhood.party_id}
    rows = [_row(order, interests) for order in disputes_in(room.neighbourhood)]
    asked = second_step(request) if rows else None
    return asked or room.show("disputes", room.way(), rows=rows)


def _row(order: Order, interests: set[int]) -> dict[str, Any]:
    """What a line tells. Who has an interest sees that there is one, and leaves it to the others."""
    sides = {number for side in (order.buyer, order.seller) for number in (side.pk, side.canonical_id)}
    return {
        "order": order,
        "text": text_of(order.offer),
        "is_own": is_with_board(order) or not sides.isdisjoint(interests),
        "is_with_board": is_with_board(order),
        "mediator": order.dispute.mediator,
    }
