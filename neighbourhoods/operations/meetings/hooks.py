"""What is done when people are invited to a meeting, when it is called off, and when a written round begins.

Others register what; this floor does not know them. A function runs inside the transaction of the deed, as its last
step: a mail is put in line with it or not at all.
"""

from __future__ import annotations

from collections.abc import Callable

from neighbourhoods.models import Meeting, Proposal

Invited = Callable[[Meeting], None]
CalledOff = Callable[[Meeting, str], None]
Round = Callable[[Proposal], None]

_invited: list[Invited] = []
_called_off: list[CalledOff] = []
_round: list[Round] = []


def on_invited(function: Invited) -> Invited:
    """Have a function told that the invitation goes out."""
    if function not in _invited:
        _invited.append(function)
    return function


def on_called_off(function: CalledOff) -> CalledOff:
    """Have a function told that a meeting to which people were invited does not take place: (meeting, reason)."""
    if function not in _called_off:
        _called_off.append(function)
    return function


def on_round(function: Round) -> Round:
    """Have a function told that the board is asked to decide something in writing."""
    if function not in _round:
        _round.append(function)
    return function


def tell_invited(meeting: Meeting) -> None:
    for function in _invited:
        function(meeting)


def tell_called_off(meeting: Meeting, reason: str) -> None:
    for function in _called_off:
        function(meeting, reason)


def tell_round(proposal: Proposal) -> None:
    for function in _round:
        function(proposal)
