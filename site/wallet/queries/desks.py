"""At which finance desks somebody sits."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from neighbourhoods.models import Neighbourhood, SeatOffice
from neighbourhoods.queries.seats import seats_of
from people.models import Mandate, Party
from people.roles import FINANCE


def desks_of(person: Party, on: date) -> list[Neighbourhood]:
    """The neighbourhoods whose finances a person has on a day, by name: the same ones that let them in."""
    seats = seats_of(person).in_force(on).filter(office=SeatOffice.TREASURER).values("neighbourhood")
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=FINANCE).values("principal")
    theirs = Q(pk__in=seats) | Q(party__in=held) | Q(municipality__in=held)
    along = ("coin", "municipality__organisation_details")
    return list(Neighbourhood.objects.filter(theirs).select_related(*along).order_by("name"))
