"""Who comes to a shift, and confirming the hours of all of them at once."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from marketplace.models import Shift
from marketplace.views.organising.base import Desk, at_shift


@at_shift
def shift_people(desk: Desk, shift: Shift) -> HttpResponse:
    """Who comes, or came."""
    return desk.show("desk", desk.way())


@require_POST
@at_shift
def shift_confirm(desk: Desk, shift: Shift) -> HttpResponse:
    """Confirm the whole group, with exceptions."""
    return desk.show("desk", desk.way())


@at_shift
def shift_add(desk: Desk, shift: Shift) -> HttpResponse:
    """Somebody who came without signing up."""
    return desk.show("desk", desk.way())


@at_shift
def shift_message(desk: Desk, shift: Shift) -> HttpResponse:
    """A message to everybody who comes."""
    return desk.show("desk", desk.way())
