"""How much a person registers in a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import Refusal
from people import permissions
from people.models import Party
from people.queries import numbers_of

MOST_A_DAY = 5


class TooManyOrganisations(Refusal):
    """A person registers five organisations a day, closed ones counted too."""

    code = "too_many_organisations"
    sentence = _("You added many organisations today. Try again tomorrow.")


def check_number_today(actor: Actor, at: datetime) -> None:
    """Inside a transaction: two forms at once wait for each other here."""
    person = permissions.person_of(actor)
    if person is None or permissions.is_administrator(actor):
        return
    Party.objects.select_for_update().get(pk=person.canonical_id)
    today = AuditEntry.objects.filter(event="organisation.register", at__gt=at - timedelta(days=1))
    if today.filter(acted_by__in=numbers_of(person).values("pk")).count() >= MOST_A_DAY:
        raise TooManyOrganisations
