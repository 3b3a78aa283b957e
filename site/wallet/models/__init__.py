"""What the wallet keeps besides the ledger: requests and tills, the bank's lines, payouts, what two persons decide."""

from __future__ import annotations

from wallet.models.bank import BankFormat, BankLine, BankStatement, StatementProblem
from wallet.models.payouts import MonthlyPayout, Payout, PayoutRun, PayoutVersion
from wallet.models.requests import PaymentRequest, Till
from wallet.models.second_look import ChargebackCase, HandMatch, SecondLook
from wallet.models.treasury import Treasury

__all__ = [
    "BankFormat",
    "BankLine",
    "BankStatement",
    "ChargebackCase",
    "HandMatch",
    "MonthlyPayout",
    "PaymentRequest",
    "Payout",
    "PayoutRun",
    "PayoutVersion",
    "SecondLook",
    "StatementProblem",
    "Till",
    "Treasury",
]
