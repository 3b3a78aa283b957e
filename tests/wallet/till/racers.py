"""What the processes of a race at the till do: each takes plain values and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from core.actor import Actor
from core.refusals import Refusal
from ledger.kinds import TransferKind
from ledger.models import Account
from ledger.operations import transfer
from people.models import Party
from tests.factories.ledger import AT, SYSTEM, key
from wallet.models import PaymentRequest, Till
from wallet.operations.payments import pay
from wallet.operations.tills import charge, close_till, pay_back, take_back


def acting(person: int, principal: int | None = None) -> Actor:
    party = Party.objects.get(pk=person)
    return Actor(user=None, person=party, principal=Party.objects.get(pk=principal) if principal else party)


def came(operation: Callable[..., Any], **words: Any) -> str:
    try:
        operation(**words)
    except Refusal as refusal:
        return refusal.code
    return "done"


def pays(request: int, payer: int, person: int) -> str:
    asked = PaymentRequest.objects.select_related("payee__holder").get(pk=request)
    account = Account.objects.select_related("holder").get(pk=payer)
    return came(
        pay, payer=account, payee=asked.payee, amount=asked.amount, text="", key=uuid4(), actor=acting(person), at=AT,
        day_limit=None, request=asked,
    )  # fmt: skip


def takes_back(request: int, person: int) -> str:
    asked = PaymentRequest.objects.get(pk=request)
    came(take_back, request=asked, actor=acting(person), at=AT)
    asked.refresh_from_db()
    return str(asked.state)


def closes(till: int, person: int) -> str:
    return came(close_till, till=Till.objects.get(pk=till), actor=acting(person), at=AT)


def charges(till: int, person: int, form: str) -> str:
    return came(
        charge,
        till=Till.objects.get(pk=till),
        amount=1_00,
        text="",
        key=key(form),
        actor=acting(person),
        at=AT,
    )


def gives_back(request: int, person: int, amount: int, form: str) -> str:
    asked = PaymentRequest.objects.get(pk=request)
    return came(pay_back, request=asked, amount=amount, key=key(form), actor=acting(person), at=AT)


def spends(payer: int, payee: int, amount: int) -> str:
    both = Account.objects.in_bulk([payer, payee])
    return came(
        transfer, payer=both[payer], payee=both[payee], amount=amount, kind=TransferKind.PAYMENT, key=uuid4(),
        actor=SYSTEM, at=AT,
    )  # fmt: skip
