"""From when there is room again for coins that wait for a legal maximum."""

from __future__ import annotations

from datetime import date
from sys import maxsize
from typing import Final

from marketplace.models import Participation
from marketplace.queries.promises import Promise, promised_to
from marketplace.queries.rewards import Room

MONTHS: Final = 120  # nobody waits longer than that


def room_from(participation: Participation, room: Room) -> date | None:
    """The first day of the month in which these coins will fit, by the amounts of now; None when they never will.

    What was confirmed before them, and waits as well, goes before, as the clock pays it.
    """
    coin = participation.shift.activity.neighbourhood.coin
    promised = promised_to(participation.person, coin, participation.label, room.on)
    queue = [one for one in promised if one.waits and not room.never_takes(one.reward, one.minutes)]
    year_left = _or_all(room.year.maximum) - room.year.received
    first = room.on
    for _month in range(MONTHS):
        first = _next_month(first)
        if first.month == 1:
            year_left = _or_all(room.year.maximum)
        paid = _paid_in(queue, _or_all(room.month.maximum), year_left)
        if any(one.pk == participation.pk for one in paid):
            return first
        year_left -= sum(one.reward for one in paid)
        queue = [one for one in queue if one not in paid]
    return None


def _paid_in(queue: list[Promise], month_left: int, year_left: int) -> list[Promise]:
    """What is paid of it in one month: each that fits, in turn."""
    left, paid = min(month_left, year_left), []
    for one in queue:
        if one.reward <= left:
            paid.append(one)
            left -= one.reward
    return paid


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _or_all(maximum: int | None) -> int:
    return maxsize if maximum is None else maximum
