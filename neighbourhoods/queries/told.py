"""What was changed in a vote after it was announced, and why, for everybody to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from core.models import AuditEntry
from neighbourhoods.models import BallotBox, Election

EXTENDED = "ballot_box.extend"
# The steps of an election that say why: it ended without a result, or began late so that the days after it moved.
_WITH_REASON = tuple(f"election.{step}" for step in ("cancel", "annul", "open_nominations", "freeze", "open"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A reason in the words of who gave it; `until` is the new end when voting was made longer."""

    at: datetime
    reason: str
    until: datetime | None = None


def told_of(election: Election | None, box: BallotBox | None) -> list[Told]:
    """Every reason that was given, the oldest first. One query."""
    about = Q(pk__in=[])
    if election:
        about |= Q(subject_model=election._meta.label, subject_id=str(election.pk), event__in=_WITH_REASON)
    if box:
        about |= Q(subject_model=box._meta.label, subject_id=str(box.pk), event=EXTENDED)
    lines = AuditEntry.objects.filter(about, note__isnull=False).exclude(note__text="")
    return [
        Told(
            at=line.at,
            reason=line.note.text,
            until=datetime.fromisoformat(line.after) if line.event == EXTENDED else None,
        )
        for line in lines.select_related("note").order_by("pk")
    ]
