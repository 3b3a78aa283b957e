"""What confirmed hours earn: the one place that turns a value and minutes into a reward."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from core.amounts import round_share
from neighbourhoods.models.valued import Unit

STEP: Final = 5  # minutes: finer than that nobody remembers


def reward_of(value: int, unit: str, minutes: int) -> int:
    """What somebody earns who was there for so many minutes, in minor units: of an item by the hour its share, of one
    by the turn or the piece its value."""
    return round_share(value, Fraction(minutes, 60)) if unit == Unit.HOUR else value


def is_in_steps(minutes: int, most: int) -> bool:
    """Whether somebody may say that they were there for so many minutes of `most`: in steps of five, or all of it,
    whatever it lasts."""
    return minutes % STEP == 0 or minutes == most
