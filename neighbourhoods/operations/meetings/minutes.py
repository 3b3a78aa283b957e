"""Minutes: a draft of the board's own, then published for everybody, then approved at a later meeting."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Meeting, Minutes
from neighbourhoods.operations.meetings.doors import leader_of, locked, member_of
from neighbourhoods.queries.meetings import could_approve
from neighbourhoods.states import MINUTES, MeetingState, MinutesState


class NotHeld(Refusal):
    """There are minutes of what took place."""

    code = "meeting_not_held"
    sentence = _("Write down first who was there. After that you can write the minutes.")


class MinutesFixed(Refusal):
    """What was published stays as everybody read it."""

    code = "minutes_fixed"
    sentence = _(
        "These minutes were published and stay as they are. Put what is wrong on the agenda of the next meeting."
    )


class ChangedMeanwhile(Refusal):
    """Another member saved the draft after this one opened it."""

    code = "minutes_changed_meanwhile"
    sentence = _(
        "Somebody else changed the minutes in the meantime. Copy what you wrote, open the page again and add it there."
    )


class EmptyMinutes(Refusal):
    """Nothing was written yet."""

    code = "empty_minutes"
    sentence = _("There are no minutes yet. Write them first.")


class NotALaterMeeting(Refusal):
    """Minutes are approved by who can say what was said: at a meeting after it."""

    code = "not_a_later_meeting"
    sentence = _("Choose a meeting that was held after this one.")
    field = "meeting"


def fingerprint(text: str) -> str:
    """What a form carries along, to know whether the draft is still the one that it was opened with."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_minutes(
    *, meeting: Meeting, text: str, others_present: int, based_on: str, actor: Actor, at: datetime
) -> Minutes:
    """Keep a draft. `based_on` is the fingerprint of the draft that the writer began with; of "" at first.

    :raises BoardOnly: to whoever is not on the board.
    :raises NotHeld: before it is written down who was there.
    :raises MinutesFixed: once they were published.
    :raises ChangedMeanwhile: when another member saved in between; nothing of theirs is lost.
    """
    member_of(actor, meeting.neighbourhood, at)
    with transaction.atomic():
        found = locked(meeting)
        if found.state != MeetingState.HELD:
            raise NotHeld
        minutes = Minutes.objects.filter(meeting=found).first() or Minutes(meeting=found, text="")
        if minutes.state != MinutesState.DRAFT:
            raise MinutesFixed
        if text == minutes.text and others_present == minutes.others_present and minutes.pk:
            return minutes
        if based_on != fingerprint(minutes.text):
            raise ChangedMeanwhile
        minutes.text, minutes.others_present = text, others_present
        minutes.save()
        record("minutes.write", subject=minutes, actor=actor, at=at)
    return minutes


def publish_minutes(*, minutes: Minutes, actor: Actor, at: datetime) -> None:
    """Let everybody read the minutes. They say themselves that they are not approved yet.

    :raises BoardOnly, LeadersOnly: to whoever may not.
    :raises EmptyMinutes: without a word in them.
    :raises MoveRefused: when they were published already.
    """
    leader_of(actor, minutes.meeting.neighbourhood, at)
    transition(minutes, "publish", actor=actor, at=at, along={"published_at": at})


def approve_minutes(*, minutes: Minutes, meeting: Meeting, actor: Actor, at: datetime) -> None:
    """Write down that a later meeting approved the minutes.

    :raises BoardOnly, LeadersOnly: to whoever may not.
    :raises NotALaterMeeting: when that one is not of this neighbourhood, not held, or not after it.
    :raises MoveRefused: when they are not published, or approved already.
    """
    leader_of(actor, minutes.meeting.neighbourhood, at)
    with transaction.atomic():
        if not could_approve(minutes.meeting).filter(pk=meeting.pk).exists():
            raise NotALaterMeeting
        transition(minutes, "approve", actor=actor, at=at, along={"approved_in": meeting})


@MINUTES.guard("publish")
def has_words(minutes: Minutes, actor: Actor) -> None:
    if not minutes.text.strip():
        raise EmptyMinutes
