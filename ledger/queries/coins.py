"""Questions about a coin: how much is about, what stands behind it, which pots there are, which limits hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from ledger.kinds import AccountKind, AccountState
from ledger.models import Account, Coin, LimitRule
from ledger.queries.holders import names
from ledger.refusals import UnknownAccount


@dataclass(frozen=True, kw_only=True, slots=True)
class Backing:
    """What is in circulation and what stands behind it, in minor units; the coin is worth one of its currency."""

    circulation: int
    reserve: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Pot:
    """Money with a purpose: who spends it, who gave it, and how much of it there is (minor units)."""

    account: Account
    holder_name: str
    funder_name: str
    balance: int
    available: int
    ends_on: date | None
    has_ended: bool


def circulation(coin: Coin) -> int:
    """The coins that people and organisations have together, in minor units: what the issue owes."""
    issue = Account.objects.filter(coin=coin, kind=AccountKind.ISSUE)
    return -(issue.values_list("balance", flat=True).first() or 0)


def issue_of(coin: Coin) -> Account:
    """The account that coins of this coin come from and go back to.

    :raises UnknownAccount: when it was never given one.
    """
    issue = Account.objects.filter(coin=coin, kind=AccountKind.ISSUE).first()
    if issue is None:
        raise UnknownAccount
    return issue


def reserve_of(coin: Coin) -> int:
    """What is kept behind a coin, in minor units of its national currency."""
    return Account.objects.filter(backs=coin).values_list("balance", flat=True).first() or 0


def bank_of(coin: Coin) -> int:
    """What must stand on the bank account behind a coin (minor units of its currency): all that was booked in and out.

    One account is kept for all coins of a holder.
    """
    holder = Account.objects.filter(backs=coin).values("holder")
    bank = Account.objects.filter(kind=AccountKind.BANK, coin=coin.pegged_to_id, holder__in=holder)
    return -(bank.values_list("balance", flat=True).first() or 0)


def backing(coin: Coin) -> Backing:
    """Both in one look, so that they belong to the same moment."""
    both = Account.objects.filter(Q(coin=coin, kind=AccountKind.ISSUE) | Q(backs=coin))
    balances = dict(both.values_list("kind", "balance"))
    return Backing(
        circulation=-balances.get(AccountKind.ISSUE, 0), reserve=balances.get(AccountKind.RESERVE, 0)
    )


def pots(coin: Coin, *, on: date) -> list[Pot]:
    """The pots of a coin that are not closed, as they are on a day: the first to end first, without end last."""
    accounts = Account.objects.filter(coin=coin, kind=AccountKind.POT).exclude(state=AccountState.CLOSED)
    in_order = accounts.order_by(F("ends_on").asc(nulls_last=True), "pk")
    return [_pot(account, on) for account in in_order.select_related("coin", *names("holder", "funder"))]


def _pot(account: Account, on: date) -> Pot:
    return Pot(
        account=account,
        holder_name=account.holder.display_name,
        funder_name=account.funder.display_name if account.funder else "",
        balance=account.balance,
        available=account.available,
        ends_on=account.ends_on,
        has_ended=account.ends_on is not None and account.ends_on < on,
    )


def limit_in_force(coin: Coin, holder_kind: str, on: date) -> LimitRule | None:
    """The limits of a kind of holder on a day: of several the one that was said last. None when nothing limits them."""
    rules = LimitRule.objects.filter(coin=coin, holder_kind=holder_kind, from_on__lte=on)
    running = rules.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
    return running.order_by("-pk").first()
