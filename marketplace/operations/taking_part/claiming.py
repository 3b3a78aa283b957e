"""Telling how long one was there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from marketplace.models import Participation
from marketplace.operations.taking_part.arriving import check_papers
from marketplace.operations.taking_part.rows import lock_participation, move, participant_or_guardian
from marketplace.rewarding import is_in_steps
from marketplace.states import ParticipationState

CLAIM_WITHIN: Final = timedelta(days=14)  # of the end; after it the organiser's list sets the hours


class TooEarlyToClaim(Refusal):
    """Nobody knows yet how long they stay."""

    code = "too_early_to_claim"
    sentence = _("You can tell your hours from %(when)s.")


class TooLateToClaim(Refusal):
    """Nobody remembers any more."""

    code = "too_late_to_claim"
    sentence = _("Hours can be told until two weeks after the shift. Ask the organiser to put in yours.")


class TooManyHours(Refusal):
    """Longer than the shift lasted, or not at all."""

    code = "too_many_hours"
    sentence = _("Tell at least 5 minutes, and no more than the %(most)s minutes of this shift.")
    field = "minutes"


class OddMinutes(Refusal):
    """Nobody looks at a clock that closely."""

    code = "odd_minutes"
    sentence = _("Tell your time in steps of 5 minutes, or all of the shift.")
    field = "minutes"


def claim(*, participation: Participation, minutes: int, actor: Actor, at: datetime) -> None:
    """This will tell how many minutes somebody was there. Who scanned nothing can do so too: a human confirms it.

    :raises NotAllowed: to who is neither the participant nor a guardian.
    :raises TooEarlyToClaim, TooLateToClaim, MoveRefused: not now.
    :raises TooManyHours, OddMinutes: of the minutes.
    :raises CertificateMissing, ConsentTakenBack: for who could not have checked in.
    """
    participant_or_guardian(actor, participation.person, at)
    with transaction.atomic():
        lock_participation(participation)
        check_minutes(participation, minutes)
        _check_moment(participation, at)
        if participation.state == ParticipationState.SIGNED_UP:
            check_papers(participation, at)
        move(participation, "claim", actor=actor, at=at, minutes=minutes, claimed_at=at)


def check_minutes(participation: Participation, minutes: int) -> None:
    """:raises TooManyHours, OddMinutes: unless somebody can have been there for so long."""
    most = participation.shift.minutes
    if not 0 < minutes <= most:
        raise TooManyHours(most=most)
    if not is_in_steps(minutes, most):
        raise OddMinutes


def claims_from(participation: Participation) -> datetime:
    """From when hours can be told: the end, and for who checked in half of the shift."""
    shift = participation.shift
    if participation.state == ParticipationState.CHECKED_IN:
        return shift.starts_at + (shift.ends_at - shift.starts_at) / 2
    return shift.ends_at


def _check_moment(participation: Participation, at: datetime) -> None:
    begins = claims_from(participation)
    if at < begins:
        raise TooEarlyToClaim(when=f"{localtime(begins):%H:%M}")
    if at > participation.shift.ends_at + CLAIM_WITHIN:
        raise TooLateToClaim
