"""Questions of who posts activities and who judges them: for whom, where, what the board read, why it was sent back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.models import AuditEntry
from marketplace.models import Activity, ActivityText, Participation, Shift, ShiftTemplate
from marketplace.queries.activities import activities_of
from marketplace.queries.hours import TO_CONFIRM, hours_of_leaders
from marketplace.states import ActivityState, ParticipationState, ShiftState
from neighbourhoods.models import Neighbourhood, Seat
from neighbourhoods.queries.seats import seats_of
from people.models import Mandate, Party, PartyKind, Role, User
from people.queries import numbers_of

COMING: Final = frozenset({ParticipationState.WAITING, ParticipationState.SIGNED_UP})
ORGANISES: Final = frozenset({Role.OWNER, Role.ORGANISER})


def organisers_for(person: Party, on: date) -> list[Party]:
    """For whom a person posts activities on a day: themself first, then the others by name."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=ORGANISES)
    boards = seats_of(person).in_force(on).values("neighbourhood__party_id")
    private = [PartyKind.PERSON, PartyKind.HOUSEHOLD]
    organisations = Q(pk__in=held.values("principal_id")) & ~Q(kind__in=[*private, PartyKind.NEIGHBOURHOOD])
    parties = Party.objects.filter(Q(pk=person.canonical_id) | organisations | Q(pk__in=boards)).with_names()
    return sorted(
        parties, key=lambda one: (one.pk != person.canonical_id, one.display_name.casefold(), one.pk)
    )


def logins_of_organisers(party: Party, on: date) -> QuerySet[User]:
    """The logins of all who organise for a party on a day: they are told what happens to its activities."""
    active = User.objects.filter(is_active=True).select_related("person__person_details").order_by("pk")
    if party.is_person:
        return active.filter(person__in=numbers_of(party).order_by())
    seats = Seat.objects.in_force(on).filter(neighbourhood__party=party)
    offices = Mandate.objects.in_force(on).filter(principal=party, role__in=ORGANISES)
    people = (seats if party.kind == PartyKind.NEIGHBOURHOOD else offices).values("person")
    return active.filter(Q(person__in=people) | Q(person__same_person_as__in=people))


def templates_of(organiser: Party) -> QuerySet[ShiftTemplate]:
    """The weeks that an organiser kept, by name, with their lines."""
    holders = numbers_of(organiser).order_by() if organiser.is_person else [organiser]
    return (
        ShiftTemplate.objects.filter(organiser__in=holders).prefetch_related("lines").order_by("name", "pk")
    )


def fingerprint(activity: Activity) -> str:
    """A short sign of all that the board looks at. It changes with every change, so that nothing else is opened than
    what was read."""
    texts = (
        ActivityText.objects.filter(activity=activity)
        .order_by("language")
        .values_list("language", "title", "summary", "about", "asks")
    )
    seen = (
        list(texts), activity.item_id, activity.indication, activity.label, activity.pot_id, activity.picture_id,
        activity.picture_alt, activity.place, activity.travel, activity.spoken, activity.step_free,
        activity.accessible_toilet, activity.seated, activity.quiet, activity.lowest_age,
        activity.asks_conduct_certificate,
    )  # fmt: skip
    return sha256(repr(seen).encode()).hexdigest()[:32]


def reason_of(activity: Activity, *events: str) -> str:
    """The reason that was given when one of these last happened to an activity; empty without one."""
    lines = AuditEntry.objects.filter(subject_model=Activity._meta.label, subject_id=str(activity.pk))
    line = lines.filter(event__in=events).select_related("note").order_by("-pk").first()
    note = getattr(line, "note", None)
    return note.text if note else ""


def signed_up_ahead(activity: Activity, now: datetime) -> int:
    """How many people have a place, or wait for one, in the shifts of an activity that have not begun."""
    ahead = Participation.objects.filter(shift__activity=activity, shift__starts_at__gt=now)
    return ahead.filter(state__in=COMING).values("person").distinct().count()


def earlier_of(organiser: Party, neighbourhood: Neighbourhood) -> QuerySet[Activity]:
    """What an organiser has, or had, in a neighbourhood of which the shifts can be planned again, the newest first."""
    with_shifts = Exists(Shift.objects.filter(activity=OuterRef("pk"), state=ShiftState.OPEN))
    found = activities_of(organiser).filter(with_shifts, neighbourhood=neighbourhood)
    return found.prefetch_related("texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForBoard:
    """How many activities wait to be read, shifts with hours that nobody confirmed, disagreements about hours, and
    hours of people who lead an organisation themselves."""

    activities: int
    shifts: int
    disputes: int
    leaders: int


def numbers_for_board(neighbourhood: Neighbourhood, on: date) -> ForBoard:
    """What waits for a board about activities on a day; two queries where no hours are to be confirmed."""
    submitted = Activity.objects.filter(neighbourhood=OuterRef("pk"), state=ActivityState.SUBMITTED)
    here = Participation.objects.filter(shift__activity__neighbourhood=OuterRef("pk"))
    brought = here.filter(shift__escalated_at__isnull=False, state__in=TO_CONFIRM)
    disputed = here.filter(state=ParticipationState.DISPUTED)
    row = Neighbourhood.objects.filter(pk=neighbourhood.pk).values(
        to_read=_number(submitted, "pk"), brought=_number(brought, "shift"), disputed=_number(disputed, "pk")
    )
    numbers = row.get()
    return ForBoard(
        activities=numbers["to_read"], shifts=numbers["brought"], disputes=numbers["disputed"],
        leaders=hours_of_leaders(neighbourhood, on).count(),
    )  # fmt: skip


def _number(rows: QuerySet[Any], of: str) -> Coalesce:
    """How many different ones there are, to be asked within another query."""
    counted = rows.order_by().annotate(
        every=Func(F(of), function="COUNT", template="COUNT(DISTINCT %(expressions)s)")
    )
    return Coalesce(Subquery(counted.values("every"), output_field=IntegerField()), 0)
