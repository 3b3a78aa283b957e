"""The one way in which anything is written for hashing and for comparing."""

from __future__ import annotations

import hashlib
import json
from typing import Any

# Made once: a vote has tens of thousands of ballots, and each is written to see that they are in order.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(value: Any) -> str:
    """This will write a value as JSON with its names sorted and without spaces.

    :raises ValueError: for what JSON has no words for, such as NaN.
    """
    return _ENCODER.encode(value)


def input_hash(paper: Any) -> str:
    """The SHA-256 of the canonical text of a paper in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(canonical(paper).encode()).hexdigest()
