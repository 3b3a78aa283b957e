"""What a member tells of themself, and who does what on the board."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from neighbourhoods.forms.boardroom import InterestForm, OfficeForm
from neighbourhoods.operations import meetings as operations
from neighbourhoods.operations.offices_of_board import assign_office
from neighbourhoods.queries.meetings import interests_of
from neighbourhoods.queries.seats import board_of
from neighbourhoods.queries.values import organisations_in
from neighbourhoods.views.boardroom.base import Ask, Room, in_boardroom


@in_boardroom
def interests(request: HttpRequest, room: Room) -> HttpResponse:
    """For whom else I work, sit or own."""
    form = InterestForm(room.posted, organisations=organisations_in(room.neighbourhood))
    if room.sent(
        form,
        lambda values: operations.declare_interest(neighbourhood=room.neighbourhood, **values, **room.by()),
        _("Everybody can read your interest now."),
    ):
        return room.go("board_interests")
    mine = interests_of(room.person, room.neighbourhood, clock.day_of(room.now))
    return room.show("interests", room.crumbs(), form=form, interests=mine)


@require_POST
@in_boardroom
def interest_end(request: HttpRequest, room: Room, pk: int) -> HttpResponse:
    """It is over."""
    mine = interests_of(room.person, room.neighbourhood, clock.day_of(room.now))
    found = get_object_or_404(mine.select_related("person"), pk=pk)
    room.do(lambda: operations.end_interest(interest=found, **room.by()), _("This interest has ended."))
    return room.go("board_interests")


@in_boardroom
def offices(request: HttpRequest, room: Room) -> HttpResponse:
    """Who is chair, secretary and treasurer."""
    return room.show("offices", room.crumbs(), seats=board_of(room.neighbourhood, clock.day_of(room.now)))


@in_boardroom
def office(request: HttpRequest, room: Room, pk: int) -> HttpResponse:
    """Give another member an office, or take it away."""
    on = clock.day_of(room.now)
    seat = get_object_or_404(board_of(room.neighbourhood, on).select_related("neighbourhood"), pk=pk)
    form = OfficeForm(room.posted, initial={"office": seat.office})
    name = seat.person.display_name
    if room.sent(
        form,
        lambda values: assign_office(seat=seat, **values, **room.by()),
        _("Written down: what %(name)s does on the board.") % {"name": name},
    ):
        return room.go("board_offices")
    ask = Ask(
        title=_("What does %(name)s do on the board?") % {"name": name},
        lead=_("Agree on this with the whole board. An office gives no vote more."),
        button=_("Save"),
        back_url=room.url("board_offices"),
    )
    return room.ask(ask, form, room.crumbs((_("Offices"), room.url("board_offices"))))
