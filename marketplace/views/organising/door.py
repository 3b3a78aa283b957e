"""The door of a shift: its QR and number, on a screen and on paper."""

from __future__ import annotations

from django.http import HttpResponse

from marketplace.models import Shift
from marketplace.views.organising.base import Desk, at_shift


@at_shift
def shift_door(desk: Desk, shift: Shift) -> HttpResponse:
    """The code that checks in, on a screen at the door."""
    return desk.show("desk", desk.way())


@at_shift
def shift_door_new(desk: Desk, shift: Shift) -> HttpResponse:
    """Another number, and another key."""
    return desk.show("desk", desk.way())


@at_shift
def shift_paper(desk: Desk, shift: Shift) -> HttpResponse:
    """The list on paper."""
    return desk.show("desk", desk.way())
