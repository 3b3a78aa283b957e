"""What is tried past the models, by rows and raw SQL, and has to be refused by the database itself."""

from __future__ import annotations

from tests.ledger.attempts import accounts, rows, transfers
from tests.ledger.attempts.attempt import Attempt

# By name: what is tried in a busy town, and what the database says of it (for a repeated value, each in its own way).
ATTEMPTS: dict[str, tuple[Attempt, str]] = {**transfers.ATTEMPTS, **accounts.ATTEMPTS, **rows.ATTEMPTS}

__all__ = ["ATTEMPTS", "Attempt"]
