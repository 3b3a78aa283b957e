"""Questions about certificates of conduct (VOG): whether an organisation saw one that holds."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from core.clock import day_of
from marketplace.models import ConductCertificate, Shift
from people.models import Party
from people.queries import numbers_of


def valid_certificate(organisation: Party, person: Party, on: date) -> ConductCertificate | None:
    """The certificate of a person that an organisation saw and that holds on a day."""
    theirs = numbers_of(person).order_by()
    found = ConductCertificate.objects.filter(organisation=organisation, person__in=theirs)
    return found.filter(until_on__gte=on).order_by("-until_on").first()


def lacks_certificate(shift: Shift, person: Party) -> bool:
    """Whether an activity asks for a certificate that a person has not shown for the day of a shift."""
    activity = shift.activity
    if not activity.asks_conduct_certificate:
        return False
    return valid_certificate(activity.organiser, person, day_of(shift.starts_at)) is None


def certificates_of(organisation: Party) -> QuerySet[ConductCertificate]:
    """All that an organisation saw, with names, the first to run out first."""
    found = ConductCertificate.objects.filter(organisation=organisation)
    return found.select_related("person__person_details", "seen_by__person_details").order_by(
        "until_on", "pk"
    )


def to_remind_of(first: date, last: date) -> list[int]:
    """The numbers of certificates that run out between two days, these included, and of which nobody heard yet."""
    due = ConductCertificate.objects.filter(until_on__range=(first, last), reminded_on__isnull=True)
    return list(due.order_by("pk").values_list("pk", flat=True))
