"""Seats on the board: the municipality fills them until the residents elect their own, and then an election does."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.models import Election, Neighbourhood, Seat, SeatKind, SeatOffice
from neighbourhoods.permissions import check, check_may_end_seat, check_not_own, may_appoint
from neighbourhoods.queries.elections import board_sits_until
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.queries.seats import seats_of, seats_to_come
from neighbourhoods.rights import derive_groups
from people.models import Party

ONE_AT_A_TIME = frozenset({SeatOffice.CHAIR, SeatOffice.SECRETARY, SeatOffice.TREASURER})


class NotAResident(Refusal):
    """The board of a neighbourhood is made of people who live there."""

    code = "not_a_resident"
    sentence = _("Only somebody who lives in %(neighbourhood)s can sit on its board.")


class AlreadyOnBoard(Refusal):
    """Another seat of this person overlaps."""

    code = "already_on_board"
    sentence = _("This person already has a seat on this board in these days.")


class OfficeTaken(Refusal):
    """There is one chair, one secretary and one treasurer."""

    code = "office_taken"
    sentence = _("Somebody else is already %(office)s in these days.")
    field = "office"


class BoardIsElected(Refusal):
    """Beside people whom the residents chose, the municipality puts nobody."""

    code = "board_is_elected"
    sentence = _(
        "The residents chose this board. An empty seat goes to the next candidate of their election."
    )


class NewerBoard(Refusal):
    """The residents have chosen another board since, and it has begun."""

    code = "newer_board"
    sentence = _("A newer board has begun. This election fills no seats any more.")


class TermRefused(Refusal):
    """A term ends after it begins."""

    code = "term"
    sentence = _("The last day lies before the first day.")
    field = "until_on"


class EndsEarlier(Refusal):
    """The seat ends before the day that was given."""

    code = "ends_earlier"
    sentence = _("This seat already ends on an earlier day.")
    field = "on"


def appoint_seat(
    *,
    person: Party,
    neighbourhood: Neighbourhood,
    office: str,
    from_on: date,
    until_on: date,
    actor: Actor,
    at: datetime,
) -> Seat:
    """Give a resident a seat for a term, both days included. The same appointment again returns the same seat.

    :raises NotAllowed: to anybody but the system and the municipality's clerks and owners.
    :raises OwnMatter: to whoever would appoint themselves.
    :raises NotAResident: when the person is not an attested resident there.
    :raises AlreadyOnBoard: when another seat of this person overlaps.
    :raises OfficeTaken: when there is a chair, secretary or treasurer already.
    :raises BoardIsElected: when an elected board sits in these days.
    :raises TermRefused: when the last day lies before the first.
    """
    check(may_appoint(actor, neighbourhood, day_of(at)))
    check_not_own(actor, person)
    if until_on < from_on:
        raise TermRefused
    with transaction.atomic():
        # One board at a time: two who appoint at the same moment cannot both find the chair empty.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        same = _same_seat(person, neighbourhood, office, from_on, until_on)
        if same:
            return same
        _check_not_elected(neighbourhood, from_on, until_on)
        _check_board(person, neighbourhood, office, from_on, until_on)
        seat = Seat.objects.create(
            person_id=person.canonical_id, neighbourhood=neighbourhood, kind=SeatKind.APPOINTED, office=office,
            from_on=from_on, until_on=until_on,
        )  # fmt: skip
        record("seat.appoint", subject=seat, actor=actor, at=at, about=[seat.person])
        derive_groups(on=day_of(at), people=[seat.person])
    return seat


def install_elected(*, person: Party, election: Election, from_on: date, actor: Actor, at: datetime) -> Seat:
    """Give a seat to somebody whom the residents elected, to the end of the term, or to the day before a newer board
    that is chosen already begins. Called by what ends an election or fills an empty chair: they see to who that is.

    :raises NotAResident: when the person does not live there any more.
    :raises AlreadyOnBoard: when they sit there already.
    :raises NewerBoard: when a newer board has begun.
    """
    neighbourhood = election.neighbourhood
    with transaction.atomic():
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        # Asked behind the lock: a newer election may have become final while we waited for it.
        until_on = board_sits_until(election)
        if until_on < from_on:
            raise NewerBoard
        _check_board(person, neighbourhood, SeatOffice.MEMBER, from_on, until_on)
        seat = Seat.objects.create(
            person_id=person.canonical_id, neighbourhood=neighbourhood, kind=SeatKind.ELECTED, from_on=from_on,
            until_on=until_on, election=election,
        )  # fmt: skip
        record("seat.elect", subject=seat, actor=actor, at=at, about=[seat.person])
        derive_groups(on=day_of(at), people=[seat.person])
    return seat


def make_room(*, neighbourhood: Neighbourhood, from_on: date, at: datetime) -> None:
    """A new board begins on this day: the old one ends the day before, and who would only begin later never sits.
    Called by what ends an election, before it gives its own seats. What the old election fills after this is
    `install_elected`'s to keep within bounds.
    """
    with transaction.atomic():
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        old = Seat.objects.filter(neighbourhood=neighbourhood, until_on__gte=from_on).order_by("pk")
        for seat in _locked(old):
            _end(seat, on=from_on - timedelta(days=1), actor=Actor.system(), at=at, reason="")


def end_seat(*, seat: Seat, on: date, actor: Actor, at: datetime, reason: str) -> None:
    """The seat ends with this day; one that would begin later is taken away, for nobody ever sat on it.

    :raises NotAllowed: to anybody but whoever sits there, the system, and the municipality's clerks and owners.
    :raises ElectedByResidents: to the municipality, for a seat that it did not fill.
    :raises EndsEarlier: when it ends before that day already.
    """
    check_may_end_seat(actor, seat, day_of(at))
    with transaction.atomic():
        locked = Seat.objects.select_for_update(of=("self",)).select_related("person").get(pk=seat.pk)
        if locked.until_on < on:
            raise EndsEarlier
        _end(locked, on=on, actor=actor, at=at, reason=reason)


def vacate_seats(
    *, person: Party, neighbourhood: Neighbourhood, on: date, actor: Actor, at: datetime, reason: str
) -> None:
    """Whoever no longer lives there leaves the board with this day. Called by what ends a residency."""
    seats = seats_to_come(person, on).filter(neighbourhood=neighbourhood).order_by("pk")
    for seat in _locked(seats):
        _end(seat, on=on, actor=actor, at=at, reason=reason)


def _end(seat: Seat, *, on: date, actor: Actor, at: datetime, reason: str) -> None:
    """The row is locked by the caller."""
    person = seat.person
    event = "seat.cancel" if seat.from_on > on else "seat.end"
    record(event, subject=seat, actor=actor, at=at, about=[person], reason=reason)
    if seat.from_on > on:
        seat.delete()
    else:
        Seat.objects.filter(pk=seat.pk).update(until_on=on)
    derive_groups(on=day_of(at), people=[person])


def _locked(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    return seats.select_for_update(of=("self",)).select_related("person")


def _same_seat(
    person: Party, neighbourhood: Neighbourhood, office: str, from_on: date, until_on: date
) -> Seat | None:
    seats = seats_of(person).filter(neighbourhood=neighbourhood, office=office, kind=SeatKind.APPOINTED)
    return seats.filter(from_on=from_on, until_on=until_on).first()


def _check_not_elected(neighbourhood: Neighbourhood, from_on: date, until_on: date) -> None:
    elected = Seat.objects.filter(neighbourhood=neighbourhood, kind=SeatKind.ELECTED)
    if elected.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        raise BoardIsElected


def _check_board(
    person: Party, neighbourhood: Neighbourhood, office: str, from_on: date, until_on: date
) -> None:
    if not lives_in(person, neighbourhood):
        raise NotAResident(neighbourhood=neighbourhood.name)
    overlap = {"neighbourhood": neighbourhood, "from_on__lte": until_on, "until_on__gte": from_on}
    if seats_of(person).filter(**overlap).exists():
        raise AlreadyOnBoard
    if office in ONE_AT_A_TIME and Seat.objects.filter(**overlap, office=office).exists():
        raise OfficeTaken(office=SeatOffice(office).label)
