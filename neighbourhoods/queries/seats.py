"""Who sits on which board."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from neighbourhoods.models import Neighbourhood, Seat
from neighbourhoods.models.seat import SeatQuerySet
from people.models import Party

WITH_NAMES = ("person", "person__person_details", "person__organisation_details")


def board_of(neighbourhood: Neighbourhood, on: date) -> SeatQuerySet:
    """The seats that are filled on a day, longest first, with the names of who sits there."""
    return (
        Seat.objects.in_force(on)
        .filter(neighbourhood=neighbourhood)
        .select_related(*WITH_NAMES)
        .order_by("from_on", "pk")
    )


def seats_of(person: Party) -> SeatQuerySet:
    """All seats that this person has or had, also under another number."""
    canonical = person.canonical_id
    return Seat.objects.filter(Q(person_id=canonical) | Q(person__same_person_as_id=canonical))


def seats_to_come(person: Party, on: date) -> SeatQuerySet:
    """The seats of a person that run on a day or begin later."""
    return seats_of(person).filter(until_on__gte=on)


def seats_to_give_up(person: Party, on: date) -> SeatQuerySet:
    """The seats of a person that run on after a day; one that ends with it anyway is not given up any more."""
    return seats_to_come(person, on + timedelta(days=1)).order_by("from_on", "pk")
