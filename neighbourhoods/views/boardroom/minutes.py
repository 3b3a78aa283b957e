"""Minutes: written, published, approved."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from neighbourhoods.forms.boardroom import ApproveForm, MinutesForm, known_minutes
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Meeting, Minutes
from neighbourhoods.operations import meetings as operations
from neighbourhoods.queries.meetings import could_approve, minutes_of
from neighbourhoods.views.boardroom.base import Ask, Room, in_boardroom
from neighbourhoods.views.boardroom.meetings import back_to


@in_boardroom
def write(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """The draft, which the board alone sees."""
    found = room.meeting(ref)
    form = MinutesForm(room.posted, initial=known_minutes(minutes_of(found)))
    if room.sent(
        form,
        lambda values: operations.write_minutes(meeting=found, **values, **room.by()),
        _("Kept. Only the board sees this draft."),
    ):
        return room.go("meeting", ref)
    ask = Ask(
        title=_("Minutes of “%(title)s”") % {"title": found.title},
        lead=_("This is a draft. Only the board sees it until it is published."),
        button=_("Keep this draft"),
        back_url=room.url("meeting", ref),
    )
    return room.ask(ask, form, back_to(room, found))


@in_boardroom
def publish(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """For everybody to read."""
    found = room.meeting(ref)
    minutes = _minutes(found)
    form = SureForm(room.posted)
    if room.sent(
        form,
        lambda _values: operations.publish_minutes(minutes=minutes, **room.by()),
        _("Everybody can read the minutes now."),
    ):
        return room.go("meeting", ref)
    ask = Ask(
        title=_("Publish the minutes?"),
        lead=_(
            "Everybody can read them then. They stay as they are, and say that they are not approved yet."
        ),
        button=_("Publish the minutes"),
        back_url=room.url("meeting", ref),
    )
    return room.ask(ask, form, back_to(room, found))


@in_boardroom
def approve(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """A later meeting said that they are right."""
    found = room.meeting(ref)
    minutes = _minutes(found)
    later = could_approve(found)
    form = ApproveForm(room.posted, meetings=later, initial={"meeting": later.first()})
    if room.sent(
        form,
        lambda values: operations.approve_minutes(minutes=minutes, **values, **room.by()),
        _("The minutes are approved."),
    ):
        return room.go("meeting", ref)
    if not later:
        return room.show("approve_later", back_to(room, found), meeting=found)
    ask = Ask(
        title=_("Who approved the minutes?"),
        lead=_("Minutes are approved at a later meeting, by who was there."),
        button=_("Write down that they are approved"),
        back_url=room.url("meeting", ref),
    )
    return room.ask(ask, form, back_to(room, found))


def _minutes(meeting: Meeting) -> Minutes:
    """:raises Http404: when nobody wrote any."""
    minutes = minutes_of(meeting)
    if minutes is None:
        raise Http404
    minutes.meeting = meeting
    return minutes
