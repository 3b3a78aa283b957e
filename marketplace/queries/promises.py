"""What somebody signed up for and was not paid for yet: it takes room under legal maximums before it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from core.clock import day_of
from marketplace.models import Participation
from marketplace.queries.participations import PROMISED
from marketplace.rewarding import reward_of
from marketplace.states import ParticipationState
from people.models import Party
from people.queries import numbers_of

if TYPE_CHECKING:
    from ledger.models import Coin


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A reward (minor units) that somebody expects: on which day at the earliest, or whenever there is room."""

    pk: int
    reward: int
    when: date | None

    def falls_in(self, year: int, month: int | None = None) -> bool:
        if self.when is None:
            return True
        return self.when.year == year and month in {None, self.when.month}


def promised_to(person: Party, coin: Coin, label: str, today: date) -> list[Promise]:
    """What somebody signed up for and was not paid for yet, under one label and in coins of one national currency.

    What waits for room takes whatever room there is, in whichever month is asked about: it goes before.
    """
    currency = coin.pegged_to_id or coin.pk
    coins = Q(shift__activity__neighbourhood__coin=currency) | Q(
        shift__activity__neighbourhood__coin__pegged_to=currency
    )
    promised = Participation.objects.filter(
        coins, person__in=numbers_of(person).order_by(), label=label, state__in=PROMISED
    )
    return [_promise(one, today) for one in promised.select_related("shift")]


def _promise(participation: Participation, today: date) -> Promise:
    reward = participation.reward
    if reward is None:
        minutes = participation.minutes or participation.shift.minutes
        reward = reward_of(participation.value, participation.unit, minutes)
    if participation.state == ParticipationState.BLOCKED_BY_CAP:
        return Promise(pk=participation.pk, reward=reward, when=None)
    return Promise(pk=participation.pk, reward=reward, when=max(today, day_of(participation.shift.ends_at)))
