"""Maximum amounts: confirmed by a municipality, told about by a person, signed for where that is possible."""

from __future__ import annotations

from marketplace.operations.rewards.signing import NotToBeSigned, sign_above
from marketplace.operations.rewards.situation import forget_situation, tell_situation
from marketplace.operations.rewards.year import (
    AgeLeftOut,
    AgesOdd,
    AmountMissing,
    AmountsOdd,
    Maximum,
    NotForMunicipality,
    RuleTwice,
    SourceMissing,
    YearBefore,
    YearChanged,
    YearTooFar,
    confirm_year,
    maximums_of,
)

__all__ = [
    "AgeLeftOut", "AgesOdd", "AmountMissing", "AmountsOdd", "Maximum", "NotForMunicipality", "NotToBeSigned",
    "RuleTwice",
    "SourceMissing", "YearBefore", "YearChanged", "YearTooFar", "confirm_year", "forget_situation", "maximums_of",
    "sign_above",
    "tell_situation",
]  # fmt: skip
