"""The maximum amounts of a municipality: who confirms them, for which years there are some, and who did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import QuerySet

from marketplace.models import Held, Participation, RewardYear
from marketplace.states import ParticipationState
from people.models import Mandate, Party, PartyKind, Role

CONFIRMS: Final = frozenset({Role.OWNER, Role.FINANCE, Role.CLERK})


def municipalities_confirmed_by(person: Party, on: date) -> list[Party]:
    """The municipalities for which a person confirms amounts on a day."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=CONFIRMS).values("principal_id")
    return list(Party.objects.filter(pk__in=held, kind=PartyKind.MUNICIPALITY).with_names().order_by("pk"))


def confirms_amounts(person: Party, municipality: Party, on: date) -> bool:
    """Whether a person confirms the amounts of a municipality on a day."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=CONFIRMS, principal=municipality)
    return municipality.kind == PartyKind.MUNICIPALITY and held.exists()


def newest_of(municipality: Party) -> dict[int, RewardYear]:
    """Of each year the version that counts, the last year first."""
    versions = RewardYear.objects.filter(municipality=municipality).order_by("-year", "version")
    return {one.year: one for one in versions.select_related("confirmed_by__person_details")}


def versions_of(municipality: Party, year: int) -> QuerySet[RewardYear]:
    """All that was confirmed for a year, the newest first, with its lines and who confirmed it."""
    found = RewardYear.objects.filter(municipality=municipality, year=year).order_by("-version")
    return found.select_related("confirmed_by__person_details").prefetch_related("rules")


def waiting_for(municipality: Party) -> int:
    """How many payments wait because the amounts of the year are not confirmed."""
    held = Participation.objects.filter(state=ParticipationState.CONFIRMED, held=Held.YEAR)
    return held.filter(shift__activity__neighbourhood__municipality=municipality).count()


def unconfirmed_of(municipalities: Sequence[Party], year: int) -> list[Party]:
    """Those of these municipalities that did not confirm the amounts of a year yet."""
    confirmed = RewardYear.objects.filter(municipality__in=municipalities, year=year)
    done = set(confirmed.values_list("municipality_id", flat=True))
    return [one for one in municipalities if one.pk not in done]
