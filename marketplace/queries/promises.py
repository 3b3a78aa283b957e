"""What somebody signed up for and was not paid for yet: it takes room under legal maximums before it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from core.clock import day_of
from ledger.kinds import Label
from marketplace.models import Participation
from marketplace.queries.participations import PROMISED
from marketplace.rewarding import reward_of
from marketplace.states import ParticipationState
from people.models import Party
from people.queries import numbers_of

if TYPE_CHECKING:
    from ledger.models import Coin


# Of these the law gives a maximum in each year, of both together: what nobody confirmed is not paid. Costs with a
# receipt and wages have none of their own, but a municipality may set one.
CAPPED: Final = frozenset({Label.VOLUNTEER_ALLOWANCE, Label.BENEFIT_IN_KIND})


def counted_with(label: str) -> frozenset[str]:
    """The labels that make one sum with this one, itself among them."""
    return CAPPED if label in CAPPED else frozenset({label})


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A reward (minor units) that somebody expects: on which day at the earliest, or whenever there is room."""

    pk: int
    reward: int
    minutes: int
    when: date | None

    @property
    def waits(self) -> bool:
        """Whether it is earned and waits for room."""
        return self.when is None

    def falls_in(self, year: int, month: int | None = None) -> bool:
        if self.when is None:
            return True
        return self.when.year == year and month in {None, self.when.month}


def promised_to(person: Party, coin: Coin, label: str, today: date) -> list[Promise]:
    """What somebody signed up for and was not paid for yet, in coins of one national currency, under one label
    and those that count with it.

    What waits for room takes whatever room there is, in whichever month is asked about: it goes before, the first that
    was confirmed before the others, as the clock pays it.
    """
    currency = coin.pegged_to_id or coin.pk
    coins = Q(shift__activity__neighbourhood__coin=currency) | Q(
        shift__activity__neighbourhood__coin__pegged_to=currency
    )
    promised = Participation.objects.filter(
        coins, person__in=numbers_of(person).order_by(), label__in=counted_with(label), state__in=PROMISED
    )
    in_turn = promised.select_related("shift").order_by("confirmed_at", "pk")
    return [_promise(one, today) for one in in_turn]


def _promise(participation: Participation, today: date) -> Promise:
    minutes = participation.confirmed or participation.minutes or participation.shift.minutes
    reward = participation.reward
    if reward is None:
        reward = reward_of(participation.value, participation.unit, minutes)
    if participation.state == ParticipationState.BLOCKED_BY_CAP:
        return Promise(pk=participation.pk, reward=reward, minutes=minutes, when=None)
    when = max(today, day_of(participation.shift.ends_at))
    return Promise(pk=participation.pk, reward=reward, minutes=minutes, when=when)
