"""The ways in which votes are counted."""

from __future__ import annotations

from enum import StrEnum

INVALID = "INVALID"  # instead of a choice: a paper ballot that is not valid


class Method(StrEnum):
    YES_NO = "YES_NO"
    APPROVAL = "APPROVAL"
    STV = "STV"
    MEDIAN = "MEDIAN"
