"""Questions about organisations on a market: who was let in, who waits, who decided."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from core.models import AuditEntry
from marketplace.models import Admission
from marketplace.states import AdmissionState
from neighbourhoods.models import Neighbourhood
from people.models import Mandate, Party, Role
from people.roles import RESIDENTS_OWN

DECIDED = ("admission.admit", "admission.refuse", "admission.end", "admission.expire")
NAMES = ("organisation__organisation_details", "requested_by__person_details", "decided_by__person_details")


def is_admitted(party: Party, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether the board let this organisation on the market of this neighbourhood, and that still holds on a day."""
    return (
        Admission.objects.filter(organisation=party, neighbourhood=neighbourhood)
        .filter(state=AdmissionState.ADMITTED, until_on__gte=on)
        .exists()
    )


def admission_at(ref: UUID) -> Admission | None:
    """The admission at an address, with the names that its page shows."""
    return with_names(Admission.objects.filter(ref=ref)).first()


def requests_in(neighbourhood: Neighbourhood) -> QuerySet[Admission]:
    """The requests that wait for the board, oldest first."""
    waiting = Admission.objects.filter(neighbourhood=neighbourhood, state=AdmissionState.REQUESTED)
    return with_names(waiting).order_by("requested_at", "pk")


def admitted_in(neighbourhood: Neighbourhood) -> QuerySet[Admission]:
    """The organisations that take part, the first to run out first."""
    inside = Admission.objects.filter(neighbourhood=neighbourhood, state=AdmissionState.ADMITTED)
    return with_names(inside).order_by("until_on", "pk")


def owners_of(organisation: Party, on: date) -> QuerySet[Party]:
    """Who answers for an organisation on a day, with their names."""
    held = Mandate.objects.in_force(on).filter(principal=organisation, role=Role.OWNER)
    return Party.objects.filter(pk__in=held.values("person")).with_names().order_by("pk")


def owned_by(person: Party, on: date) -> QuerySet[Party]:
    """The organisations for which a person can ask to take part in a market."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role=Role.OWNER)
    mine = Party.objects.filter(pk__in=held.values("principal"), kind__in=RESIDENTS_OWN)
    return mine.with_names().order_by("organisation_details__name", "pk")


def who_can_ask(person: Party, neighbourhood: Neighbourhood, on: date) -> QuerySet[Party]:
    """Those of them that did not ask yet, or may ask again."""
    running = Admission.objects.filter(
        neighbourhood=neighbourhood, state__in=[AdmissionState.REQUESTED, AdmissionState.ADMITTED]
    )
    return owned_by(person, on).exclude(pk__in=running.values("organisation"))


def reason_of(admission: Admission) -> str:
    """Why the board did not let an organisation in, or sent it off; empty when it gave no reason."""
    lines = AuditEntry.objects.filter(subject_model=Admission._meta.label, subject_id=str(admission.pk))
    line = lines.filter(event__in=DECIDED).select_related("note").order_by("-pk").first()
    note = getattr(line, "note", None)
    return note.text if note else ""


def admissions_for(organisations: QuerySet[Party]) -> QuerySet[Admission]:
    """All that was asked for these organisations, the latest first."""
    asked = Admission.objects.filter(organisation__in=organisations.order_by().values("pk"))
    return with_names(asked).order_by("-requested_at", "-pk")


def overdue(on: date) -> list[int]:
    """The numbers of admissions of which the last day lies before a day."""
    rows = Admission.objects.filter(state=AdmissionState.ADMITTED, until_on__lt=on)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def to_remind(first: date, last: date) -> list[int]:
    """The numbers of admissions that run out, or of which the insurance does, between two days, these included."""
    rows = Admission.objects.filter(state=AdmissionState.ADMITTED).filter(
        Q(until_on__range=(first, last)) | Q(insured_until_on__range=(first, last))
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def with_names(admissions: QuerySet[Admission]) -> QuerySet[Admission]:
    """Fetch what a line or a page about an admission reads, so that a list of them is one query."""
    return admissions.select_related("neighbourhood", "organisation", "requested_by", "decided_by", *NAMES)
