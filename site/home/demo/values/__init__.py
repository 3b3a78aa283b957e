"""What things are worth in the demo, and how that was decided. The words of its people, in Dutch."""

from __future__ import annotations

from home.demo.values.kinds import (
    Comment,
    Confirmation,
    Demand,
    Indicated,
    Item,
    Objection,
    Question,
    Rule,
    Values,
    Votes,
)
from home.demo.values.molenwijk import MOLENWIJK
from home.demo.values.shared import GUIDELINES, VOLUNTEER
from home.demo.values.sluiskade import SLUISKADE
from home.demo.values.zonneveld import ZONNEVELD

__all__ = [
    "GUIDELINES",
    "VALUES",
    "VOLUNTEER",
    "Comment",
    "Confirmation",
    "Demand",
    "Indicated",
    "Item",
    "Objection",
    "Question",
    "Rule",
    "Values",
    "Votes",
]

VALUES = (MOLENWIJK, SLUISKADE, ZONNEVELD)
