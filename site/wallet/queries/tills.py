"""Tills: which ones somebody may stand at, what waits there, and what was paid there on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from ledger.kinds import AccountKind, AccountState
from ledger.queries import accounts_of_all
from people.models import Mandate, Party
from people.roles import SELLS
from wallet.models import PaymentRequest, Till
from wallet.naming import short_name
from wallet.queries.holders import RESIDENTS
from wallet.states import RequestState

if TYPE_CHECKING:
    from ledger.models import Account

PAYER_NAMES = ("transfer__payer__holder__person_details", "transfer__payer__holder__organisation_details")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shop:
    """An account that somebody sells on, and the tills there: open ones first."""

    account: Account
    holder: Party
    tills: list[Till]

    @property
    def is_open(self) -> bool:
        return self.account.state == AccountState.OPEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """One payment at a till (minor units) and who paid it; `back` was given back of it since."""

    uuid: UUID
    made_at: datetime
    payer: str
    text: str
    amount: int
    back: int

    @property
    def left(self) -> int:
        return self.amount - self.back


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """What was paid at a till on a day, the last first, and all of it together (minor units)."""

    payments: list[Taken]
    received: int
    back: int

    @property
    def total(self) -> int:
        return self.received - self.back


def shops_of(person: Party, on: date) -> list[Shop]:
    """The accounts of organisations that this person takes payments for on a day."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=SELLS).values("principal_id")
    holders = Party.objects.filter(pk__in=held).exclude(kind__in=RESIDENTS).with_names()
    by_pk = {holder.pk: holder for holder in holders}
    accounts = [one for one in accounts_of_all(by_pk.values()) if one.kind == AccountKind.HOLDER]
    tills: dict[int, list[Till]] = {}
    for till in Till.objects.filter(account__in=accounts).order_by("name", "pk"):
        tills.setdefault(till.account_id, []).append(till)
    shops = [
        Shop(
            account=account,
            holder=by_pk[account.holder_id],
            tills=sorted(tills.get(account.pk, []), key=lambda till: till.closed_at is not None),
        )
        for account in accounts
        if account.state != AccountState.CLOSED or account.pk in tills
    ]
    return sorted(shops, key=lambda shop: (not shop.is_open, shop.holder.display_name, shop.account.pk))


def till_with(uuid: UUID) -> Till | None:
    """A till with its account, coin and holder."""
    along = ("account__coin", "account__holder__organisation_details")
    return Till.objects.select_related(*along).filter(uuid=uuid).first()


def asked_at(till: Till, uuid: UUID) -> PaymentRequest | None:
    """What was asked at a till, with the name of whoever paid it."""
    found = PaymentRequest.objects.filter(till=till, uuid=uuid)
    return found.select_related("transfer__payer__holder", *PAYER_NAMES).first()


def waiting_at(till: Till, at: datetime) -> QuerySet[PaymentRequest]:
    """The codes of a till that can still be paid, the last one first: a colleague's, or one of before a reload."""
    still = PaymentRequest.objects.filter(till=till, state=RequestState.OPEN, expires_at__gt=at)
    return still.order_by("-asked_at", "-pk")


def day_at(till: Till, on: date) -> Day:
    """What was paid at a till on a local day."""
    paid = PaymentRequest.objects.filter(till=till, state=RequestState.PAID, transfer__booked_on=on)
    rows = (
        paid.select_related("transfer__payer__holder", *PAYER_NAMES)
        .annotate(back=Coalesce(Sum("transfer__chargebacks__amount"), 0))
        .order_by("-transfer_id")
    )
    payments = [
        Taken(
            uuid=row.uuid,
            made_at=row.transfer.made_at,
            payer=short_name(row.transfer.payer.holder),
            text=row.text,
            amount=row.amount,
            back=row.back,
        )
        for row in rows
        if row.transfer
    ]
    return Day(
        payments=payments,
        received=sum(one.amount for one in payments),
        back=sum(one.back for one in payments),
    )
