"""Who lives where."""

from __future__ import annotations

from datetime import date

from core.models import AuditEntry
from neighbourhoods.models import Neighbourhood, Residency
from neighbourhoods.states import ResidencyState
from people.models import Party

WITH_PLACE = (
    "neighbourhood",
    "neighbourhood__municipality",
    "neighbourhood__municipality__organisation_details",
)


def residency_of(person: Party) -> Residency | None:
    """Where this person lives now; a person who is known twice lives in one place."""
    return _of(person, ResidencyState.ATTESTED)


def request_of(person: Party) -> Residency | None:
    """The request that this person has open."""
    return _of(person, ResidencyState.REQUESTED)


def last_answer(person: Party) -> Residency | None:
    """The last request, when it came to nothing: refused or withdrawn."""
    last = (
        Residency.objects.filter(person_id=person.canonical_id)
        .select_related(*WITH_PLACE)
        .order_by("-pk")
        .first()
    )
    return last if last and last.state == ResidencyState.REFUSED else None


def neighbourhood_of(person: Party) -> Neighbourhood | None:
    """The neighbourhood where this person lives."""
    residency = residency_of(person)
    return residency.neighbourhood if residency else None


def lives_in(person: Party, neighbourhood: Neighbourhood) -> bool:
    """Whether this person is an attested resident of this neighbourhood."""
    return Residency.objects.filter(
        person_id=person.canonical_id, neighbourhood=neighbourhood, state=ResidencyState.ATTESTED
    ).exists()


def residents_count(neighbourhood: Neighbourhood) -> int:
    """How many people live there, each counted once."""
    return Residency.objects.filter(neighbourhood=neighbourhood, state=ResidencyState.ATTESTED).count()


def overdue(on: date) -> list[Residency]:
    """Residencies of which the last day lies before this day."""
    rows = Residency.objects.filter(state=ResidencyState.ATTESTED, until_on__lt=on)
    return list(rows.select_related("person", "neighbourhood").order_by("pk"))


def refused_because(residency: Residency) -> str:
    """The reason that was given when a request was refused; empty when the resident withdrew it."""
    line = (
        AuditEntry.objects.filter(
            subject_model=residency._meta.label, subject_id=str(residency.pk), event="residency.refuse"
        )
        .select_related("note")
        .first()
    )
    note = getattr(line, "note", None)
    return note.text if note else ""


def _of(person: Party, state: ResidencyState) -> Residency | None:
    return (
        Residency.objects.filter(person_id=person.canonical_id, state=state)
        .select_related(*WITH_PLACE)
        .first()
    )
