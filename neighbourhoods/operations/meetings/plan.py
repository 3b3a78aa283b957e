"""Planning a meeting: what it is, when and where. All of it can change until the invitation goes out."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from neighbourhoods.models import Meeting, Neighbourhood
from neighbourhoods.operations.meetings.doors import locked_in_preparation, member_of


class BeginsInThePast(Refusal):
    """A meeting is planned for a moment that is still to come."""

    code = "meeting_in_the_past"
    sentence = _("This moment has passed. Choose a later one.")
    field = "starts_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingValues:
    """What is known of a meeting beforehand. `notice` goes with the invitation."""

    kind: str
    title: str
    starts_at: datetime
    place: str
    notice: str
    language: str


def plan_meeting(
    *, neighbourhood: Neighbourhood, values: MeetingValues, key: uuid.UUID, actor: Actor, at: datetime
) -> Meeting:
    """Plan a meeting of the board, or of all residents. The same form again gives the same meeting.

    :raises BoardOnly: to whoever is not on the board.
    :raises BeginsInThePast: when it would begin before now.
    """
    member_of(actor, neighbourhood, at)
    with transaction.atomic():
        # One plan at a time: a form that is sent twice at once finds its meeting the second time.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        known = Meeting.objects.filter(neighbourhood=neighbourhood, key=key).first()
        if known:
            return known
        _check_moment(values, at)
        made = Meeting.objects.create(neighbourhood=neighbourhood, key=key, **asdict(values))
        record("meeting.plan", subject=made, actor=actor, at=at)
    return made


def change_meeting(*, meeting: Meeting, values: MeetingValues, actor: Actor, at: datetime) -> None:
    """Change what is known of a meeting.

    :raises BoardOnly: to whoever is not on the board.
    :raises AgendaFixed: once the invitation has gone out.
    :raises BeginsInThePast: when it would begin before now.
    """
    member_of(actor, meeting.neighbourhood, at)
    with transaction.atomic():
        found = locked_in_preparation(meeting)
        _check_moment(values, at)
        Meeting.objects.filter(pk=found.pk).update(**asdict(values))
        record("meeting.change", subject=found, actor=actor, at=at)
    meeting.refresh_from_db()


def _check_moment(values: MeetingValues, at: datetime) -> None:
    if values.starts_at <= at:
        raise BeginsInThePast
