"""On whose markets a party takes part: where it can offer and ask."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from marketplace.queries.reach import members_of
from marketplace.states import AdmissionState
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.residency import neighbourhood_of
from people.models import Party, PartyKind


def places_of(party: Party, on: date) -> list[Neighbourhood]:
    """Where a person or a household lives, where an organisation was let in, what a municipality or a board looks
    after; by name."""
    if party.is_person or party.kind == PartyKind.HOUSEHOLD:
        members = [party] if party.is_person else members_of(party, on)
        found = {home for member in members if (home := neighbourhood_of(member))}
        return sorted(found, key=lambda place: place.name)
    return list(_of_organisation(party, on).order_by("name"))


def _of_organisation(party: Party, on: date) -> QuerySet[Neighbourhood]:
    admitted = Q(
        admissions__organisation=party,
        admissions__state=AdmissionState.ADMITTED,
        admissions__until_on__gte=on,
    )
    return Neighbourhood.objects.filter(admitted | Q(party=party) | Q(municipality=party)).distinct()
