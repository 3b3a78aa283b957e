"""The bank's lines: taken in once, booked by what they say, or by what two persons say of them.

Whoever locks more than one thing does so in this order: the treasury, lines of the bank, payouts, and the ledger last.
"""

from __future__ import annotations

from wallet.operations.bank.by_hand import (
    AlreadyProposed,
    DoesNotFit,
    LineOver,
    decide_match,
    ignore_line,
    propose_match,
)
from wallet.operations.bank.match import Matched, match_lines
from wallet.operations.bank.upload import OtherAccount, bring_in, upload_statement

__all__ = [
    "AlreadyProposed",
    "DoesNotFit",
    "LineOver",
    "Matched",
    "OtherAccount",
    "bring_in",
    "decide_match",
    "ignore_line",
    "match_lines",
    "propose_match",
    "upload_statement",
]
