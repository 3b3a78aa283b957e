"""What the ledger keeps. Nobody outside this app imports these models: see the doors in the README."""

from __future__ import annotations

from ledger.models.account import Account
from ledger.models.coin import Coin
from ledger.models.funding import BankEntry, Funding
from ledger.models.leaf import LogLeaf
from ledger.models.limits import LimitRule
from ledger.models.reservation import Reservation
from ledger.models.tally import Tally
from ledger.models.transfer import Transfer, TransferNote

__all__ = [
    "Account",
    "BankEntry",
    "Coin",
    "Funding",
    "LimitRule",
    "LogLeaf",
    "Reservation",
    "Tally",
    "Transfer",
    "TransferNote",
]
