"""Shifts: planned, changed, called off; the door, messages, weeks to plan again. What others call stands here."""

from __future__ import annotations

import marketplace.operations.activities  # noqa: F401 - first: it plans shifts, and shifts ask what it stands on
from marketplace.operations.shifts.planning import change_shift, in_words, plan_shifts
from marketplace.operations.shifts.running import cancel_shift, message_shift, new_door
from marketplace.operations.shifts.slots import Slot, of_period, of_template, slot_on, weekly
from marketplace.operations.shifts.telling import on_message
from marketplace.operations.shifts.templates import TemplateLine, remove_template, save_template

__all__ = [
    "Slot",
    "TemplateLine",
    "cancel_shift",
    "change_shift",
    "in_words",
    "message_shift",
    "new_door",
    "of_period",
    "of_template",
    "on_message",
    "plan_shifts",
    "remove_template",
    "save_template",
    "slot_on",
    "weekly",
]
