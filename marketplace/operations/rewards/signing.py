"""A signature for more than a legal maximum, where the municipality pays it then."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from marketplace.models import OverCap, Participation
from marketplace.operations.hours.holding import check_state, hold_persons, holding, participant_of
from marketplace.operations.hours.settling import settle_held
from marketplace.queries.rewards import judge
from marketplace.states import ParticipationState


class NotToBeSigned(Refusal):
    """The municipality has the payment wait for room: a signature changes nothing."""

    code = "reward_not_to_be_signed"
    sentence = _(
        "Your municipality does not pay this above the maximum. It is paid when there is room again."
    )


def sign_above(*, participation: Participation, actor: Actor, at: datetime) -> bool:
    """The participant, or the guardian of a child, signs that they know of the maximum; then it is paid.

    Says whether it is paid now: the pot may be empty. Where there is room by now it is paid without a signature.

    :raises NotAllowed: to everybody else.
    :raises MoveRefused: when no maximum stands in the way of it, or it was paid meanwhile.
    :raises NotToBeSigned: where the municipality does not take a signature, or not for the maximum that stops this.
    """
    with holding(participation) as mine:
        participant_of(mine, actor, at)
        check_state(mine, "sign", ParticipationState.BLOCKED_BY_CAP)
        hold_persons([mine])
        verdict = judge(mine, mine.reward or 0, day_of(at))
        if verdict.effect == OverCap.BLOCK:
            raise NotToBeSigned
        if verdict.stops:
            mine.signed_above_at = at
            Participation.objects.filter(pk=mine.pk).update(signed_above_at=at)
            # Not about the organiser: that somebody is at a maximum is theirs to know.
            record("participation.sign", subject=mine, actor=actor, at=at, about=(mine.person,))
        return settle_held(mine, actor=actor, at=at)
