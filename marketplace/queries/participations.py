"""Questions about taking part: who comes, who waits, and what is somebody's own."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from marketplace.models import Activity, Participation, Shift
from marketplace.queries.activities import with_all as with_all_of_activities
from marketplace.states import ParticipationState
from people.models import Party
from people.queries import numbers_of

_T = ParticipationState
# They take none of the places of a shift.
WITHOUT_PLACE: Final = frozenset({_T.WAITING, _T.WITHDRAWN})
# What the participant or the organiser still has to do with.
UNSETTLED: Final = frozenset(
    {_T.WAITING, _T.SIGNED_UP, _T.CHECKED_IN, _T.CLAIMED, _T.CONFIRMED, _T.BLOCKED_BY_CAP, _T.DISPUTED}
)
# Promised, and not paid yet: what somebody will earn by what they signed up for.
PROMISED: Final = UNSETTLED - {_T.WAITING}


def with_counts(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """The same shifts with `taken` (places) and `waiting` (people on the list)."""
    return shifts.annotate(
        taken=Count("participations", filter=~Q(participations__state__in=WITHOUT_PLACE)),
        waiting=Count("participations", filter=Q(participations__state=_T.WAITING)),
    )


def taken_of(shift: Shift) -> int:
    """How many places of a shift are taken. To be asked under its lock when one is given away."""
    return shift.participations.exclude(state__in=WITHOUT_PLACE).count()


def with_all(participations: QuerySet[Participation]) -> QuerySet[Participation]:
    """The same participations with what a list of them shows of activity, shift and person."""
    return participations.select_related(
        "shift", "person__person_details", "confirmed_by__person_details", "transfer", "dispute"
    ).prefetch_related(Prefetch("shift__activity", with_all_of_activities(Activity.objects.all())))


def participation_at(ref: UUID) -> Participation | None:
    """The participation with this number in its address. Who may see it says the caller (`permissions.side_in`)."""
    return with_all(Participation.objects.filter(ref=ref)).first()


def participations_of(person: Party) -> QuerySet[Participation]:
    """All that somebody takes part in, under whichever number they are known; the last shift first."""
    found = Participation.objects.filter(person__in=numbers_of(person).order_by())
    return found.order_by("-shift__starts_at", "-pk")


def under_another_number(participation: Participation) -> QuerySet[Participation]:
    """What the same person has in these hours under another number: of somebody who was known twice, and signed up as
    both. Under one number the form to sign up, and the database, keep it out."""
    shift = participation.shift
    found = Participation.objects.filter(person__in=numbers_of(participation.person).order_by())
    return found.exclude(person=participation.person_id).filter(
        shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at
    )


def in_turn(shift: Shift) -> QuerySet[Participation]:
    """Who waits for a place in a shift, the first one first."""
    return shift.participations.filter(state=_T.WAITING).order_by("signed_up_at", "pk")
