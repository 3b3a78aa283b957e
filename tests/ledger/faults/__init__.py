"""Faults that are planted past every guard of the database, each with the checks that have to find it, and no other."""

from __future__ import annotations

from tests.ledger.faults import accounts, beside, money, transfers
from tests.ledger.faults.fault import Plant

FAULTS: dict[Plant, set[str]] = {**accounts.FAULTS, **transfers.FAULTS, **beside.FAULTS, **money.FAULTS}

__all__ = ["FAULTS", "Plant"]
