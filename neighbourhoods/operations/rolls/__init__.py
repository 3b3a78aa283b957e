"""Who may vote: the roll is built, looked at, objected to, and frozen."""

from __future__ import annotations

from neighbourhoods.operations.impartial import OfficerStands
from neighbourhoods.operations.rolls.build import ALL, KNOWN_TWICE, OBJECTION, build_roll
from neighbourhoods.operations.rolls.freeze import ObjectionsOpen, freeze_roll
from neighbourhoods.operations.rolls.object import (
    AlreadyObjected,
    AnswerMissing,
    RollFrozen,
    TooLateToObject,
    WordsMissing,
    decide_objection,
    object_to_roll,
    withdraw_objection,
)
from neighbourhoods.roll_proofs import verify_roll_proof

__all__ = [
    "ALL",
    "KNOWN_TWICE",
    "OBJECTION",
    "AlreadyObjected",
    "AnswerMissing",
    "ObjectionsOpen",
    "OfficerStands",
    "RollFrozen",
    "TooLateToObject",
    "WordsMissing",
    "build_roll",
    "decide_objection",
    "freeze_roll",
    "object_to_roll",
    "verify_roll_proof",
    "withdraw_objection",
]
