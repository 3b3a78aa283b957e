"""What happened to an order, as the audit trail tells it: each step with its moment and the reason that was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.models import AuditEntry
from marketplace.models import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A step that was taken. `by_clock`: nobody did anything, and the time for it had come."""

    event: str
    at: datetime
    reason: str
    by_clock: bool


def story_of(order: Order) -> list[Passed]:
    """All steps of an order, the first one first."""
    lines = AuditEntry.objects.filter(subject_model=Order._meta.label, subject_id=str(order.pk))
    found = lines.filter(event__startswith="order.").select_related("note").order_by("pk")
    return [
        Passed(
            event=line.event.removeprefix("order."),
            at=line.at,
            reason=_reason(line),
            by_clock=line.acted_by_id is None,
        )
        for line in found
    ]


def _reason(line: AuditEntry) -> str:
    note = getattr(line, "note", None)
    return note.text if note else ""
