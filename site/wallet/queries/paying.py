"""From which accounts somebody can pay, whom they paid before, and what they may still pay today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ledger.kinds import AccountState
from ledger.queries import acted_on, recent_payees, recent_payers
from people.models import Mandate, Party
from wallet.queries.accounts import Held, accounts_for
from wallet.roles import PAYS

if TYPE_CHECKING:
    from ledger.models import Account


def payable_by(person: Party, on: date) -> list[Held]:
    """The open accounts from which a person may pay on a day, their own first."""
    theirs = Mandate.objects.in_force(on).held_by(person).filter(role__in=PAYS)
    principals = set(theirs.values_list("principal_id", flat=True))
    return [
        one
        for one in accounts_for(person, on)
        if one.account.state == AccountState.OPEN
        and not (one.account.ends_on and one.account.ends_on < on)
        and (one.is_own or one.holder.pk in principals)
    ]


def known_to(account: Account, limit: int = 200) -> list[Account]:
    """Who paid this account lately or was paid by it: looking these up costs nobody anything."""
    both = [*recent_payees(account, limit), *recent_payers(account, limit)]
    return list({one.pk: one for one in both}.values())


def left_today(account: Account, person: Party, limit: int | None, on: date) -> int | None:
    """What a person may still pay for another today (minor units); None without a limit."""
    return None if limit is None else max(limit - acted_on(account, person, on), 0)
