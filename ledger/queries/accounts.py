"""Questions about accounts: which, whose, how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, QuerySet, When

from core.actor import PartyLike
from ledger.address import parse_address
from ledger.kinds import HELD, AccountKind, AccountState, ReservationState, TransferKind
from ledger.models import Account, Reservation, Transfer
from ledger.queries.holders import Holder, names
from ledger.refusals import UnknownAccount

# How many payments back we look for whom somebody usually pays: enough to find them, few for an account with millions.
PAYMENTS_LOOKED_AT = 200
CLOSED_LAST = Case(When(state=AccountState.CLOSED, then=1), default=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Balance:
    """What an account has, in minor units of its coin."""

    balance: int
    reserved: int

    @property
    def available(self) -> int:
        """What can be spent of it."""
        return self.balance - self.reserved


def account_at(address: str) -> Account:
    """The account with this address, as somebody typed or scanned it, with its coin and the name of its holder.

    :raises UnknownAccount: when this is no address, or nobody's.
    """
    parsed = parse_address(address)
    with_all = Account.objects.select_related("coin", *names("holder"))
    found = with_all.filter(address=parsed).first() if parsed else None
    if found is None:
        raise UnknownAccount
    return found


def accounts_of(holder: PartyLike) -> QuerySet[Account]:
    """The accounts of one holder with their coins, those that are closed last. A pot belongs to who spends from it."""
    mine = Account.objects.filter(holder=holder.pk).select_related("coin")
    return mine.order_by(CLOSED_LAST, "pk")


def accounts_of_all(holders: Iterable[PartyLike]) -> QuerySet[Account]:
    """The accounts of several holders with their coins, those that are closed last."""
    theirs = Account.objects.filter(holder__in=[one.pk for one in holders]).select_related("coin")
    return theirs.order_by(CLOSED_LAST, "pk")


def balance_of(account: Account) -> Balance:
    """What an account has at this moment: one row is read, whatever its history.

    :raises UnknownAccount: when it was never stored.
    """
    row = Account.objects.filter(pk=account.pk).values_list("balance", "reserved").first()
    if row is None:
        raise UnknownAccount
    return Balance(balance=row[0], reserved=row[1])


def reservations_of(account: Account) -> QuerySet[Reservation]:
    """What is set apart on this account, for whom and as what, newest first. `left` is how much of each."""
    mine = Reservation.objects.filter(payer=account, state=ReservationState.OPEN)
    return mine.select_related("payee", *names("payee__holder")).order_by("-pk")


def beneficiary_of(account: Account) -> Holder:
    """Who is paid in euros for the coins on this account: of a pot that is its funder."""
    if account.kind == AccountKind.POT and account.funder is not None:
        return account.funder
    return account.holder


def recent_payees(account: Account, limit: int = 8) -> list[Account]:
    """Whom this account paid lately and can still pay, each once, the last one first, with names."""
    paid = Transfer.objects.filter(payer=account).order_by("-payer_no")[:PAYMENTS_LOOKED_AT]
    kinds_and_payees = paid.values_list("kind", "payee")
    in_order = list(
        dict.fromkeys(payee for kind, payee in kinds_and_payees if kind != TransferKind.CHARGEBACK)
    )
    still_there = Account.objects.filter(kind__in=HELD, state=AccountState.OPEN)
    found = still_there.select_related(*names("holder")).in_bulk(in_order)
    return [found[pk] for pk in in_order if pk in found][:limit]
