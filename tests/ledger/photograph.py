"""The whole of the real ledger in plain values, with the names that steps use: to be held beside the plain ledger's."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model

from ledger.models import Account, BankEntry, Coin, Funding, LimitRule, Reservation, Tally, Transfer
from people.models import Party
from tests.ledger.steps import Picture

ACCOUNT = (
    "kind", "holder_kind", "state", "balance", "reserved", "floor", "ceiling", "last_no", "spent_on", "spent_day",
    "spent_month", "in_area", "may_redeem", "ends_on",
)  # fmt: skip
TRANSFER = ("amount", "kind", "label", "payer_no", "payee_no", "payer_balance", "payee_balance")
RESERVATION = ("amount", "kind", "label", "captured", "state", "expires_at")
FUNDING = ("state", "amount", "received")
LIMIT = ("holder_kind", "from_on", "until_on", "per_payment", "per_day", "per_month")

Shown = dict[Any, dict[str, Any]]


class Named(Protocol):
    """Whoever knows by which name each thing goes."""

    coins: dict[str, Coin]
    accounts: dict[str, Account]
    parties: dict[str, Party]
    keys: dict[UUID, str]


class Photograph:
    """Reads each table once. An account, a party or a key without a name is nobody's doing, and an error."""

    def __init__(self, named: Named) -> None:
        self.keys = named.keys
        self.accounts = {account.pk: name for name, account in named.accounts.items()}
        self.parties = {party.pk: name for name, party in named.parties.items()}
        self.coins = {coin.pk: code for code, coin in named.coins.items()}
        self.bank_entries = list(BankEntry.objects.select_related("coin_leg"))
        self.euro_legs = {one.euro_leg_id: f"{self.keys[one.coin_leg.key]} euro" for one in self.bank_entries}
        self.references: dict[int | None, str] = {one.pk: one.reference for one in self.bank_entries}

    def picture(self) -> Picture:
        reservations = list(Reservation.objects.order_by("pk"))
        held: dict[int | None, str] = {one.pk: self.keys[one.key] for one in reservations}
        return {
            "accounts": {self.accounts[one.pk]: self.account(one) for one in Account.objects.order_by("pk")},
            "transfers": self.transfers(held),
            "reservations": {held[one.pk]: self.reservation(one) for one in reservations},
            "fundings": {self.keys[one.key]: self.funding(one) for one in Funding.objects.all()},
            "tallies": self.tallies(),
            "bank lines": {
                one.reference: {"coin": self.keys[one.coin_leg.key], "euro": self.euro_legs[one.euro_leg_id]}
                for one in self.bank_entries
            },
            "limits": {
                number: {"coin": self.coins[one.coin_id], **picked(one, LIMIT)}
                for number, one in enumerate(LimitRule.objects.order_by("pk"))
            },
        }

    def account(self, one: Account) -> dict[str, Any]:
        return {
            "name": self.accounts[one.pk],
            "coin": self.coins[one.coin_id],
            "holder": self.parties[one.holder_id],
            "funder": self.parties[one.funder_id] if one.funder_id else None,
            "backs": self.coins[one.backs_id] if one.backs_id else None,
            **picked(one, ACCOUNT),
        }

    def transfers(self, held: dict[int | None, str]) -> Shown:
        rows = list(Transfer.objects.order_by("pk"))
        names: dict[int | None, str] = {
            one.pk: self.euro_legs.get(one.pk) or self.keys[one.key] for one in rows
        }
        return {
            names[one.pk]: {
                "key": names[one.pk],
                "coin": self.coins[one.coin_id],
                "reverses": names[one.reverses_id] if one.reverses_id else None,
                "reservation": held[one.reservation_id] if one.reservation_id else None,
                **self.who(one),
                **picked(one, TRANSFER),
            }
            for one in rows
        }

    def reservation(self, one: Reservation) -> dict[str, Any]:
        return {
            "key": self.keys[one.key],
            "closing_key": self.keys[one.closing_key] if one.closing_key else None,
            **self.who(one),
            **picked(one, RESERVATION),
        }

    def who(self, one: Transfer | Reservation) -> dict[str, Any]:
        return {
            "payer": self.accounts[one.payer_id],
            "payee": self.accounts[one.payee_id],
            "by": self.parties[one.acted_by_id] if one.acted_by_id else "",
            "day": one.booked_on,
        }

    def funding(self, one: Funding) -> dict[str, Any]:
        return {
            "payee": self.accounts[one.payee_id],
            "funder": self.parties[one.funder_id],
            "issued": self.references.get(one.issued_id),
            "returned": self.references.get(one.returned_id),
            **picked(one, FUNDING),
        }

    def tallies(self) -> Shown:
        return {
            (self.parties[one.holder_id], self.coins[one.currency_id], one.label, one.month): {
                "amount": one.amount
            }
            for one in Tally.objects.exclude(amount=0)
        }


def picked(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
