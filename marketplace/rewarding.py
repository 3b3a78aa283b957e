"""What confirmed hours earn: the one place that turns a value and minutes into a reward."""

from __future__ import annotations

from fractions import Fraction

from core.amounts import round_share
from neighbourhoods.models.valued import Unit


def reward_of(value: int, unit: str, minutes: int) -> int:
    """What somebody earns who was there for so many minutes, in minor units: of an item by the hour its share, of one
    by the turn or the piece its value."""
    return round_share(value, Fraction(minutes, 60)) if unit == Unit.HOUR else value
