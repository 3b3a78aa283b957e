"""What somebody who buys has, and what they keep: said before the button, by the same figures as the ledger's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.amounts import format_amount
from ledger.queries import acted_on, balance_of
from marketplace.queries.accounts import account_for
from marketplace.queries.traders import parties_traded_for
from marketplace.views.orders.base import coin_word
from people.models import Party
from people.permissions import day_limit, is_own, may_pay
from people.queries import canonical

if TYPE_CHECKING:
    from ledger.models import Account, Coin


@dataclass(frozen=True)
class Purchase:
    """A sum (minor units) that somebody is about to set apart for a party, from its account."""

    person: Party
    buyer: Party
    account: Account
    amount: int
    on: date

    @property
    def coin(self) -> Coin:
        return self.account.coin

    @property
    def coin_word(self) -> str:
        return coin_word(self.amount, self.coin)

    @cached_property
    def is_own(self) -> bool:
        return is_own(self.person, self.buyer)

    @cached_property
    def available(self) -> int:
        return balance_of(self.account).available

    @property
    def after(self) -> int:
        return self.available - self.amount

    @cached_property
    def day_limit(self) -> int | None:
        return day_limit(self.person, self.buyer, self.on)

    @cached_property
    def left_today(self) -> int | None:
        """What this person may still spend for another today; None without a limit."""
        if self.day_limit is None:
            return None
        return max(self.day_limit - acted_on(self.account, canonical(self.person), self.on), 0)

    @property
    def lack(self) -> str:
        """Why it cannot be paid, in a sentence; empty when it can."""
        words = {"costs": _written(self.amount), "name": self.buyer.display_name}
        if self.after < 0:
            words["room"] = _written(self.available)
            if self.is_own:
                return _("You have %(room)s. This costs %(costs)s.") % words
            return _("%(name)s has %(room)s. This costs %(costs)s.") % words
        if self.left_today is not None and self.left_today < self.amount:
            words["room"] = _written(self.left_today)
            return _("For %(name)s you can still pay %(room)s today. This costs %(costs)s.") % words
        return ""


def buyers_for(person: Party, coin: Coin, on: date) -> list[Party]:
    """For whom a person may order something that is paid in this coin: themself first."""
    return [
        party
        for party in parties_traded_for(person, on)
        if may_pay(person, party, on) and account_for(party, coin) is not None
    ]


def purchase_of(person: Party, buyer: Party, coin: Coin, amount: int, on: date) -> Purchase | None:
    """None when the buyer has no account in this coin."""
    account = account_for(buyer, coin)
    return Purchase(person, buyer, account, amount, on) if account else None


def _written(minor: int) -> str:
    return format_amount(minor, get_language() or "")
