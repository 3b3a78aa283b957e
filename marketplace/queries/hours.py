"""Questions about hours: what waits to be confirmed, what is with the board, and what came of a month or a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Cast, TruncMonth
from django.utils import timezone

from core.clock import day_of
from core.models import AuditEntry
from marketplace.models import Activity, Participation, Shift
from marketplace.queries.activities import with_all as with_all_of_activities
from marketplace.queries.leaders import OF_ALL, left_to_board
from marketplace.queries.participations import with_all
from marketplace.states import ParticipationState
from neighbourhoods.models import Neighbourhood
from people.models import Party
from people.queries import numbers_of

_T = ParticipationState
REMINDED: Final = "participation.remind"
RETRIED: Final = "hours.retry"  # about nobody: it stands in nobody's trail
# Of whom the organiser still says whether they came, and for how long.
UNMARKED: Final = frozenset({_T.SIGNED_UP, _T.CHECKED_IN})
TO_CONFIRM: Final = UNMARKED | {_T.CLAIMED}
# Confirmed, and not paid yet.
WAITS_FOR_PAYMENT: Final = frozenset({_T.CONFIRMED, _T.BLOCKED_BY_CAP})
# Hours of which somebody else than the participant said that they were made.
MADE: Final = WAITS_FOR_PAYMENT | {_T.PAID, _T.WAIVED}


def to_confirm(organiser: Party, now: datetime) -> QuerySet[Shift]:
    """The shifts of an organiser that are over or of which hours were told, with somebody to confirm: `claimed` told
    their hours, `unmarked` are still to be ticked off. The oldest first."""
    shifts = Shift.objects.filter(activity__organiser__in=_organisers(organiser))
    return _with_activity(_waiting(shifts, now))


def waiting_since(until: datetime) -> QuerySet[Shift]:
    """The shifts with hours that wait since this moment or longer: from the end of the shift, or from the day on which
    they were told when that was later. The oldest first."""
    waits = Participation.objects.filter(shift=OuterRef("pk")).filter(
        Q(state__in=UNMARKED) | Q(state=_T.CLAIMED, claimed_at__lte=until)
    )
    found = Shift.objects.filter(Exists(waits), ends_at__lte=until)
    return found.order_by("ends_at", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithBoard:
    """What waits for the board of a neighbourhood: `shifts` that nobody confirmed in time, `disputes`, and `leaders`:
    hours of people who lead an organisation themselves. Whether one of the board may deal with a row says
    `permissions.confirms_as` or `may_judge`."""

    shifts: Sequence[Shift] = field(default_factory=list)
    disputes: Sequence[Participation] = field(default_factory=list)
    leaders: Sequence[Participation] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.shifts) + len(self.disputes) + len(self.leaders)


def for_the_board(neighbourhood: Neighbourhood, on: date) -> WithBoard:
    """What waits for the board on a day, the oldest first."""
    here = Shift.objects.filter(activity__neighbourhood=neighbourhood)
    escalated = _waiting(here.filter(escalated_at__isnull=False), None)
    in_place = Participation.objects.filter(shift__activity__neighbourhood=neighbourhood)
    disputes = with_all(in_place.filter(state=_T.DISPUTED)).order_by("dispute__opened_at", "pk")
    leaders = with_all(hours_of_leaders(neighbourhood, on)).order_by("shift__ends_at", "pk")
    return WithBoard(shifts=list(_with_activity(escalated)), disputes=list(disputes), leaders=list(leaders))


def hours_of_leaders(neighbourhood: Neighbourhood, on: date) -> QuerySet[Participation]:
    """The hours that no colleague confirms, and that wait for the board on a day besides those of whole shifts. Up to
    four queries."""
    in_place = Participation.objects.filter(shift__activity__neighbourhood=neighbourhood)
    end_of_day = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    to_judge = in_place.filter(state__in=TO_CONFIRM, shift__escalated_at__isnull=True).filter(
        Q(shift__ends_at__lt=end_of_day) | Q(state=_T.CLAIMED)
    )
    return _of_leaders(to_judge, on)


def missed_at(participation: Participation) -> datetime | None:
    """When it was last said that somebody was not there."""
    said = AuditEntry.objects.filter(
        subject_model=Participation._meta.label, subject_id=str(participation.pk), event="participation.miss"
    )
    return said.order_by("-pk").values_list("at", flat=True).first()


# --- For the clock ----------------------------------------------------------------------------------------------------


def is_told(thing: Participation | Shift, since: datetime | None = None) -> bool:
    """Whether those who have to do something about it were reminded, since this moment."""
    said = AuditEntry.objects.filter(
        subject_model=thing._meta.label, subject_id=str(thing.pk), event=REMINDED
    )
    return (said if since is None else said.filter(at__gte=since)).exists()


def unruled_since(until: datetime) -> list[int]:
    """The numbers of the participations about which the two sides disagree since this moment or longer."""
    found = Participation.objects.filter(state=_T.DISPUTED, dispute__opened_at__lte=until)
    return list(found.order_by("dispute__opened_at", "pk").values_list("pk", flat=True))


def places_to_retry(on: date) -> list[Neighbourhood]:
    """The neighbourhoods with hours that are confirmed and not paid, where that was not tried on this day."""
    lines = AuditEntry.objects.filter(
        subject_model=Neighbourhood._meta.label, subject_id=Cast(OuterRef("pk"), CharField()), event=RETRIED
    ).order_by("-pk")
    waiting = Participation.objects.filter(
        shift__activity__neighbourhood=OuterRef("pk"), state__in=WAITS_FOR_PAYMENT
    )
    found = Neighbourhood.objects.filter(Exists(waiting)).annotate(tried_at=Subquery(lines.values("at")[:1]))
    return [one for one in found.order_by("pk") if one.tried_at is None or day_of(one.tried_at) < on]


def waiting_for_payment(places: Sequence[Neighbourhood]) -> list[int]:
    """The numbers of the participations there that wait for their coins, the first confirmed first."""
    found = Participation.objects.filter(
        shift__activity__neighbourhood__in=places, state__in=WAITS_FOR_PAYMENT
    )
    return list(found.order_by("confirmed_at", "pk").values_list("pk", flat=True))


# --- Over time --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursOfMonth:
    """What an organiser had paid in a local month in one neighbourhood: minutes of activities, and coins of that place
    in minor units."""

    month: date
    neighbourhood: Neighbourhood
    people: int
    times: int
    minutes: int
    amount: int


def by_month(organiser: Party, year: int) -> list[HoursOfMonth]:
    """Month by month what was paid for the activities of an organiser in a local year, as the statements of the pots
    tell it: by the day of payment. Two queries."""
    found = Participation.objects.filter(
        shift__activity__organiser__in=_organisers(organiser), state=_T.PAID,
        paid_at__gte=_midnight(date(year, 1, 1)), paid_at__lt=_midnight(date(year + 1, 1, 1)),
    )  # fmt: skip
    rows = list(
        found.annotate(month=TruncMonth("paid_at", output_field=DateField()))
        .values("month", place=F("shift__activity__neighbourhood"))
        .annotate(
            people=Count("person", distinct=True),
            times=Count("pk"),
            minutes=Sum("confirmed"),
            amount=Sum("reward"),
        )
        .order_by("month", "place")
    )
    places = (
        Neighbourhood.objects.select_related("coin").in_bulk({row["place"] for row in rows}) if rows else {}
    )
    return [
        HoursOfMonth(
            neighbourhood=places[row["place"]], month=row["month"], people=row["people"], times=row["times"],
            minutes=row["minutes"], amount=row["amount"],
        )
        for row in rows
    ]  # fmt: skip


def hours_of(person: Party, organiser: Party, from_on: date, until_on: date) -> QuerySet[Participation]:
    """The confirmed hours of somebody at an organiser, in shifts that began on one of these local days, the first one
    first: what a certificate of hours tells."""
    begins, ends = _midnight(from_on), _midnight(until_on + timedelta(days=1))
    found = Participation.objects.filter(
        person__in=numbers_of(person).order_by(), shift__activity__organiser__in=_organisers(organiser), state__in=MADE,
        shift__starts_at__gte=begins, shift__starts_at__lt=ends,
    )  # fmt: skip
    return with_all(found).order_by("shift__starts_at", "pk")


def _organisers(organiser: Party) -> Any:
    """A person organises under any of their numbers."""
    return numbers_of(organiser).order_by() if organiser.is_person else [organiser]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


# --- Beneath ----------------------------------------------------------------------------------------------------------


def _waiting(shifts: QuerySet[Shift], now: datetime | None) -> QuerySet[Shift]:
    """Those with somebody to confirm; before their end only where hours were told."""
    claimed = Count("participations", filter=Q(participations__state=_T.CLAIMED))
    unmarked = Count("participations", filter=Q(participations__state__in=UNMARKED))
    found = shifts.annotate(claimed=claimed, unmarked=unmarked)
    over = Q() if now is None else Q(ends_at__lte=now)
    return found.filter(Q(claimed__gt=0) | over & Q(unmarked__gt=0)).order_by("ends_at", "pk")


def _with_activity(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    return shifts.prefetch_related(Prefetch("activity", with_all_of_activities(Activity.objects.all())))


def _of_leaders(participations: QuerySet[Participation], on: date) -> QuerySet[Participation]:
    """Those whose hours the board alone confirms, as `permissions.only_the_board` says of each. Four queries."""
    rows = list(
        participations.exclude(shift__activity__organiser__kind__in=OF_ALL).values_list(
            "pk", "shift__activity__organiser", "person", "person__same_person_as"
        )
    )
    organisers = Party.objects.filter(pk__in={organiser for _pk, organiser, _person, _same in rows})
    leaders = left_to_board(list(organisers), on)
    found = [pk for pk, organiser, person, same in rows if (same or person) in leaders[organiser]]
    return Participation.objects.filter(pk__in=found)
