"""What the processes of a race do: each takes plain values, and gives back what became of each thing it tried.

That is the number of what came about, or the code of the refusal, in the order in which it was tried. What goes wrong
without being refused (a deadlock, a locked database) ends the process, and the test shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from ledger import operations
from ledger.kinds import AccountKind, Label, TransferKind
from ledger.models import Account, Coin, Funding, Reservation, Transfer
from ledger.operations import Line
from ledger.refusals import LinesRefused
from people.models import Party
from tests.factories.ledger import AT, SYSTEM, key

Came = int | str


def came(operation: Callable[..., Any], **words: Any) -> Came:
    """What becomes of it when the system does this on the day of the tests."""
    try:
        done = operation(**{"actor": SYSTEM, "at": AT, **words})
    except Refusal as refusal:
        return refusal.code
    return int(done.pk)


def numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def acting(person: int | None) -> Actor:
    """This person, for its own party; nobody is the system."""
    if person is None:
        return SYSTEM
    party = Party.objects.get(pk=person)
    return Actor(user=None, person=party, principal=party)


# --- Payments ---------------------------------------------------------------------------------------------------


def pay(
    payer: int,
    payee: int,
    amount: int,
    name: str,
    times: int = 1,
    kind: str = TransferKind.PAYMENT,
    label: str = Label.NONE,
    actor: int | None = None,
    day_limit: int | None = None,
) -> list[Came]:
    """Pay an amount several times. `name` is what the keys are made from: "rent" gives "rent 0", "rent 1" and on."""
    words = {
        "payer": Account(pk=payer), "payee": Account(pk=payee), "amount": amount, "kind": kind, "label": label,
        "actor": acting(actor), "acted_by_day_limit": day_limit,
    }  # fmt: skip
    return [came(operations.transfer, key=key(f"{name} {time}"), **words) for time in range(times)]


def pay_each(payer: int, payees: str, amount: int, name: str) -> list[Came]:
    """Pay an amount to each of these accounts, once."""
    return [one for payee in numbers(payees) for one in pay(payer, payee, amount, f"{name} {payee}")]


def pay_in_a_ring(accounts: str, name: str, times: int) -> list[Came]:
    """Batches in which each of these accounts pays one to the next of them, and the last to the first."""
    ring = numbers(accounts)
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    return [
        _batch([_line(payer, payee, f"{name} {time} {payer}") for payer, payee in pairs])
        for time in range(times)
    ]


def pay_batches(payer: int, payee: int, names: str, times: int = 1, within: int = 0) -> list[Came]:
    """Batches from one account to another: in each a line for each of these names, in this order.

    They may be `within` a larger transaction.
    """
    with transaction.atomic() if within else nullcontext():
        return [
            _batch([_line(payer, payee, f"{name} {time}") for name in names.split(",")])
            for time in range(times)
        ]


def _line(payer: int, payee: int, name: str) -> Line:
    return Line(
        payer=Account(pk=payer), payee=Account(pk=payee), amount=1, kind=TransferKind.PAYMENT, key=key(name)
    )


def _batch(lines: list[Line]) -> Came:
    """The number of its first transfer, or what was wrong with its first wrong line."""
    try:
        return operations.transfer_many(lines=lines, actor=SYSTEM, at=AT)[0].pk
    except LinesRefused as refusal:
        return next(iter(refusal.lines.values())).code


def charge_back(transfer: int, name: str, amount: int | None = None) -> list[Came]:
    """Pay back this much of a transfer, or what is left of it."""
    original = Transfer.objects.get(pk=transfer)
    return [came(operations.charge_back, transfer=original, amount=amount, key=key(name))]


# --- Reservations -----------------------------------------------------------------------------------------------


def reserve(
    payer: int,
    payee: int,
    amount: int,
    name: str,
    until: str,
    times: int = 1,
    actor: int | None = None,
    day_limit: int | None = None,
) -> list[Came]:
    """Reserve an amount several times, for a payment."""
    words = {
        "payer": Account(pk=payer), "payee": Account(pk=payee), "amount": amount, "kind": TransferKind.PAYMENT,
        "expires_at": datetime.fromisoformat(until), "actor": acting(actor), "acted_by_day_limit": day_limit,
    }  # fmt: skip
    return [came(operations.reserve, key=key(f"{name} {time}"), **words) for time in range(times)]


def capture(reservations: str, name: str, amount: int | None = None) -> list[Came]:
    """Capture of each of these reservations this much, or what is left of it."""
    return [
        came(operations.capture, reservation=one, amount=amount, key=key(f"{name} {one.pk}"))
        for one in _rows(Reservation, reservations)
    ]


def release(reservations: str, name: str) -> list[Came]:
    return [
        came(operations.release, reservation=one, key=key(f"{name} {one.pk}"))
        for one in _rows(Reservation, reservations)
    ]


def expire(at: str, limit: int, times: int) -> list[Came]:
    """Have reservations expire, at most so many at a time. Gives how many did, each time."""
    moment = datetime.fromisoformat(at)
    return [operations.expire_reservations(at=moment, limit=limit) for _time in range(times)]


def _rows(model: Any, text: str) -> list[Any]:
    """In the order of these numbers, as they stand before the race."""
    found = model.objects.in_bulk(numbers(text))
    return [found[number] for number in numbers(text)]


# --- Money in and out -------------------------------------------------------------------------------------------


def receive(fundings: str, bank_lines: str, amount: int, name: str) -> list[Came]:
    """Book each of these lines of the bank as the money of the funding beside it."""
    return [
        came(
            operations.receive_funding,
            funding=one, amount=amount, bank_reference=line, key=key(f"{name} {one.pk} {line}"),
        )
        for one, line in zip(_rows(Funding, fundings), bank_lines.split(","), strict=True)
    ]  # fmt: skip


def redeem(reservations: str, bank_lines: str, to: int, name: str) -> list[Came]:
    """Pay out each of these reservations with the line of the bank beside it."""
    holder = Party.objects.get(pk=to)
    return [
        came(
            operations.redeem,
            reservation=one, to=holder, bank_reference=line, key=key(f"{name} {one.pk}"),
        )
        for one, line in zip(_rows(Reservation, reservations), bank_lines.split(","), strict=True)
    ]  # fmt: skip


def announce(coin: int, payee: int, name: str) -> list[Came]:
    """Announce 1.00 from the funder of a pot."""
    pot = Account.objects.select_related("funder").get(pk=payee)
    return [
        came(
            operations.announce_funding,
            coin=Coin.objects.get(pk=coin), funder=pot.funder, payee=pot, amount=1_00, expires_on=day_of(AT),
            key=key(name),
        )
    ]  # fmt: skip


def cancel(fundings: str) -> list[Came]:
    return [came(operations.cancel_funding, funding=one) for one in _rows(Funding, fundings)]


def give_back(funding: int, bank_line: str, name: str) -> list[Came]:
    """Pay a funding back to the funder."""
    (one,) = _rows(Funding, str(funding))
    return [came(operations.return_funding, funding=one, bank_reference=bank_line, key=key(name))]


# --- Accounts ---------------------------------------------------------------------------------------------------


def open_account(coin: int, holder: int, name: str) -> list[Came]:
    words = {
        "coin": Coin.objects.get(pk=coin), "kind": AccountKind.HOLDER, "holder": Party.objects.get(pk=holder),
        "holder_kind": "PERSON", "key": key(name),
    }  # fmt: skip
    return [came(operations.open_account, **words)]


def close(accounts: str) -> list[Came]:
    return [came(operations.close_account, account=one) for one in _rows(Account, accounts)]


def block(accounts: str) -> list[Came]:
    return [came(operations.block_account, account=one) for one in _rows(Account, accounts)]
