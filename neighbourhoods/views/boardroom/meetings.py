"""A meeting: its page for everybody, and what members do with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.form_keys import derive_key
from neighbourhoods.forms.boardroom import AttendanceForm, CallOffForm, MeetingForm, known_meeting
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Meeting, Proposal
from neighbourhoods.operations import meetings as operations
from neighbourhoods.queries.meetings import agenda_of, attendance_of, could_approve, members_at, minutes_of
from neighbourhoods.queries.motions import motions_at, votes_in
from neighbourhoods.queries.results import sheet_of
from neighbourhoods.states import BoxState, MeetingState, MinutesState
from neighbourhoods.views.boardroom.base import Ask, Room, at_window, in_boardroom
from neighbourhoods.views.boardroom.words import (
    figures_of,
    phase_of_meeting,
    phase_of_minutes,
    phase_of_motion,
    vote_lines,
)


@at_window
def meeting(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """When and where, what is on the agenda, who was there, what was decided and by whom, the minutes."""
    found = room.meeting(ref)
    minutes = minutes_of(found)
    if minutes is not None and minutes.state == MinutesState.DRAFT and room.member is None:
        minutes = None
    return room.show(
        "meeting",
        room.crumbs(),
        meeting=found,
        phase=phase_of_meeting(found),
        agenda=agenda_of(found),
        motions=_decisions(list(motions_at(found))),
        attendance=attendance_of(found),
        minutes=minutes,
        minutes_phase=phase_of_minutes(minutes.state) if minutes else None,
        has_begun=found.starts_at <= room.now,
        can=_can(room, found),
    )


@in_boardroom
def plan(request: HttpRequest, room: Room) -> HttpResponse:
    """A new meeting."""
    form = MeetingForm(room.posted)
    made: list[Meeting] = []

    def deed(values: dict[str, Any]) -> None:
        key = derive_key(scope="boardroom.plan", owner=room.person.canonical_id, form_id=values["key"])
        told = form.values(get_language() or settings.LANGUAGE_CODE)
        made.append(
            operations.plan_meeting(neighbourhood=room.neighbourhood, values=told, key=key, **room.by())
        )

    if room.sent(form, deed):
        return room.go("meeting", made[0].ref)
    ask = Ask(
        title=_("Plan a meeting"),
        lead=_(
            "After this you make the agenda. Nobody outside the board sees it before the invitation goes out."
        ),
        button=_("Plan this meeting"),
        back_url=room.url("boardroom"),
    )
    return room.ask(ask, form, room.crumbs())


@in_boardroom
def change(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Another day, another place."""
    found = room.meeting(ref)
    form = MeetingForm(room.posted, initial=known_meeting(found))

    def deed(values: dict[str, Any]) -> None:
        operations.change_meeting(meeting=found, values=form.values(found.language), **room.by())

    if room.sent(form, deed):
        return room.go("meeting", ref)
    ask = Ask(
        title=_("Change the meeting"),
        button=_("Save"),
        back_url=room.url("meeting", ref),
    )
    return room.ask(ask, form, back_to(room, found))


@in_boardroom
def invite(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Send the invitation, after it was said what that does."""
    found = room.meeting(ref)
    form = SureForm(room.posted)
    if room.sent(
        form,
        lambda _values: operations.invite(meeting=found, **room.by()),
        _("The invitation has gone out."),
    ):
        return room.go("meeting", ref)
    to_all = _("All residents with an e-mail address get the agenda by mail.")
    to_board = _("All board members get the agenda by mail.")
    ask = Ask(
        title=_("Send the invitation?"),
        lead=to_all if found.kind == "GENERAL" else to_board,
        note=_("From then on everybody can see the agenda, and it stays as it is."),
        button=_("Send the invitation"),
        back_url=room.url("meeting", ref),
    )
    return room.ask(ask, form, back_to(room, found))


@in_boardroom
def cancel(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Call it off, with a reason."""
    found = room.meeting(ref)
    form = CallOffForm(room.posted)
    if room.sent(
        form,
        lambda values: operations.cancel(meeting=found, reason=values["reason"], **room.by()),
        _("The meeting is called off."),
    ):
        return room.go("meeting", ref)
    invited = _("Everybody who was invited gets a mail with your reason.")
    ask = Ask(
        title=_("Call this meeting off?"),
        lead=invited if found.state == MeetingState.INVITED else _("Nobody was invited yet."),
        button=_("Call it off"),
        back_url=room.url("meeting", ref),
        back=_("Let it take place"),
    )
    return room.ask(ask, form, back_to(room, found))


@in_boardroom
def hold(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Who of the board is there."""
    found = room.meeting(ref)
    form = AttendanceForm(room.posted, members=members_at(found))
    if room.sent(
        form,
        lambda _values: operations.hold(meeting=found, presences=form.presences(), **room.by()),
        _("Written down. Now somebody can write the minutes."),
    ):
        return room.go("meeting", ref)
    ask = Ask(
        title=_("Who of the board is there?"),
        lead=_("This stands on the page of the meeting, for everybody."),
        button=_("Write this down"),
        back_url=room.url("meeting", ref),
    )
    return room.ask(ask, form, back_to(room, found))


def back_to(room: Room, meeting: Meeting) -> list[tuple[str, str]]:
    return room.crumbs((meeting.title, room.url("meeting", meeting.ref)))


def _decisions(motions: list[Proposal]) -> list[dict[str, Any]]:
    """What stands on the agenda to be decided, with how each member voted once that is over."""
    votes = votes_in([one.box for one in motions if one.box])
    return [
        {
            "motion": one,
            "phase": phase_of_motion(one),
            "figures": figures_of(sheet_of(one.box)) if one.box and one.box.state == BoxState.COUNTED else "",
            "votes": vote_lines(votes.get(one.box_id or 0, [])),
        }
        for one in motions
    ]


def _can(room: Room, meeting: Meeting) -> set[str]:
    """What the member who looks can do with this meeting now: the buttons of its page."""
    if room.member is None:
        return set()
    minutes = minutes_of(meeting)
    found = set()
    if meeting.state == MeetingState.PLANNED:
        found |= {"prepare"} | ({"invite", "cancel"} if room.leads else set())
    if meeting.state == MeetingState.INVITED and room.leads:
        found |= {"hold"} if meeting.starts_at <= room.now else {"cancel"}
    if meeting.state == MeetingState.HELD and (minutes is None or minutes.state == MinutesState.DRAFT):
        found |= {"write"} | ({"publish"} if minutes and room.leads else set())
    if minutes is not None and minutes.state == MinutesState.PUBLISHED and room.leads:
        found |= {"approve"} if could_approve(meeting).exists() else set()
    return found
