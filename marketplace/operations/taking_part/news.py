"""Who wants to hear of what happens to people who take part: the mails are written a floor up, and listen here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.actor import Actor
from marketplace.models import ConductCertificate, Participation

Thing = Participation | ConductCertificate
Listener = Callable[[str, Thing, Actor, datetime], None]

_listeners: list[Listener] = []


def on_news(function: Listener) -> Listener:
    """Have a function told of each event, as the last step of the deed and in its transaction.

    The events are named as in the audit trail (`participation.call_off`), besides `participation.place` who had waited
    hears `participation.promote`, and who was put on the list by its organiser `participation.come_in`.
    """
    if function not in _listeners:
        _listeners.append(function)
    return function


def tell(event: str, thing: Thing, *, actor: Actor, at: datetime) -> None:
    """This will tell everybody who listens."""
    for listener in _listeners:
        listener(event, thing, actor, at)
