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
from ledger.queries.coins import (
    Backing,
    Pot,
    backing,
    bank_of,
    circulation,
    issue_of,
    limit_in_force,
    pots,
    reserve_of,
)
from ledger.queries.desk import accounts_in, limits_of
from ledger.queries.earned import Earned, earned, years_earned
from ledger.queries.funders import fundings_for, fundings_of, pots_funded_by
from ledger.queries.fundings import UnknownFunding, funding_by_reference, fundings_with, open_fundings
from ledger.queries.holders import Holder
from ledger.queries.months import Doings, Month, doings, months_of
from ledger.queries.paying import acted_on, paid_since, recent_payers
from ledger.queries.places import NoSuchPlace
from ledger.queries.proof import Proof, proof_of
from ledger.queries.receipts import Receipt, UnknownTransfer, booked_under, receipt_numbered, receipt_of
from ledger.queries.shares import Share, backings, shares_of
from ledger.queries.spending import Spent, Totals, given_to, spent_from, spent_since, totals_of
from ledger.queries.statement import Counterparty, Line, Statement, balance_on, statement
from ledger.queries.tallies import received, received_by_month

__all__ = [
    "Backing",
    "Balance",
    "Counterparty",
    "Doings",
    "Earned",
    "Holder",
    "Line",
    "Month",
    "NoSuchPlace",
    "Pot",
    "Proof",
    "Receipt",
    "Share",
    "Spent",
    "Statement",
    "Totals",
    "UnknownFunding",
    "UnknownTransfer",
    "account_at",
    "accounts_in",
    "accounts_of",
    "accounts_of_all",
    "acted_on",
    "backing",
    "backings",
    "balance_of",
    "balance_on",
    "bank_of",
    "beneficiary_of",
    "booked_under",
    "circulation",
    "doings",
    "earned",
    "funding_by_reference",
    "fundings_for",
    "fundings_of",
    "fundings_with",
    "given_to",
    "issue_of",
    "limit_in_force",
    "limits_of",
    "months_of",
    "open_fundings",
    "paid_since",
    "pots",
    "pots_funded_by",
    "proof_of",
    "receipt_numbered",
    "receipt_of",
    "received",
    "received_by_month",
    "recent_payees",
    "recent_payers",
    "reservations_of",
    "reserve_of",
    "shares_of",
    "spent_from",
    "spent_since",
    "statement",
    "totals_of",
    "years_earned",
]
