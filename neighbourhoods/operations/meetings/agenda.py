"""The agenda of a meeting, until the invitation has gone out. Its numbers run from 1 without a gap."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from neighbourhoods.models import AgendaItem, Meeting
from neighbourhoods.operations.meetings.doors import locked_in_preparation, member_of

MOST_ITEMS = 50
ASIDE = 1000  # numbers no agenda reaches: items wait there while others take their place


class AgendaFull(Refusal):
    """No meeting gets through so many points."""

    code = "agenda_full"
    sentence = _("An agenda has %(number)s points at most. Put some of them on another meeting.")


class GoneFromAgenda(Refusal):
    """Somebody else took the point off the agenda a moment ago."""

    code = "gone_from_agenda"
    sentence = _("This point is no longer on the agenda. Look at the agenda again.")


def add_item(*, meeting: Meeting, title: str, text: str, actor: Actor, at: datetime) -> AgendaItem:
    """Put a point at the end of the agenda.

    :raises BoardOnly: to whoever is not on the board.
    :raises AgendaFixed: once the invitation has gone out.
    :raises AgendaFull: when there are as many points as an evening can bear.
    """
    member_of(actor, meeting.neighbourhood, at)
    with transaction.atomic():
        found = locked_in_preparation(meeting)
        last = found.agenda.aggregate(last=Max("position"))["last"] or 0
        if last >= MOST_ITEMS:
            raise AgendaFull(number=MOST_ITEMS)
        item = AgendaItem.objects.create(meeting=found, position=last + 1, title=title, text=text)
        record("meeting.agenda", subject=found, actor=actor, at=at)
    return item


def change_item(*, item: AgendaItem, title: str, text: str, actor: Actor, at: datetime) -> None:
    """Change the words of a point.

    :raises BoardOnly: to whoever is not on the board.
    :raises AgendaFixed: once the invitation has gone out.
    :raises GoneFromAgenda: when it was taken off.
    """
    member_of(actor, item.meeting.neighbourhood, at)
    with transaction.atomic():
        found = locked_in_preparation(item.meeting)
        if not found.agenda.filter(pk=item.pk).update(title=title, text=text):
            raise GoneFromAgenda
        record("meeting.agenda", subject=found, actor=actor, at=at)


def move_item(*, item: AgendaItem, is_up: bool, actor: Actor, at: datetime) -> None:
    """Let a point change places with the one before it, or after it. The first one moves no further up.

    :raises BoardOnly: to whoever is not on the board.
    :raises AgendaFixed: once the invitation has gone out.
    :raises GoneFromAgenda: when it was taken off.
    """
    member_of(actor, item.meeting.neighbourhood, at)
    with transaction.atomic():
        found = locked_in_preparation(item.meeting)
        here = _position(found, item)
        there = here - 1 if is_up else here + 1
        other = found.agenda.filter(position=there)
        if other.update(position=ASIDE):
            found.agenda.filter(pk=item.pk).update(position=there)
            found.agenda.filter(position=ASIDE).update(position=here)
            record("meeting.agenda", subject=found, actor=actor, at=at)


def remove_item(*, item: AgendaItem, actor: Actor, at: datetime) -> None:
    """Take a point off the agenda; those after it move up.

    :raises BoardOnly: to whoever is not on the board.
    :raises AgendaFixed: once the invitation has gone out.
    :raises GoneFromAgenda: when it was taken off already.
    """
    member_of(actor, item.meeting.neighbourhood, at)
    with transaction.atomic():
        found = locked_in_preparation(item.meeting)
        here = _position(found, item)
        found.agenda.filter(pk=item.pk).delete()
        # Twice: a number may not occur twice even for a moment, in whichever order the database writes.
        found.agenda.filter(position__gt=here).update(position=F("position") + ASIDE)
        found.agenda.filter(position__gt=ASIDE).update(position=F("position") - ASIDE - 1)
        record("meeting.agenda", subject=found, actor=actor, at=at)


def _position(meeting: Meeting, item: AgendaItem) -> int:
    """Read anew: somebody may have moved it since."""
    position = meeting.agenda.filter(pk=item.pk).values_list("position", flat=True).first()
    if position is None:
        raise GoneFromAgenda
    return position
