"""Writing and reading the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from core.actor import Actor, PartyLike
from core.models import AuditAbout, AuditEntry, AuditNote


def record(
    event: str,
    *,
    subject: models.Model,
    actor: Actor,
    at: datetime,
    about: Iterable[models.Model] = (),
    reason: str = "",
    before: str = "",
    after: str = "",
) -> AuditEntry:
    """Add one line, in the transaction of what it tells: either both happen or neither.

    `about` are the parties whose data it is (they may read it). `reason` is free text and can be erased.

    :raises RuntimeError: outside a transaction, where the line could stand without the deed.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event} would be recorded outside the transaction of the deed itself.")
    entry = AuditEntry.objects.create(
        at=at,
        event=event,
        subject_model=subject._meta.label,
        subject_id=str(subject.pk),
        before=before,
        after=after,
        login_id=actor.user.pk if actor.user else None,
        acted_by_id=actor.person.pk if actor.person else None,
        acted_for_id=actor.principal.pk if actor.principal else None,
    )
    parties = {party.pk for party in about}
    AuditAbout.objects.bulk_create([AuditAbout(entry=entry, party_id=pk) for pk in sorted(parties)])
    if reason:
        AuditNote.objects.create(entry=entry, text=reason)
    return entry


def lines_about(parties: PartyLike | models.QuerySet[Any]) -> models.QuerySet[AuditEntry]:
    """What was done with the data of this party, or of any of these, newest first, with reasons and who did it."""
    numbers = parties.values_list("pk", flat=True) if isinstance(parties, models.QuerySet) else [parties.pk]
    about = AuditAbout.objects.filter(party_id__in=numbers).values("entry")
    return AuditEntry.objects.filter(pk__in=about).select_related("note", "acted_by").order_by("-pk")
