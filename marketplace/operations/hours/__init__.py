"""From hours to coins: somebody else confirms them, alone or for a whole shift, and the pot pays in the same
transaction. What the two sides do not agree on goes to the board."""

from __future__ import annotations

from marketplace.operations.hours.confirming import Line, Outcome, confirm, confirm_group
from marketplace.operations.hours.disputes import (
    agree,
    answer,
    contest,
    contest_absence,
    give_in,
    rule,
)
from marketplace.operations.hours.settling import settle
from marketplace.operations.hours.waiving import waive

__all__ = [
    "Line",
    "Outcome",
    "agree",
    "answer",
    "confirm",
    "confirm_group",
    "contest",
    "contest_absence",
    "give_in",
    "rule",
    "settle",
    "waive",
]
