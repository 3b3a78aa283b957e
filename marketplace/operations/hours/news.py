"""Who wants to hear of what happens to hours: the mails are written a floor up, and listen here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.actor import Actor
from marketplace.models import Participation, Shift

Thing = Participation | Shift
Listener = Callable[[str, Thing, Actor, datetime], None]

_listeners: list[Listener] = []


def on_hours(function: Listener) -> Listener:
    """Have a function told of each event, as the last step of the deed and in its transaction.

    The events are named as in the audit trail (`participation.pay`, `shift.escalate`). Besides: `participation.answer`
    for words in a disagreement, `participation.rule` for a ruling, `participation.unruled` for one that is late,
    `shift.hours_wait` for the reminder, and `pot.dry` with the first participation that a pot could not pay.
    """
    if function not in _listeners:
        _listeners.append(function)
    return function


def tell(event: str, thing: Thing, *, actor: Actor, at: datetime) -> None:
    """This will tell everybody who listens."""
    for listener in _listeners:
        listener(event, thing, actor, at)
