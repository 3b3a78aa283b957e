"""What is due by the clock for people who take part. Asked again under lock before anything is done."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import make_aware

from core.clock import day_of
from marketplace.models import GuardianConsent, Participation, Shift
from marketplace.queries.guardians import details_of_children
from marketplace.queries.participations import with_counts
from marketplace.states import ActivityState, ParticipationState, ShiftState

_T = ParticipationState


def to_remind(now: datetime) -> QuerySet[Participation]:
    """Who comes today or tomorrow, signed up on an earlier day, and was not reminded."""
    today = day_of(now)
    soon = Participation.objects.filter(
        state=_T.SIGNED_UP, reminded_at__isnull=True, shift__state=ShiftState.OPEN, shift__starts_at__gt=now,
        shift__starts_at__lt=_midnight(today + timedelta(days=2)),
    )  # fmt: skip
    return soon.filter(signed_up_at__lt=_midnight(today))


def to_lapse(now: datetime) -> QuerySet[Participation]:
    """Who waits for a place in a shift that has begun."""
    return Participation.objects.filter(state=_T.WAITING, shift__starts_at__lte=now)


def to_miss(ended_before: datetime) -> QuerySet[Participation]:
    """Who signed up for a shift that ended before a moment, and of whom nobody ever said anything."""
    return Participation.objects.filter(
        state=_T.SIGNED_UP, shift__state=ShiftState.OPEN, shift__ends_at__lt=ended_before
    )


def to_promote(now: datetime, until: timedelta) -> QuerySet[Shift]:
    """The shifts in which a place is free while somebody waits, and that do not begin soon."""
    open_ones = Shift.objects.filter(
        state=ShiftState.OPEN, activity__state=ActivityState.PUBLISHED, starts_at__gte=now + until
    )
    counted: QuerySet[Any] = with_counts(open_ones)
    return counted.filter(waiting__gt=0, taken__lt=F("places")).order_by("pk")


def children_without_consent(now: datetime) -> QuerySet[Participation]:
    """Coming shifts of children for whom no consent is in force."""
    person, same = OuterRef("person"), OuterRef("person__same_person_as")
    theirs = Q(child=person) | Q(child=same) | Q(child__same_person_as=person) | Q(child__same_person_as=same)
    consent = GuardianConsent.objects.filter(
        theirs, activity=OuterRef("shift__activity"), withdrawn_at__isnull=True
    )
    coming = Participation.objects.filter(
        state__in=[_T.WAITING, _T.SIGNED_UP], shift__starts_at__gt=now,
        person__in=details_of_children(day_of(now)).values("party"),
    )  # fmt: skip
    return coming.exclude(Exists(consent))


def _midnight(day: date) -> datetime:
    """The moment at which a day begins where we are."""
    return make_aware(datetime.combine(day, time()))
