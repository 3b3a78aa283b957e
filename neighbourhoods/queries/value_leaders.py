"""Who takes a value decision further for the board: whoever leads it, and has no interest in this one."""

from __future__ import annotations

from datetime import date

from neighbourhoods.models import Seat, ValueDecision
from neighbourhoods.queries.meetings import LEADS, leads_board
from neighbourhoods.queries.seats import seats_of
from neighbourhoods.queries.values import has_interest
from people.models import Party


def leads_about(decision: ValueDecision, person: Party, on: date) -> bool:
    """Whether this person does what binds the others in this decision, on a day: chair or secretary without an interest
    in it; any other member without one when chair and secretary have one, or there is neither."""
    if has_interest(decision, person, on):
        return False
    place = decision.neighbourhood
    if leads_board(person, place, on):
        return True
    if not seats_of(person).in_force(on).filter(neighbourhood=place).exists():
        return False
    leaders = Seat.objects.in_force(on).filter(neighbourhood=place, office__in=LEADS)
    return all(has_interest(decision, seat.person, on) for seat in leaders.select_related("person"))
