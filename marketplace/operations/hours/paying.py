"""Minutes that somebody found become a reward, and are paid or wait."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.refusals import Refusal
from marketplace.models import Participation
from marketplace.operations.hours.holding import hold_persons, move
from marketplace.operations.hours.settling import settle_held
from marketplace.permissions import OwnHours
from marketplace.queries.hours import MADE
from marketplace.queries.participations import under_another_number
from marketplace.rewarding import reward_of
from people.models import Party
from people.queries import canonical, is_same_person


class HoursTwice(Refusal):
    """Somebody who was known twice, and is on a list of these hours under both numbers."""

    code = "hours_twice"
    sentence = _("This person was known twice, and their hours at this time were confirmed already.")


def pay_for(participation: Participation, minutes: int, *, by: Party, actor: Actor, at: datetime) -> None:
    """Confirm so many minutes, found by this person, and pay them or say why not. The row is locked.

    :raises OwnHours: to the participant, under whichever number.
    :raises HoursTwice: for hours that the participant has confirmed under another number.
    """
    hold_persons([participation])
    if is_same_person(by, participation.person):
        raise OwnHours
    if under_another_number(participation).filter(state__in=MADE).exists():
        raise HoursTwice
    reward = max(
        reward_of(participation.value, participation.unit, minutes), 1
    )  # five minutes are never for nothing
    move(
        participation, "confirm", actor=actor, at=at, confirmed=minutes, confirmed_at=at, confirmed_by=canonical(by),
        reward=reward,
    )  # fmt: skip
    settle_held(participation, actor=actor, at=at)
