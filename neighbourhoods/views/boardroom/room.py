"""The room itself: what a member has to do now, and everything that lies here."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from neighbourhoods.models import Proposal
from neighbourhoods.queries.board_values import number_on_the_table
from neighbourhoods.queries.meetings import (
    coming_meetings,
    interests_of,
    meetings_of,
    to_approve,
    to_write_up,
)
from neighbourhoods.queries.motions import decided, in_voting, to_be_placed, waits_for
from neighbourhoods.queries.places import page_of
from neighbourhoods.views.boardroom.base import Room, in_boardroom
from neighbourhoods.views.boardroom.further import doors_of
from neighbourhoods.views.boardroom.values import matters_of_values
from neighbourhoods.views.boardroom.words import Matter, matters_of, phase_of_meeting, phase_of_motion

DECIDED_HERE = 5
PER_PAGE = 20


@in_boardroom
def boardroom(request: HttpRequest, room: Room) -> HttpResponse:
    """What to do now, which meetings come, what is proposed, what was decided."""
    voting, doors = list(in_voting(room.neighbourhood)), doors_of(room)
    return room.show(
        "room",
        front_of(room),
        matters=[*_matters(room, voting), *(matter for door in doors for matter in door.matters)],
        doors=doors,
        coming=[(one, *phase_of_meeting(one)) for one in coming_meetings(room.neighbourhood)],
        voting=[(one, *phase_of_motion(one)) for one in voting],
        proposed=[(one, *phase_of_motion(one)) for one in to_be_placed(room.neighbourhood)],
        values_waiting=number_on_the_table(room.neighbourhood),
        decided=[(one, *phase_of_motion(one)) for one in decided(room.neighbourhood)[:DECIDED_HERE]],
        interests=interests_of(room.person, room.neighbourhood, clock.day_of(room.now)),
    )


@in_boardroom
def meetings(request: HttpRequest, room: Room) -> HttpResponse:
    """All meetings, also those that nobody else sees."""
    pages = Paginator(meetings_of(room.neighbourhood), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, *phase_of_meeting(one)) for one in pages]
    return room.show("meetings", room.crumbs(), pages=pages, rows=rows)


@in_boardroom
def motions(request: HttpRequest, room: Room) -> HttpResponse:
    """All that the board decided, the latest first."""
    pages = Paginator(decided(room.neighbourhood), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, *phase_of_motion(one)) for one in pages]
    return room.show("motions", room.crumbs(), pages=pages, rows=rows)


def front_of(room: Room) -> list[tuple[str, str]]:
    """From the room the way leads out, to the neighbourhood."""
    front = page_of(room.neighbourhood, get_language() or "")
    return [(room.neighbourhood.name, front.get_url(room.request) or "/")] if front else []


def _matters(room: Room, voting: list[Proposal]) -> list[Matter]:
    waiting = waits_for(voting, room.person)
    mine = [
        Matter(
            title=one.title,
            words=_("Vote on this proposal"),
            url=room.url("motion", one.ref),
            until=one.box.closes_at,
            lang=one.language,
        )
        for one in voting
        if one.pk in waiting and one.box
    ]
    return [
        *mine,
        *matters_of_values(room),
        *matters_of(room, to_write_up(room.neighbourhood, room.now), to_approve(room.neighbourhood)),
    ]
