"""What is tried past the models, by rows and raw SQL, and has to be refused by the database itself."""

from __future__ import annotations

from tests.ledger.attempts import accounts, rows, transfers
from tests.ledger.attempts.attempt import Attempt, Attempts

ATTEMPTS: dict[str, Attempts] = {
    "accounts": accounts.ATTEMPTS,
    "transfers": transfers.ATTEMPTS,
    "what stands beside them": rows.ATTEMPTS,
}

__all__ = ["ATTEMPTS", "Attempt", "Attempts"]
