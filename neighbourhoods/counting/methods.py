"""The ways in which votes are counted."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

INVALID: Final = "INVALID"  # instead of a choice: a paper ballot that is not valid


class Method(StrEnum):
    """How votes are cast and counted; docs/counting.md tells each."""

    YES_NO = "YES_NO"
    APPROVAL = "APPROVAL"
    STV = "STV"
    MEDIAN = "MEDIAN"
