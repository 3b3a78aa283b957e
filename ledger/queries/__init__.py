"""What can be asked of the ledger. With `ledger.operations` and `ledger.kinds` these are its doors."""

from __future__ import annotations

from ledger.queries.accounts import (
    Balance,
    account_at,
    accounts_of,
    accounts_of_all,
    balance_of,
    beneficiary_of,
    recent_payees,
    reservations_of,
)
from ledger.queries.coins import Backing, Pot, backing, circulation, limit_in_force, pots, reserve_of
from ledger.queries.fundings import UnknownFunding, funding_by_reference, open_fundings
from ledger.queries.holders import Holder
from ledger.queries.places import NoSuchPlace
from ledger.queries.receipts import Receipt, UnknownTransfer, booked_under, receipt_numbered, receipt_of
from ledger.queries.statement import Counterparty, Line, Statement, balance_on, statement
from ledger.queries.tallies import received, received_by_month

__all__ = [
    "Backing",
    "Balance",
    "Counterparty",
    "Holder",
    "Line",
    "NoSuchPlace",
    "Pot",
    "Receipt",
    "Statement",
    "UnknownFunding",
    "UnknownTransfer",
    "account_at",
    "accounts_of",
    "accounts_of_all",
    "backing",
    "balance_of",
    "balance_on",
    "beneficiary_of",
    "booked_under",
    "circulation",
    "funding_by_reference",
    "limit_in_force",
    "open_fundings",
    "pots",
    "receipt_numbered",
    "receipt_of",
    "received",
    "received_by_month",
    "recent_payees",
    "reservations_of",
    "reserve_of",
    "statement",
]
