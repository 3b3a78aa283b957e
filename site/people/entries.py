"""What the floors above add to somebody's account page and wallet: where they live, what they may still earn.

A function gets the request and answers an entry, or nothing when it has nothing to say to this person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A part of the page of somebody's own wallet: a template that is put in under a title, and what it reads."""

    name: str  # in the page: its anchor
    title: str
    template: str
    context: dict[str, Any]
    url: str = ""
    action: str = ""


PanelMaker = Callable[[HttpRequest, Any], Panel | None]

_panel_makers: list[PanelMaker] = []


def in_wallet(function: PanelMaker) -> PanelMaker:
    """Have a function add a part to the page of a wallet. It gets the request and the account, which is the person's
    own, and answers nothing when it has nothing to say about it."""
    if function not in _panel_makers:
        _panel_makers.append(function)
    return function


def panels_for(request: HttpRequest, account: Any) -> list[Panel]:
    return [panel for make in _panel_makers if (panel := make(request, account)) is not None]
