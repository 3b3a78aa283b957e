"""From which accounts somebody can pay, whom they paid before, and what they may still pay today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ledger.kinds import AccountState
from ledger.queries import acted_on, recent_payees, recent_payers
from people.models import Party
from people.queries import canonical
from wallet.queries.accounts import Held, accounts_for

if TYPE_CHECKING:
    from ledger.models import Account


def payable_by(person: Party, on: date) -> list[Held]:
    """The open accounts from which a person may pay on a day, their own first."""
    return [
        one
        for one in accounts_for(person, on)
        if one.account.state == AccountState.OPEN
        and not (one.account.ends_on and one.account.ends_on < on)
        and one.may_pay
    ]


def known_to(account: Account, limit: int = 200) -> list[Account]:
    """Who paid this account lately or was paid by it: looking these up costs nobody anything."""
    both = [*recent_payees(account, limit), *recent_payers(account, limit)]
    return list({one.pk: one for one in both}.values())


def left_today(account: Account, person: Party, limit: int | None, on: date) -> int | None:
    """What a person may still pay for another today (minor units), under whatever number; None without a limit."""
    return None if limit is None else max(limit - acted_on(account, canonical(person), on), 0)
