"""Who wants to hear of messages about a shift: the mails are written a floor up, and listen here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from marketplace.models import ShiftMessage

Listener = Callable[[ShiftMessage, datetime], None]
_listeners: list[Listener] = []


def on_message(function: Listener) -> Listener:
    """Have a function called with each message, in its transaction."""
    if function not in _listeners:
        _listeners.append(function)
    return function


def tell(message: ShiftMessage, *, at: datetime) -> None:
    for listener in _listeners:
        listener(message, at)
