"""What the processes of races and crashes do with one payout: plain values in, the state of the payout out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from django.db import connection

from core.actor import Actor
from core.refusals import Refusal
from ledger.kinds import TransferKind
from ledger.models import Account, Transfer
from people.models import User
from tests.factories.wallet import AT, SYSTEM, key
from tests.racer import hear, say
from wallet.models import BankLine, Payout, PayoutRun, PayoutVersion, Treasury
from wallet.operations import payouts as operations

DOOR = 1  # the number of the lock that each process keeps to itself on PostgreSQL


def acting(email: str) -> Actor:
    user = User.objects.get(email=email)
    return Actor(user=user, person=user.person, principal=user.person)


def ask(amount: int | None, name: str, account: int) -> str:
    asked = operations.request_payout(
        account=Account.objects.get(pk=account), amount=amount, key=key(name), actor=SYSTEM, at=AT
    )
    return asked.state


def approve(payout: int, email: str) -> str:
    treasury = Treasury.objects.get()
    answer = operations.approve_payouts(
        treasury=treasury, payouts=[Payout.objects.get(pk=payout)], actor=acting(email), at=AT
    )
    return answer.refused[0][1].code if answer.refused else answer.done[0].state


def make(payout: int, email: str, name: str) -> str:
    run = operations.make_run(
        treasury=Treasury.objects.get(), payouts=[Payout.objects.get(pk=payout)], version=PayoutVersion.V03,
        key=key(name), actor=acting(email), at=AT,
    )  # fmt: skip
    return run.message_id


def send(payout: int, email: str) -> str:
    run = PayoutRun.objects.get(payouts=payout)
    return operations.send_run(run=run, on=AT.date(), actor=acting(email), at=AT).message_id


def settle(payout: int, line: str) -> str:
    return operations.settle(
        payout=Payout.objects.get(pk=payout), line=BankLine.objects.get(bank_id=line), actor=SYSTEM, at=AT
    ).state


def take_back(payout: int, line: str) -> str:
    return operations.take_back(
        payout=Payout.objects.get(pk=payout), line=BankLine.objects.get(bank_id=line), actor=SYSTEM, at=AT
    ).state


def fail(payout: int) -> str:
    return operations.fail_payout(
        payout=Payout.objects.get(pk=payout), reason="No.", actor=SYSTEM, at=AT
    ).state


def cancel(payout: int) -> str:
    return operations.cancel_payout(payout=Payout.objects.get(pk=payout), actor=SYSTEM, at=AT).state


DEEDS: dict[str, Callable[..., str]] = {
    "ask": ask, "approve": approve, "make": make, "send": send, "settle": settle, "take_back": take_back,
    "fail": fail, "cancel": cancel, "settle_failed": settle,
}  # fmt: skip


def tried(deed: str, **words: Any) -> str:
    """What became of it: a state, or the code of a refusal."""
    try:
        return DEEDS[deed](**words)
    except Refusal as refusal:
        return refusal.code


def redeemed() -> int:
    """How many coins (minor units) went out of the world."""
    coins = Transfer.objects.filter(kind=TransferKind.REDEEM, payee__kind="ISSUE")
    return sum(coins.values_list("amount", flat=True))


def do_and_stop(deed: str, stop_before: int, **words: Any) -> None:
    """Do it, and stop before the so many-th statement of it to be killed; get through when there is none."""
    keep_the_door()
    statements = count(1)

    def look() -> None:
        if next(statements) == stop_before:
            say("stopped")
            hear()

    def execute(go_on: Callable[..., Any], *statement: Any) -> Any:
        look()
        return go_on(*statement)

    if connection.vendor == "sqlite":
        connection.connection.set_trace_callback(lambda _statement: look())
        tried(deed, **words)
    else:
        with connection.execute_wrapper(execute):
            tried(deed, **words)
    say("returned")


def keep_the_door() -> None:
    """PostgreSQL does not notice at once that a process is gone: whoever can take this lock knows that it has."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET client_connection_check_interval = '10ms'")
            cursor.execute("SELECT pg_advisory_lock_shared(%s)", [DOOR])


def wait_until_it_is_gone() -> None:
    if connection.vendor == "postgresql":
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [DOOR])
        other.close()
