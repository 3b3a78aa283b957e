"""Payouts that are asked for by themselves at the beginning of each month."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from ledger.queries import balance_of
from wallet.models import MonthlyPayout
from wallet.operations.payouts.held import NAMESPACE
from wallet.operations.payouts.request import not_payable, request_payout
from wallet.permissions import acting_person, check, may_cash

if TYPE_CHECKING:
    from ledger.models import Account


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """How many accounts were asked for, had nothing to pay out, or could not be paid out."""

    asked: int
    empty: int
    refused: int


def set_monthly_payout(*, account: Account, keep: int, actor: Actor, at: datetime) -> MonthlyPayout:
    """This will have an account paid out from the next month on, all but what is kept (minor units).

    :raises NotAllowed, CoinsAreForSpending, NoContract, PotsGoBack: nothing happened.
    """
    person = acting_person(actor)
    if wrong := not_payable(account):
        raise wrong
    if person is None or not may_cash(person, account.holder, day_of(at)):
        raise NotAllowed
    with transaction.atomic():
        words = {"keep": keep, "set_by": person, "set_at": at}
        # Who sets it in the middle of a month is paid out from the first of the next one.
        found, _is_new = MonthlyPayout.objects.update_or_create(
            account=account, defaults=words, create_defaults={**words, "last_month": _month_of(at)}
        )
        record("payout.monthly", subject=found, actor=actor, at=at, about=[account.holder])
    return found


def stop_monthly_payout(*, account: Account, actor: Actor, at: datetime) -> None:
    """This will no longer have an account paid out by itself. Twice is once.

    :raises NotAllowed: to whoever may not do this for the holder.
    """
    person = acting_person(actor)
    check(person is not None and may_cash(person, account.holder, day_of(at)))
    with transaction.atomic():
        found = MonthlyPayout.objects.select_for_update().filter(account=account).first()
        if found is not None:
            record("payout.monthly", subject=found, actor=actor, at=at, about=[account.holder])
            found.delete()


def ask_monthly_payouts(*, at: datetime) -> Asked:
    """This will ask, once for each account and month, for the payouts that are asked for by themselves.

    Where nothing can be asked for now (no IBAN, a blocked account) it is tried again the next night.
    """
    month = _month_of(at)
    due = MonthlyPayout.objects.exclude(last_month__gte=month).order_by("pk")
    counts = {"asked": 0, "empty": 0, "refused": 0}
    for number in list(due.values_list("pk", flat=True)):
        try:
            counts["asked" if _ask(number, month, at) else "empty"] += 1
        except Refusal:
            counts["refused"] += 1
    return Asked(**counts)


def _ask(number: int, month: date, at: datetime) -> bool:
    with transaction.atomic():
        monthly = MonthlyPayout.objects.select_for_update(no_key=True).filter(pk=number).first()
        if monthly is None or (monthly.last_month is not None and monthly.last_month >= month):
            return False
        amount = balance_of(monthly.account).available - monthly.keep
        if amount > 0:
            request_payout(
                account=monthly.account,
                amount=amount,
                key=uuid.uuid5(NAMESPACE, f"{monthly.account_id}:{month}"),
                actor=Actor.system(),
                at=at,
                is_monthly=True,
            )
        monthly.last_month = month
        monthly.save(update_fields=["last_month"])
        return amount > 0


def _month_of(at: datetime) -> date:
    return day_of(at).replace(day=1)
