"""What an organiser is told about an activity. Whoever writes the mails registers; this floor knows no mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from marketplace.models import Activity


class Told(StrEnum):
    """What happened to an activity that its organiser did not do."""

    PUBLISHED = "published"
    RETURNED = "returned"
    SUSPENDED = "suspended"
    RELEASED = "released"
    MONEY = "money"
    NO_PLACE = "no_place"


Teller = Callable[[Activity, Told, datetime], None]
_tellers: list[Teller] = []


def on_told(function: Teller) -> Teller:
    """Have a function called as the last step of the deed, in its transaction: (activity, what, at)."""
    if function not in _tellers:
        _tellers.append(function)
    return function


def tell(activity: Activity, what: Told, *, at: datetime) -> None:
    for function in _tellers:
        function(activity, what, at)
