"""Organisations that give money: for which somebody acts, and which one is meant."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from people.models import Mandate, Party, PartyKind
from people.roles import CASHES
from people.validators import tidy

NOT_ORGANISATIONS = frozenset({PartyKind.PERSON, PartyKind.HOUSEHOLD})


def organisations_of(person: Party, on: date) -> list[Party]:
    """The organisations for which a person brings in money on a day, by name."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=CASHES).values("principal_id")
    found = Party.objects.filter(pk__in=held).exclude(kind__in=NOT_ORGANISATIONS)
    return list(found.with_names().order_by("organisation_details__name", "pk"))


def organisations_called(text: str) -> list[Party]:
    """The organisations with exactly this name, whatever its capitals, or this KvK number; two at most."""
    named, number = " ".join(text.split()), tidy(text)
    meant = Q(organisation_details__name__iexact=named)
    if number.isdigit():
        meant |= Q(organisation_details__kvk_number=number)
    open_ones = Party.objects.filter(meant, erased_at__isnull=True).exclude(kind__in=NOT_ORGANISATIONS)
    return list(open_ones.with_names().order_by("pk")[:2])
