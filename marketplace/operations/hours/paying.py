"""Minutes that somebody found become a reward, and are paid or wait."""

from __future__ import annotations

from datetime import datetime

from core.actor import Actor
from marketplace.models import Participation
from marketplace.operations.hours.holding import hold_persons, move
from marketplace.operations.hours.settling import settle_held
from marketplace.permissions import OwnHours
from marketplace.rewarding import reward_of
from people.models import Party
from people.queries import canonical, is_same_person


def pay_for(participation: Participation, minutes: int, *, by: Party, actor: Actor, at: datetime) -> None:
    """Confirm so many minutes, found by this person, and pay them or say why not. The row is locked."""
    hold_persons([participation])
    if is_same_person(by, participation.person):
        raise OwnHours
    reward = max(
        reward_of(participation.value, participation.unit, minutes), 1
    )  # five minutes are never for nothing
    move(
        participation, "confirm", actor=actor, at=at, confirmed=minutes, confirmed_at=at, confirmed_by=canonical(by),
        reward=reward,
    )  # fmt: skip
    settle_held(participation, actor=actor, at=at)
