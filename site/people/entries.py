"""What the floors above add to somebody's account page: where they live, what they earned.

A function gets the request and answers an entry, or nothing when it has nothing to say to this person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    title: str
    text: str
    url: str
    action: str


Maker = Callable[[HttpRequest], Entry | None]

_makers: list[Maker] = []


def on_account_page(function: Maker) -> Maker:
    """Have a function add an entry to the account page."""
    if function not in _makers:
        _makers.append(function)
    return function


def entries_for(request: HttpRequest) -> list[Entry]:
    return [entry for make in _makers if (entry := make(request)) is not None]
