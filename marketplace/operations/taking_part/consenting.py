"""The row that says that a guardian lets a child take part."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from core.actor import Actor
from core.audit import record
from marketplace.models import Activity, GuardianConsent
from marketplace.queries.guardians import consent_of
from people.models import Party


def give_when_missing(
    *, child: Party, activity: Activity, guardian: Party, actor: Actor, at: datetime
) -> GuardianConsent:
    """The consent in force, of whichever guardian; a new one when there is none. For who holds the transaction and
    knows that this is a guardian. Two at once make one."""
    known = consent_of(child, activity)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            made = GuardianConsent.objects.create(
                child=child, guardian=guardian, activity=activity, given_at=at
            )
            about = (child, guardian)
            record("guardian_consent.give", subject=made, actor=actor, at=at, about=about)
    except IntegrityError:
        return GuardianConsent.objects.get(child=child, activity=activity, withdrawn_at__isnull=True)
    return made
