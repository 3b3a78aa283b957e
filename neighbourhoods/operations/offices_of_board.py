"""A board divides its offices among its members: chair, secretary, treasurer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.models import Neighbourhood, Seat, SeatOffice
from neighbourhoods.operations.meetings.doors import leader_of
from neighbourhoods.operations.seats import ONE_AT_A_TIME, OfficeTaken
from neighbourhoods.permissions import check, check_not_own, is_self, sits_on_board


class SeatOver(Refusal):
    """Whose term has ended holds no office."""

    code = "seat_over"
    sentence = _("This person is not on the board any more.")


class NoSuchOffice(Refusal):
    """A board has a chair, a secretary, a treasurer and members."""

    code = "no_such_office"
    sentence = _("Choose one of the offices.")
    field = "office"


def assign_office(*, seat: Seat, office: str, actor: Actor, at: datetime) -> None:
    """This will give a member of the board an office, for as long as they sit there. MEMBER takes it away.

    Nobody gives one to themself: the others trust somebody with it. Who has one lays it down, or the chair or the
    secretary takes it away: where there is neither, any member leads, and nobody comes to that alone.

    :raises NotAllowed: to anybody but those who sit on that board today.
    :raises OwnMatter: to the member themself, unless they lay theirs down.
    :raises LeadersOnly: to the other members, when this one has an office already.
    :raises SeatOver: when the seat has ended or has not begun.
    :raises OfficeTaken: while somebody else holds it.
    :raises NoSuchOffice: for any other word.
    """
    on = day_of(at)
    check(sits_on_board(actor, seat.neighbourhood, on))
    if office != SeatOffice.MEMBER:
        check_not_own(actor, seat.person)
    if office not in SeatOffice.values:
        raise NoSuchOffice
    with transaction.atomic():
        # Two members who give the same office to two others take turns here.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=seat.neighbourhood_id)
        locked = Seat.objects.select_for_update(of=("self",)).select_related("person").get(pk=seat.pk)
        if not locked.from_on <= on <= locked.until_on:
            raise SeatOver
        if locked.office != office:
            if locked.office != SeatOffice.MEMBER and not is_self(actor, locked.person):
                leader_of(actor, locked.neighbourhood, at)
            _check_free(locked, office)
            Seat.objects.filter(pk=locked.pk).update(office=office)
            record(
                "seat.office", subject=locked, actor=actor, at=at, about=[locked.person], before=locked.office,
                after=office,
            )  # fmt: skip
    seat.refresh_from_db()


def _check_free(seat: Seat, office: str) -> None:
    if office not in ONE_AT_A_TIME:
        return
    taken = Seat.objects.filter(
        neighbourhood=seat.neighbourhood,
        office=office,
        from_on__lte=seat.until_on,
        until_on__gte=seat.from_on,
    )
    if taken.exclude(pk=seat.pk).exists():
        raise OfficeTaken(office=SeatOffice(office).label)
