"""Meetings of a neighbourhood: what is planned, who was there, what was written down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.clock import day_of
from neighbourhoods.models import (
    AgendaItem,
    Attendance,
    Interest,
    Meeting,
    MeetingKind,
    Minutes,
    Neighbourhood,
    Residency,
    Seat,
    SeatOffice,
)
from neighbourhoods.models.seat import SeatQuerySet
from neighbourhoods.queries.seats import board_of, seats_of
from neighbourhoods.states import (
    BoxState,
    ElectionState,
    MeetingState,
    MinutesState,
    ResidencyState,
)
from people.models import Party, User

LEADS = (SeatOffice.CHAIR, SeatOffice.SECRETARY)
PUBLIC = (MeetingState.INVITED, MeetingState.HELD)
# An election that still needs the meeting at which its votes count as cast.
GOES_ON = (
    ElectionState.ANNOUNCED,
    ElectionState.NOMINATIONS,
    ElectionState.ROLL_FROZEN,
    ElectionState.VOTING,
)


def leads_board(person: Party, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether this person is chair or secretary on a day; any member is as good as one while there is neither."""
    board = Seat.objects.in_force(on).filter(neighbourhood=neighbourhood)
    own = seats_of(person).in_force(on).filter(neighbourhood=neighbourhood)
    leaders = board.filter(office__in=LEADS)
    return own.filter(office__in=LEADS).exists() or (own.exists() and not leaders.exists())


def meetings_of(neighbourhood: Neighbourhood) -> QuerySet[Meeting]:
    """All meetings, with what the board alone sees, the latest first."""
    found = Meeting.objects.filter(neighbourhood=neighbourhood)
    return found.select_related("minutes").order_by("-starts_at", "-pk")


def coming_meetings(neighbourhood: Neighbourhood) -> QuerySet[Meeting]:
    """Those that were not held and not called off, the next one first. One of which nobody wrote down that it was held
    stays here."""
    waiting = (MeetingState.PLANNED, MeetingState.INVITED)
    return Meeting.objects.filter(neighbourhood=neighbourhood, state__in=waiting).order_by("starts_at", "pk")


def meeting_at(neighbourhood: Neighbourhood, ref: UUID) -> Meeting | None:
    return (
        Meeting.objects.filter(neighbourhood=neighbourhood, ref=ref)
        .select_related("neighbourhood", "minutes__approved_in")
        .first()
    )


def is_public(meeting: Meeting) -> bool:
    """Whether everybody may see this meeting: once the invitation went out, also when it was called off after that."""
    return meeting.state in PUBLIC or meeting.invited_at is not None


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    return meeting.agenda.order_by("position")


def members_at(meeting: Meeting) -> SeatQuerySet:
    """Who sits on the board on the day of the meeting, with names."""
    return board_of(meeting.neighbourhood, day_of(meeting.starts_at))


def attendance_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Who of the board was there, with names; who was there first."""
    found = meeting.attendances.select_related("person__person_details", "person__organisation_details")
    return found.order_by("-presence", "pk")


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The minutes, in whatever state."""
    return getattr(meeting, "minutes", None)


def could_approve(meeting: Meeting) -> QuerySet[Meeting]:
    """Later meetings of the same neighbourhood that were held: at one of those the minutes are approved."""
    return Meeting.objects.filter(
        neighbourhood_id=meeting.neighbourhood_id, state=MeetingState.HELD, starts_at__gt=meeting.starts_at
    ).order_by("starts_at")


def to_write_up(neighbourhood: Neighbourhood, at: datetime) -> QuerySet[Meeting]:
    """Meetings that began and of which something is still to be written: who was there, or the minutes."""
    begun = Q(state=MeetingState.INVITED, starts_at__lte=at)
    unwritten = Q(state=MeetingState.HELD) & (Q(minutes__isnull=True) | Q(minutes__state=MinutesState.DRAFT))
    found = Meeting.objects.filter(begun | unwritten, neighbourhood=neighbourhood)
    return found.select_related("minutes").order_by("starts_at", "pk")


def to_approve(neighbourhood: Neighbourhood) -> QuerySet[Meeting]:
    """Meetings of which the minutes are published and not approved, though they could be: there was a later meeting."""
    later = Meeting.objects.filter(
        neighbourhood=neighbourhood, state=MeetingState.HELD, starts_at__gt=OuterRef("starts_at")
    )
    found = Meeting.objects.filter(
        Exists(later), neighbourhood=neighbourhood, minutes__state=MinutesState.PUBLISHED
    )
    return found.select_related("minutes").order_by("starts_at", "pk")


def depends_on(meeting: Meeting) -> bool:
    """Whether an election or a vote that goes on belongs to this meeting."""
    runs = {"box__state__in": (BoxState.OPEN, BoxState.READY)}
    voting = meeting.proposals.filter(**runs).exists() or meeting.value_votes.filter(**runs).exists()
    return voting or meeting.elections.filter(state__in=GOES_ON).exists()


def invited_to(meeting: Meeting) -> QuerySet[User]:
    """The logins of who is invited: the board on that day, or for a general meeting everybody who lives there now. A
    person with two logins is written to at both."""
    living: QuerySet[Any, Any]
    if meeting.kind == MeetingKind.GENERAL:
        living = Residency.objects.filter(
            neighbourhood=meeting.neighbourhood, state=ResidencyState.ATTESTED
        ).values("person")
    else:
        living = Seat.objects.in_force(day_of(meeting.starts_at)).filter(
            neighbourhood=meeting.neighbourhood
        ).values("person")  # fmt: skip
    return User.objects.filter(
        Q(person__in=living) | Q(person__same_person_as__in=living), is_active=True
    ).order_by("pk")


def interests_of(person: Party, neighbourhood: Neighbourhood, on: date) -> QuerySet[Interest]:
    """The interests of somebody that hold on a day."""
    canonical = person.canonical_id
    found = Interest.objects.filter(
        Q(person_id=canonical) | Q(person__same_person_as_id=canonical),
        neighbourhood=neighbourhood,
        from_on__lte=on,
    )
    return found.exclude(until_on__lt=on).order_by("from_on", "pk")
