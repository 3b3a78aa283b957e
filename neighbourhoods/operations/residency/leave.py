"""A residency ends: the resident moves away, or its last day has passed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.clock import day_of
from core.states import MoveRefused, transition
from neighbourhoods.models import Residency
from neighbourhoods.operations.seats import vacate_seats
from neighbourhoods.permissions import check, may_end_residency
from neighbourhoods.queries.residency import overdue

# What goes as soon as there is no door left to send a letter to.
NO_ADDRESS: dict[str, Any] = {"street": "", "house_number": "", "postcode": "", "town": "", "code_hash": ""}


def end_residency(
    *, residency: Residency, on: date, actor: Actor, at: datetime, reason: str = ""
) -> Residency:
    """The person has moved away: the residency ends with this day, and so do seats on that board.

    :raises NotAllowed: to anybody but the resident and a clerk of the municipality.
    :raises MoveRefused: when it is no longer running.
    """
    check(may_end_residency(actor, residency, on))
    with transaction.atomic():
        leave(residency, event="end", on=on, actor=actor, at=at, reason=reason)
    residency.refresh_from_db()
    return residency


def expire_residencies(*, on: date, at: datetime) -> int:
    """Every residency whose last day lies before this day expires. Returns how many did.

    Each in a transaction of its own: one that somebody ends at the same moment does not stop the others.
    """
    expired = 0
    for residency in overdue(on):
        try:
            with transaction.atomic():
                leave(residency, event="expire", on=on, actor=Actor.system(), at=at)
        except MoveRefused:
            continue
        expired += 1
    return expired


def leave(
    residency: Residency,
    *,
    event: str,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    stays_in: int | None = None,
) -> None:
    """End or expire one residency: its address goes, and seats on its board fall vacant.

    `stays_in` is the number of the neighbourhood where the person goes on living: a renewal costs nobody their seat.
    """
    transition(residency, event, actor=actor, at=at, about=(residency.person,), reason=reason)
    forget_address(residency, at=at, **({"until_on": on} if event == "end" else {}))
    if stays_in != residency.neighbourhood_id:
        vacate_seats(
            person=residency.person,
            neighbourhood=residency.neighbourhood,
            on=on,
            actor=actor,
            at=at,
            reason=reason,
        )


def forget_address(residency: Residency, *, at: datetime, **values: Any) -> None:
    """What each way out of a residency or request ends with: no address, and the day from which the desk forgets."""
    Residency.objects.filter(pk=residency.pk).update(**NO_ADDRESS, closed_on=day_of(at), **values)
