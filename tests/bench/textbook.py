"""A transfer as one would write it after reading Django's manual: the same rows, without limits and tallies."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from django.db.models import F

from core import clock
from ledger.kinds import Label, TransferKind
from ledger.models import Account, Transfer
from tests.bench.clients import Step
from tests.bench.payments import Payments, prepare

__all__ = ["prepare", "textbook", "textbook_hot"]


def textbook(client: int, *, is_hot: bool = False) -> Step:
    payments = Payments(client, is_hot=is_hot)

    @transaction.atomic
    def pay(payer: Account, payee: Account, amount: int) -> None:
        chosen = Account.objects.filter(pk__in=[payer.pk, payee.pk])
        locked = {account.pk: account for account in chosen.select_for_update().order_by("pk")}
        payer, payee = locked[payer.pk], locked[payee.pk]
        if payer.available < amount:
            raise ValueError("There is not enough on the account.")
        for account, change in ((payer, -amount), (payee, amount)):
            Account.objects.filter(pk=account.pk).update(
                balance=F("balance") + change, last_no=F("last_no") + 1
            )
        now = clock.now()
        Transfer.objects.create(
            coin_id=payer.coin_id,
            payer=payer,
            payee=payee,
            amount=amount,
            kind=TransferKind.PAYMENT,
            label=Label.SALE,
            payer_no=payer.last_no + 1,
            payee_no=payee.last_no + 1,
            payer_balance=payer.balance - amount,
            payee_balance=payee.balance + amount,
            key=uuid4(),
            acted_by=payments.person,
            made_at=now,
            booked_on=clock.day_of(now),
        )

    def step() -> int:
        pay(*payments.next())
        return 1

    return step


def textbook_hot(client: int) -> Step:
    return textbook(client, is_hot=True)
