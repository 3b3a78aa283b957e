"""Whoever is forgotten does not come any more: their place is free for others."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from core.actor import Actor
from core.privacy import before_erasure
from marketplace.models import Participation, Shift
from marketplace.operations.taking_part.rows import move
from marketplace.states import ParticipationState
from people.models import Party


@before_erasure
def leave_shifts(party: models.Model, at: datetime) -> None:
    """Take somebody off the shifts that have not begun. The clock gives the places to who waits: here it would lock
    others in the middle of an erasure."""
    if not isinstance(party, Party) or not party.is_person:
        return
    coming = Participation.objects.filter(
        person=party, shift__starts_at__gt=at, state__in=[ParticipationState.WAITING, ParticipationState.SIGNED_UP]
    )  # fmt: skip
    with transaction.atomic():
        shifts = Shift.objects.select_for_update(no_key=True).filter(pk__in=coming.values("shift"))
        list(shifts.order_by("pk").values_list("pk", flat=True))
        for participation in coming.select_related("shift", "person").order_by("pk"):
            move(participation, "withdraw", actor=Actor.system(), at=at)
