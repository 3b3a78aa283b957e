"""Money out: asked for, approved, put in a file for the bank, and closed by what the bank says.

Whoever locks more than one thing does so in this order: the treasury, lines of the bank, payouts by their numbers, and
the ledger last.
"""

from __future__ import annotations

from wallet.operations.payouts.approve import Approved, approve_payouts
from wallet.operations.payouts.close import (
    AlreadyBack,
    FirstTheDebit,
    LineDoesNotFit,
    LineIsDone,
    NotAtTheBank,
    NotSentYet,
    SaidByTheBank,
    fail_payout,
    pay_after_all,
    pay_with,
    settle,
    take_back,
)
from wallet.operations.payouts.held import CoinsGone
from wallet.operations.payouts.monthly import ask_monthly_payouts, set_monthly_payout, stop_monthly_payout
from wallet.operations.payouts.request import (
    CoinsAreForSpending,
    IbanMissing,
    NoContract,
    NothingToPayOut,
    NoTreasury,
    PotNotEnded,
    PotsGoBack,
    cancel_payout,
    not_payable,
    request_payout,
    return_pot,
)
from wallet.operations.payouts.runs import (
    NothingChosen,
    PayoutsChanged,
    SentInTheFuture,
    UnfitForTheBank,
    make_run,
    send_run,
)

__all__ = [
    "AlreadyBack",
    "Approved",
    "CoinsAreForSpending",
    "CoinsGone",
    "FirstTheDebit",
    "IbanMissing",
    "LineDoesNotFit",
    "LineIsDone",
    "NoContract",
    "NoTreasury",
    "NotAtTheBank",
    "NotSentYet",
    "NothingChosen",
    "NothingToPayOut",
    "PayoutsChanged",
    "PotNotEnded",
    "PotsGoBack",
    "SaidByTheBank",
    "SentInTheFuture",
    "UnfitForTheBank",
    "approve_payouts",
    "ask_monthly_payouts",
    "cancel_payout",
    "fail_payout",
    "make_run",
    "not_payable",
    "pay_after_all",
    "pay_with",
    "request_payout",
    "return_pot",
    "send_run",
    "set_monthly_payout",
    "settle",
    "stop_monthly_payout",
    "take_back",
]
