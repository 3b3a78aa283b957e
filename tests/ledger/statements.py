"""Words for tests about statements: to pay in one line, and to see a page in one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.clock import day_of
from ledger.kinds import TransferKind
from ledger.models import Account, Transfer, TransferNote
from ledger.operations import transfer
from ledger.queries import Statement
from tests.factories.ledger import AT, SYSTEM, key


def pay(payer: Account, payee: Account, amount: int, name: str, **more: Any) -> Transfer:
    """A payment, unless `kind` says otherwise. `name` is what its key is made from."""
    words: dict[str, Any] = {"kind": TransferKind.PAYMENT, "actor": SYSTEM, "at": AT, **more}
    return transfer(payer=payer, payee=payee, amount=amount, key=key(name), **words)


def pay_often(payer: Account, payee: Account, times: int) -> None:
    """Payments of one cent, one a day until `AT`, with notes, written as rows: one by one it would take long."""
    payer.refresh_from_db()
    payee.refresh_from_db()
    days = [AT - timedelta(days=times - number) for number in range(1, times + 1)]
    rows = [
        Transfer(
            coin_id=payer.coin_id, payer=payer, payee=payee, amount=1, kind=TransferKind.PAYMENT,
            payer_no=payer.last_no + number, payee_no=payee.last_no + number,
            payer_balance=payer.balance - number, payee_balance=payee.balance + number,
            key=key(f"{payer.pk} {payee.pk} {number}"), made_at=day, booked_on=day_of(day),
        )
        for number, day in enumerate(days, start=1)
    ]  # fmt: skip
    Transfer.objects.bulk_create(rows)
    made = Transfer.objects.filter(payer=payer, payee=payee, amount=1)
    TransferNote.objects.bulk_create([TransferNote(transfer=one, text="One cent") for one in made])
    for one, change in ((payer, -times), (payee, times)):
        one.balance += change
        one.last_no += times
        one.save(update_fields=["balance", "last_no"])


def amounts(page: Statement) -> list[int]:
    return [line.amount for line in page.lines]


def numbers(page: Statement) -> list[int]:
    return [line.no for line in page.lines]
