"""The proof that the ledger adds up: everything that can be counted anew is counted anew, and compared.

What the operations and the database promise is asked once more here, in other words and from the rows alone: a proof
that read its rules from the write path would repeat its mistakes. Nothing is written.
"""

from __future__ import annotations

from ledger.proving.findings import Check, Fault, Finding
from ledger.proving.proof import CHECKS, find_faults, prove

__all__ = ["CHECKS", "Check", "Fault", "Finding", "find_faults", "prove"]
