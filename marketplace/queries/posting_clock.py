"""What is due for activities at a moment: over, settled, or of somebody who has no place there any more."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from core.models import AuditEntry
from marketplace.models import Activity, Admission, Participation, Shift
from marketplace.queries.participations import UNSETTLED
from marketplace.states import ActivityState, AdmissionState, ParticipationState, ShiftState
from neighbourhoods.models import Residency
from neighbourhoods.states import ResidencyState
from people.models import PartyKind

# So long can somebody be put on the list of a shift that was, and after that say that they were there after all.
LIST_OPEN: Final = timedelta(days=14)
ABSENCE_OPEN: Final = timedelta(days=28)


def run_out(now: datetime, pk: int | None = None) -> list[int]:
    """The numbers of open activities of which the last shift is over; with `pk` of that one alone. What the board
    stopped stays where it is, so that new shifts do not open it again."""
    shifts = Shift.objects.filter(activity=OuterRef("pk"), state=ShiftState.OPEN)
    rows = Activity.objects.filter(
        Exists(shifts.filter(ends_at__lte=now)), ~Exists(shifts.filter(ends_at__gt=now)),
        state__in=[ActivityState.PUBLISHED, ActivityState.PAUSED], paused_by_board=False,
    )  # fmt: skip
    return _numbers(rows, pk)


def settled(now: datetime, pk: int | None = None) -> list[int]:
    """The numbers of activities that are over and in which everybody was paid, or was not there, and nothing more can
    be told: nobody can be put on a list any more, or say that they were there. With `pk` of that one alone."""
    shifts = Shift.objects.filter(activity=OuterRef("pk"), state=ShiftState.OPEN)
    taken = Participation.objects.filter(shift__activity=OuterRef("pk"))
    absent = taken.filter(state=ParticipationState.NO_SHOW)
    rows = Activity.objects.filter(
        ~Exists(shifts.filter(ends_at__gt=now - LIST_OPEN)), ~Exists(taken.filter(state__in=UNSETTLED)),
        ~Exists(absent.filter(shift__ends_at__gt=now - ABSENCE_OPEN)), state=ActivityState.FINISHED,
    )  # fmt: skip
    return _numbers(rows, pk)


def out_of_place(on: date, pk: int | None = None) -> list[int]:
    """The numbers of open activities of somebody who may not have any there now: moved away, not admitted any more, or
    without insurance on a day. With `pk` of that one alone."""
    whom = Coalesce(OuterRef("organiser__same_person_as"), OuterRef("organiser"))
    here = Residency.objects.filter(
        neighbourhood=OuterRef("neighbourhood"), state=ResidencyState.ATTESTED, person=whom
    )
    let_in = Admission.objects.filter(
        neighbourhood=OuterRef("neighbourhood"), organisation=OuterRef("organiser"),
        state=AdmissionState.ADMITTED, until_on__gte=on, insured_until_on__gte=on,
    )  # fmt: skip
    own = Q(organiser=F("neighbourhood__party")) | Q(organiser=F("neighbourhood__municipality"))
    is_person = Q(organiser__kind=PartyKind.PERSON)
    gone = (is_person & ~Exists(here)) | (~is_person & ~Exists(let_in))
    return _numbers(Activity.objects.filter(gone, state=ActivityState.PUBLISHED).exclude(own), pk)


def was_open(activity: Activity, at: datetime) -> bool:
    """Whether an activity was open at a moment that is past: since it was opened, and not stopped by the board then."""
    if activity.published_at is None or at < activity.published_at:
        return False
    said = AuditEntry.objects.filter(
        subject_model=activity._meta.label, subject_id=str(activity.pk), at__lte=at,
        event__in=["activity.suspend", "activity.resume"],
    )  # fmt: skip
    return said.order_by("-pk").values_list("event", flat=True).first() != "activity.suspend"


def _numbers(activities: QuerySet[Activity], pk: int | None) -> list[int]:
    found = activities if pk is None else activities.filter(pk=pk)
    return list(found.order_by("pk").values_list("pk", flat=True))
