"""Who acts for a board: any member prepares; the chair or the secretary does what binds the others."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.models import Meeting, Neighbourhood
from neighbourhoods.permissions import acting_person, sits_on_board
from neighbourhoods.queries.meetings import leads_board
from neighbourhoods.states import MeetingState
from people.models import Party


class BoardOnly(Refusal):
    """Whoever acts has no seat on this board, or none any more."""

    code = "board_only"
    sentence = _("Only who is on the board today can do this.")


class LeadersOnly(Refusal):
    """There is a chair or a secretary, and this is somebody else."""

    code = "leaders_only"
    sentence = _("Ask the chair or the secretary to do this.")


class AgendaFixed(Refusal):
    """The invitation has gone out: nobody who comes is surprised by another agenda."""

    code = "agenda_fixed"
    sentence = _("The invitation has gone out. The agenda stays as it is.")


def member_of(actor: Actor, neighbourhood: Neighbourhood, at: datetime) -> Party:
    """The board member who acts.

    :raises BoardOnly: to everybody else, the system too: it decides nothing.
    """
    person = acting_person(actor)
    if person is None or not sits_on_board(actor, neighbourhood, day_of(at)):
        raise BoardOnly
    return person


def leader_of(actor: Actor, neighbourhood: Neighbourhood, at: datetime) -> Party:
    """The chair or the secretary who acts; any member while the board has neither.

    :raises BoardOnly: to whoever is not on the board.
    :raises LeadersOnly: to the other members.
    """
    person = member_of(actor, neighbourhood, at)
    if not leads_board(person, neighbourhood, day_of(at)):
        raise LeadersOnly
    return person


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, and nobody else's until this transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=meeting.pk)


def locked_in_preparation(meeting: Meeting) -> Meeting:
    """:raises AgendaFixed: once the invitation has gone out, or the meeting was called off."""
    found = locked(meeting)
    if found.state != MeetingState.PLANNED:
        raise AgendaFixed
    return found
