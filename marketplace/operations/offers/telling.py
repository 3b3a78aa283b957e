"""What a provider is told about an offer. Whoever writes the mails registers; this floor knows no mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from marketplace.models import Offer


class Told(StrEnum):
    """What happened to an offer that its provider did not do."""

    PUBLISHED = "published"
    RETURNED = "returned"
    SUSPENDED = "suspended"
    RELEASED = "released"
    LAST_DAYS = "last_days"
    RAN_OUT = "ran_out"
    PRICE = "price"
    NO_PLACE = "no_place"
    ENDED = "ended"


Teller = Callable[[Offer, Told, datetime], None]
_tellers: list[Teller] = []


def on_told(function: Teller) -> Teller:
    """Have a function called as the last step of the deed, in its transaction: (offer, what, at)."""
    if function not in _tellers:
        _tellers.append(function)
    return function


def tell(offer: Offer, what: Told, *, at: datetime) -> None:
    for function in _tellers:
        function(offer, what, at)
