"""The participant lets go of coins that wait: they came, and want nothing for it any more."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.actor import Actor
from marketplace.models import Held, Participation
from marketplace.operations.hours.holding import check_state, holding, move, participant_of
from marketplace.states import ParticipationState

# Confirmed, and not paid: what waits for a pot, for a wallet, or for room under a maximum.
CAN_BE_WAIVED: Final = (ParticipationState.CONFIRMED, ParticipationState.BLOCKED_BY_CAP)


def waive(*, participation: Participation, actor: Actor, at: datetime) -> None:
    """This will end hours without coins: they stay confirmed, are never paid, and take no room of any maximum or pot.

    It cannot be undone. The trail of the organiser says nothing of it: why coins waited is the participant's.

    :raises NotAllowed: to who is neither the participant nor their guardian.
    :raises MoveRefused: for what was paid meanwhile, or is not confirmed.
    """
    with holding(participation) as mine:
        participant_of(mine, actor, at)
        check_state(mine, "waive", *CAN_BE_WAIVED)
        move(mine, "waive", actor=actor, at=at, held=Held.NOTHING)
