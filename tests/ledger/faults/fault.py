"""What a planted fault is: done to a busy town, it gives an account that has to be named."""

from __future__ import annotations

from collections.abc import Callable

from ledger.models import Account
from tests.ledger.busy import Busy

Plant = Callable[[Busy], Account]

NOBODY = 999_999_999
