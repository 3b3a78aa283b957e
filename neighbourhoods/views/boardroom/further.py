"""What the floors above add to the room of a board: a door to what else it looks after, and what waits behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from neighbourhoods.views.boardroom.base import Room
from neighbourhoods.views.boardroom.words import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A section of the room: what is looked after there, the way to it, and what a member has to do there now."""

    id: str
    title: str
    text: str
    url: str
    action: str
    matters: tuple[Matter, ...] = ()


Maker = Callable[[Room], Door]

_makers: list[Maker] = []


def in_the_room(function: Maker) -> Maker:
    """Have a function add a door to the room of each board."""
    if function not in _makers:
        _makers.append(function)
    return function


def doors_of(room: Room) -> list[Door]:
    return [make(room) for make in _makers]
