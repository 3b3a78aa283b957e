"""What the ledger does, case by case: the plain ledger, SQLite and PostgreSQL must all agree with each of them."""

from __future__ import annotations

from tests.ledger.cases.accounts import CASES as ACCOUNTS
from tests.ledger.cases.acting import CASES as ACTING
from tests.ledger.cases.backing import CASES as BACKING
from tests.ledger.cases.batches import CASES as BATCHES
from tests.ledger.cases.case import Case
from tests.ledger.cases.chargebacks import CASES as CHARGEBACKS
from tests.ledger.cases.dated_back import CASES as DATED_BACK
from tests.ledger.cases.keys import CASES as KEYS
from tests.ledger.cases.limits import CASES as LIMITS
from tests.ledger.cases.moments import CASES as MOMENTS
from tests.ledger.cases.order import CASES as ORDER
from tests.ledger.cases.paying import CASES as PAYING
from tests.ledger.cases.redeeming import CASES as REDEEMING
from tests.ledger.cases.reserving import CASES as RESERVING

CASES: list[Case] = [
    *PAYING,
    *ACCOUNTS,
    *ORDER,
    *KEYS,
    *LIMITS,
    *DATED_BACK,
    *ACTING,
    *RESERVING,
    *CHARGEBACKS,
    *BACKING,
    *REDEEMING,
    *BATCHES,
    *MOMENTS,
]

__all__ = ["CASES", "Case"]
