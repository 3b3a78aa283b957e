"""A person who is known twice, linked at the desk: what they have here goes along."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.models import AuditEntry
from core.states import transition
from neighbourhoods.models import Residency, Seat
from neighbourhoods.operations.residency.leave import forget_address, leave
from neighbourhoods.operations.seats import end_seat
from neighbourhoods.permissions import check, may_serve_person
from neighbourhoods.queries.desk import RUNNING
from neighbourhoods.rights import derive_groups
from neighbourhoods.states import ResidencyState
from people.models import Party
from people.operations.hooks import before_linking
from people.operations.links import link_same_person, unlink_person

CARRIED = "residency.carry_over"


def link_at_desk(*, duplicate: Party, same_as: Party, reason: str, actor: Actor, at: datetime) -> None:
    """Say that two people of this municipality are one.

    :raises NotAllowed: when the municipality does not know both, or one of the two is the clerk.
    :raises Refusal: whatever `link_same_person` says.
    """
    check(may_serve_person(actor, duplicate, day_of(at)) and may_serve_person(actor, same_as, day_of(at)))
    with transaction.atomic():
        link_same_person(duplicate=duplicate, same_as=same_as, reason=reason, actor=actor, at=at)
        derive_groups(on=day_of(at), people=[duplicate, same_as])


def unlink_at_desk(*, duplicate: Party, reason: str, actor: Actor, at: datetime) -> None:
    """Say that they are two after all. What went over when they were linked goes back; what was ended stays ended.

    :raises NotAllowed: when the municipality does not know this person, or it is the clerk.
    :raises Refusal: whatever `unlink_person` says.
    """
    person = duplicate.same_person_as
    check(person is None or may_serve_person(actor, person, day_of(at)))
    with transaction.atomic():
        unlink_person(person=duplicate, reason=reason, actor=actor, at=at)
        if person is not None:
            for residency in _carried(duplicate, person):
                _give(residency, duplicate, actor=actor, at=at, about=[duplicate, person])
        derive_groups(on=day_of(at), people=[party for party in (duplicate, person) if party])


@before_linking
def carry_over(duplicate: Party, person: Party, at: datetime) -> None:
    """Where the duplicate lives goes over to the person; what both have, the duplicate loses.

    Whoever links, at a desk or elsewhere: a residency stands under the number that counts. The system does it, as a
    consequence; the line of the link itself, of the same moment, says who linked.
    """
    actor, on = Actor.system(), day_of(at)
    _end_double_seats(duplicate, person, actor=actor, at=at, on=on)
    _carry_over(duplicate, person, actor=actor, at=at, on=on)


def _carry_over(duplicate: Party, person: Party, *, actor: Actor, at: datetime, on: date) -> None:
    """All running rows of both are locked in key order; each goes over unless the person has such a one already."""
    rows = list(
        Residency.objects.select_for_update(of=("self",))
        .filter(person__in=[duplicate, person], state__in=RUNNING)
        .select_related("person", "neighbourhood")
        .order_by("pk")
    )
    has = {row.state: row for row in rows if row.person_id == person.pk}
    for row in rows:
        if row.person_id != duplicate.pk:
            continue
        if row.state in has:
            _drop(row, actor=actor, at=at, on=on, stays_in=has[row.state].neighbourhood_id)
        else:
            _give(row, person, actor=actor, at=at, about=[duplicate, person])
            has[row.state] = row
    _drop_needless_request(has, actor=actor, at=at, on=on)


def _drop_needless_request(has: dict[str, Residency], *, actor: Actor, at: datetime, on: date) -> None:
    """Whoever turns out to live there already need not ask for it."""
    lives, asks = has.get(ResidencyState.ATTESTED), has.get(ResidencyState.REQUESTED)
    if lives and asks and lives.neighbourhood_id == asks.neighbourhood_id:
        asks.refresh_from_db()
        _drop(asks, actor=actor, at=at, on=on, stays_in=lives.neighbourhood_id)


def _drop(residency: Residency, *, actor: Actor, at: datetime, on: date, stays_in: int) -> None:
    why = gettext("This person was known twice.")
    if residency.state == ResidencyState.ATTESTED:
        leave(residency, event="end", on=on, actor=actor, at=at, reason=why, stays_in=stays_in)
        return
    transition(residency, "refuse", actor=actor, at=at, about=(residency.person,), reason=why)
    forget_address(residency, at=at)


def _give(residency: Residency, person: Party, *, actor: Actor, at: datetime, about: list[Party]) -> None:
    Residency.objects.filter(pk=residency.pk).update(person=person)
    residency.person = person
    record(CARRIED, subject=residency, actor=actor, at=at, about=about)


def _carried(duplicate: Party, person: Party) -> list[Residency]:
    """What the person has now and had from this duplicate."""
    lines = AuditEntry.objects.filter(
        event=CARRIED, subject_model=Residency._meta.label, about__party_id=duplicate.pk
    )
    ids = {int(pk) for pk in lines.values_list("subject_id", flat=True)}
    return list(Residency.objects.select_for_update().filter(pk__in=ids, person=person).order_by("pk"))


def _end_double_seats(duplicate: Party, person: Party, *, actor: Actor, at: datetime, on: date) -> None:
    """Nobody sits on one board twice."""
    kept = set(
        Seat.objects.filter(person=person, until_on__gte=on).values_list("neighbourhood_id", flat=True)
    )
    doubles = Seat.objects.filter(person=duplicate, until_on__gte=on, neighbourhood_id__in=kept).order_by(
        "pk"
    )
    for seat in doubles.select_related("person", "neighbourhood__municipality"):
        end_seat(seat=seat, on=on, actor=actor, at=at, reason=gettext("This person was known twice."))
