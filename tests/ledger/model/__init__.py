"""The ledger once more, in plain Python: nothing but dictionaries, obviously right rather than fast.

Written from the rules and not from the code of `ledger`: where the two disagree, one of them is wrong. Things are
called by their names: an account by its own, a transfer, a reservation and a funding by their key.
"""

from __future__ import annotations

from tests.ledger.model.ledger import Ledger
from tests.ledger.model.things import Account, Coin, Funding, Limit, Line, Refused, Reservation, Transfer

__all__ = [
    "Account",
    "Coin",
    "Funding",
    "Ledger",
    "Limit",
    "Line",
    "Refused",
    "Reservation",
    "Transfer",
]
