"""The agenda of a meeting, point by point."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from neighbourhoods.forms.boardroom import AgendaForm
from neighbourhoods.models import AgendaItem
from neighbourhoods.operations import meetings as operations
from neighbourhoods.queries.meetings import agenda_of
from neighbourhoods.views.boardroom.base import Ask, Room, in_boardroom
from neighbourhoods.views.boardroom.meetings import back_to


@in_boardroom
def add(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """A new point, at the end."""
    found = room.meeting(ref)
    form = AgendaForm(room.posted)
    if room.sent(form, lambda values: operations.add_item(meeting=found, **values, **room.by())):
        return room.go("meeting", ref)
    ask = Ask(
        title=_("A point for the agenda"),
        lead=_("Do you want the board to decide something? Then make a proposal of it instead."),
        button=_("Put it on the agenda"),
        back_url=room.url("meeting", ref),
    )
    return room.ask(ask, form, back_to(room, found))


@in_boardroom
def change(request: HttpRequest, room: Room, ref: UUID, pk: int) -> HttpResponse:
    """Other words for a point."""
    item = _item(room, ref, pk)
    form = AgendaForm(room.posted, initial={"title": item.title, "text": item.text})
    if room.sent(form, lambda values: operations.change_item(item=item, **values, **room.by())):
        return room.go("meeting", ref)
    ask = Ask(title=_("Change this point"), button=_("Save"), back_url=room.url("meeting", ref))
    return room.ask(ask, form, back_to(room, item.meeting))


@require_POST
@in_boardroom
def move(request: HttpRequest, room: Room, ref: UUID, pk: int, way: str) -> HttpResponse:
    """One up, or one down."""
    item = _item(room, ref, pk)
    room.do(lambda: operations.move_item(item=item, is_up=way == "up", **room.by()))
    return room.go("meeting", ref)


@require_POST
@in_boardroom
def remove(request: HttpRequest, room: Room, ref: UUID, pk: int) -> HttpResponse:
    """Off the agenda. It can be written again: nobody is asked whether they are sure."""
    item = _item(room, ref, pk)
    done = _("“%(title)s” is off the agenda.") % {"title": item.title}
    room.do(lambda: operations.remove_item(item=item, **room.by()), done)
    return room.go("meeting", ref)


def _item(room: Room, ref: UUID, pk: int) -> AgendaItem:
    """:raises Http404: when it stands on another agenda, or on none."""
    return get_object_or_404(agenda_of(room.meeting(ref)).select_related("meeting__neighbourhood"), pk=pk)
