"""What the tests of activities do again and again: write one, have it opened, plan shifts."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from core.clock import day_of
from core.models import AuditEntry
from marketplace.models import Activity, Admission, Shift, WordRule, WordUse
from marketplace.operations import activities, shifts
from marketplace.operations.activities import Facts
from marketplace.operations.shifts import Slot
from people.models import User
from tests.factories.activities import AT, Season
from tests.factories.people import actor

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TODAY: date = day_of(AT)
TUESDAY = datetime.fromisoformat("2026-11-24T10:00+01:00")


def facts(there: Season, **more: Any) -> Facts:
    return Facts(**{"item": there.item, "pot": there.pot, "place": "Wiekplein 1", **more})


def words(there: Season, by: User, **more: Any) -> dict[str, Any]:
    """What is told of an activity, in the words of operations."""
    told = {
        "language": "nl", "title": "Koffie schenken", "summary": "Voor de buurt.", "about": "Wij bakken ook.",
        "asks": "Schone handen.", "facts": facts(there), "actor": actor(by), "at": AT,
    }  # fmt: skip
    return {**told, **more}


def drafted(there: Season, by: User | None = None, **more: Any) -> Activity:
    """A draft of the club, unless `organiser` says otherwise."""
    by = by or there.olaf
    along = {"neighbourhood": there.neighbourhood, "organiser": there.club, "key": uuid.uuid4(), **more}
    return activities.draft_activity(**words(there, by, **along))


def submitted(there: Season, by: User | None = None, **more: Any) -> Activity:
    by = by or there.olaf
    return activities.submit(activity=drafted(there, by, **more), actor=actor(by), at=AT)


def opened(there: Season, by: User | None = None, **more: Any) -> Activity:
    """Opened by Bea."""
    return activities.publish(activity=submitted(there, by, **more), actor=actor(there.bea), at=AT)


def slot(starts_at: datetime = TUESDAY, *, hours: float = 2, places: int = 3, host: str = "") -> Slot:
    return Slot(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), places=places, host=host)


def planned(there: Season, of: Activity, *slots: Slot, **more: Any) -> list[Shift]:
    """Shifts of an activity, one on Tuesday unless said otherwise."""
    along: dict[str, Any] = {"actor": actor(there.olaf), "at": AT, **more}
    return shifts.plan_shifts(activity=of, slots=slots or [slot()], **along)


def lines(event: str, subject: Activity | Shift | None = None) -> list[AuditEntry]:
    found = AuditEntry.objects.filter(event=event).order_by("pk")
    if subject is not None:
        found = found.filter(subject_model=subject._meta.label, subject_id=str(subject.pk))
    return list(found)


def admission_of_club(there: Season, **change: Any) -> None:
    """Past all operations: what the club was let in with becomes this."""
    Admission.objects.filter(organisation=there.club).update(**change)


def block(there: Season, word: str, use: str = WordUse.BLOCKED) -> None:
    """A word that the board does not want, or keeps for itself."""
    WordRule.objects.create(neighbourhood=there.neighbourhood, word=word, use=use, made_at=AT)
