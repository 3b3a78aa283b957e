"""What an attempt is, and short words for making one."""

from __future__ import annotations

from collections.abc import Callable

from ledger.models import Account
from tests.ledger.busy import Busy
from tests.ledger.tampering import sql

Attempt = Callable[[Busy], object]
# By name: what is tried in a busy town, and what the database says of it (for a repeated value, each in its own way).
Attempts = dict[str, tuple[Attempt, str]]


def change(account: str, what: str) -> Attempt:
    """An UPDATE of one account of the town."""
    return lambda busy: sql(f"UPDATE ledger_account SET {what} WHERE id = %s", _account(busy, account).pk)


def change_reservation(name: str, what: str) -> Attempt:
    """An UPDATE of one reservation of the town."""
    return lambda busy: sql(f"UPDATE ledger_reservation SET {what} WHERE id = %s", getattr(busy, name).pk)


def change_all(table: str, what: str) -> Attempt:
    return lambda _busy: sql(f"UPDATE {table} SET {what}")


def _account(busy: Busy, name: str) -> Account:
    account: Account = getattr(busy.town, name)
    return account
