"""Questions of the page of one activity: the activity itself, when it can be done, what its pot still holds."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from core.models import AuditEntry
from marketplace.models import Activity, Participation, Shift
from marketplace.queries.participations import with_counts
from marketplace.queries.pots import promised_from
from marketplace.states import ShiftState
from people.models import Party
from people.queries import numbers_of

ALONG: Final = (
    "item", "neighbourhood__coin", "neighbourhood__party__organisation_details", "picture",
    "organiser__person_details", "organiser__organisation_details", "pot__funder__organisation_details",
    "pot__holder__organisation_details",
)  # fmt: skip


def activity_shown(ref: UUID) -> Activity | None:
    """The activity with this number in its address, in whatever state, with what its page reads: two queries."""
    return Activity.objects.filter(ref=ref).select_related(*ALONG).prefetch_related("texts").first()


def shifts_to_choose(activity: Activity, now: datetime) -> QuerySet[Shift]:
    """The shifts of an activity that have not begun, with `taken` and `waiting`; the first one first."""
    shifts = activity.shifts.filter(state=ShiftState.OPEN, starts_at__gt=now)
    return with_counts(shifts).order_by("starts_at", "pk")


def own_participations(activity: Activity, person: Party) -> QuerySet[Participation]:
    """All that somebody has to do with an activity, under whichever number they are known."""
    return Participation.objects.filter(shift__activity=activity, person__in=numbers_of(person).order_by())


def left_in_pot(activity: Activity) -> int | None:
    """What can still be promised from the pot that pays, in minor units: what it has without what is promised to others
    already. None as long as it has no pot."""
    pot = activity.pot
    return max(pot.available - promised_from([pot])[pot.pk], 0) if pot else None


def reason_given(activity: Activity, event: str) -> str:
    """The reason that was given when this last happened to an activity: why it was sent back, or stopped."""
    lines = AuditEntry.objects.filter(
        subject_model=Activity._meta.label, subject_id=str(activity.pk), event=event
    )
    line = lines.select_related("note").order_by("-pk").first()
    note = getattr(line, "note", None)
    return note.text if note else ""
