"""Inviting to a meeting, calling it off, and writing down who was there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Attendance, Meeting, MeetingKind, Presence
from neighbourhoods.operations.meetings.doors import leader_of, locked
from neighbourhoods.operations.meetings.hooks import tell_called_off, tell_invited
from neighbourhoods.queries.meetings import depends_on, members_at
from neighbourhoods.states import MeetingState
from people.models import Party

# Full days between the invitation and the meeting. Seven for all members is what the usual bylaws of associations ask;
# what cannot wait three days is decided by the board in a written round.
NOTICE_DAYS: Mapping[str, int] = {MeetingKind.BOARD: 3, MeetingKind.GENERAL: 7}


class TooLateToInvite(Refusal):
    """Whoever is invited needs time to come and to prepare."""

    code = "too_late_to_invite"
    sentence = _(
        "An invitation goes out at least %(days)s days beforehand. Choose a later day for the meeting."
    )


class EmptyAgenda(Refusal):
    """Nobody is invited to nothing."""

    code = "empty_agenda"
    sentence = _("There is nothing on the agenda yet. Add a point first.")


class NotBegunYet(Refusal):
    """Who was there is known when it has begun."""

    code = "not_begun_yet"
    sentence = _("The meeting has not begun yet. Write down who is there once it has.")


class WhoWasThere(Refusal):
    """Of every member it is written down whether they were there, and of nobody else."""

    code = "who_was_there"
    sentence = _("Say of every board member whether they were there.")


class MeetingIsNeeded(Refusal):
    """An election ends at this meeting, or a vote is going on in it."""

    code = "meeting_is_needed"
    sentence = _("A vote belongs to this meeting and is still going on. It cannot be called off now.")


def invite(*, meeting: Meeting, actor: Actor, at: datetime) -> None:
    """Send the invitation, with the agenda: to the board, or for a general meeting to all residents. From then on both
    are fixed.

    :raises BoardOnly, LeadersOnly: to whoever may not.
    :raises EmptyAgenda: without anything to talk about.
    :raises TooLateToInvite: when there are fewer days left than people need.
    :raises MoveRefused: when it was sent or called off already.
    """
    leader_of(actor, meeting.neighbourhood, at)
    with transaction.atomic():
        found = locked(meeting)
        if found.state == MeetingState.PLANNED:
            _check_invitation(found, at)
        transition(meeting, "invite", actor=actor, at=at, along={"invited_at": at})
        tell_invited(meeting)


def cancel(*, meeting: Meeting, reason: str, actor: Actor, at: datetime) -> None:
    """Call a meeting off. Whoever was invited hears why.

    :raises BoardOnly, LeadersOnly: to whoever may not.
    :raises MeetingIsNeeded: while a vote that belongs to it goes on.
    :raises MoveRefused: when it was held or called off already.
    """
    leader_of(actor, meeting.neighbourhood, at)
    with transaction.atomic():
        found = locked(meeting)
        if depends_on(found):
            raise MeetingIsNeeded
        transition(meeting, "cancel", actor=actor, at=at, reason=reason)
        if found.state == MeetingState.INVITED:
            tell_called_off(meeting, reason)


def hold(*, meeting: Meeting, presences: Mapping[Party, str], actor: Actor, at: datetime) -> None:
    """Write down that a meeting takes place, and which members of the board are there.

    :raises BoardOnly, LeadersOnly: to whoever may not.
    :raises NotBegunYet: before it begins.
    :raises WhoWasThere: when a member is missing, or somebody was no member.
    :raises MoveRefused: when nobody was invited, or it was written down already.
    """
    leader_of(actor, meeting.neighbourhood, at)
    with transaction.atomic():
        found = locked(meeting)
        if found.starts_at > at:
            raise NotBegunYet
        _check_presences(found, presences)
        transition(meeting, "hold", actor=actor, at=at, about=tuple(presences))
        Attendance.objects.bulk_create(
            Attendance(meeting=found, person_id=person.canonical_id, presence=presence)
            for person, presence in sorted(presences.items(), key=lambda pair: pair[0].pk)
        )


def _check_invitation(meeting: Meeting, at: datetime) -> None:
    if not meeting.agenda.exists() and not meeting.proposals.exists():
        raise EmptyAgenda
    days = NOTICE_DAYS[meeting.kind]
    if (day_of(meeting.starts_at) - day_of(at)).days < days:
        raise TooLateToInvite(days=days)


def _check_presences(meeting: Meeting, presences: Mapping[Party, str]) -> None:
    members = {seat.person.canonical_id for seat in members_at(meeting)}
    told = [person.canonical_id for person in presences]
    if sorted(told) != sorted(members) or not set(presences.values()) <= set(Presence.values):
        raise WhoWasThere
