"""A process that books one thing after the other, says before and after each which one, and is killed sooner or later.

Everything it books has a number, and the number says what it is and which keys it has. So whoever comes next knows
where to go on, and the test knows what must be there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import OperationalError, close_old_connections, connection, transaction

from core.clock import day_of
from ledger import operations
from ledger.kinds import TransferKind
from ledger.models import Account, BankEntry, Funding, Transfer
from ledger.operations import Line
from tests.factories.ledger import AT, SYSTEM, key
from tests.racer import hear, say

DOOR = 1  # the number of the lock that each process keeps to itself on PostgreSQL


def book_on(name: str, begin: int, stop: str = "") -> None:
    """Book from this number on, without end; or stop at the first one, before its COMMIT or after it, to be killed."""
    keep_the_door()
    for number in count(begin):
        say(f"calling {number}")
        if stop:
            _book_and_stop(name, number, stop)
        book(name, number)
        say(f"returned {number}")


def keep_the_door() -> None:
    """PostgreSQL does not notice at once that a process is gone: whoever can take this lock knows that it has."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET client_connection_check_interval = '10ms'")
            cursor.execute("SELECT pg_advisory_lock_shared(%s)", [DOOR])


def _book_and_stop(name: str, number: int, where: str) -> None:
    with transaction.atomic():
        if where == "after":
            transaction.on_commit(_stop)
        book(name, number)
        if where == "before":
            _stop()


def book_once(name: str, number: int, stop_before: int) -> None:
    """Book one thing, and stop before the so many-th statement of it to be killed; get through when there is none."""
    keep_the_door()
    statements = count(1)

    def look() -> None:
        if next(statements) == stop_before:
            _stop()

    def execute(go_on: Callable[..., Any], *statement: Any) -> Any:
        look()
        return go_on(*statement)

    if (
        connection.vendor == "sqlite"
    ):  # the ledger speaks to it past Django, so it is SQLite itself that tells
        connection.connection.set_trace_callback(lambda _statement: look())
        book(name, number)
    else:
        with connection.execute_wrapper(execute):
            book(name, number)
    say("returned")


def _stop() -> None:
    say("stopped")
    hear()


def book_through_crashes(name: str) -> None:
    """Book without end. When the server is gone: say so, wait until it is back, and do the same once more."""
    number = 0
    while True:
        say(f"calling {number}")
        try:
            book(name, number)
        except OperationalError:
            say(f"lost {number}")
            close_old_connections()  # as at the end of a request
            hear()
        else:
            say(f"returned {number}")
            number += 1


# --- What is booked ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to book. `book` is told its name, and so is `rows`, which counts what there is of it: `whole` of them
    when it is booked, among them transfers of these `kinds`.
    """

    book: Callable[[str], object]
    rows: Callable[[str], int]
    whole: int
    kinds: tuple[str, ...]


def book(name: str, number: int) -> None:
    """Harmless to repeat."""
    _way(number).book(f"{name} {number}")


def is_booked(name: str, number: int) -> bool:
    """Whether it is there: all of it.

    :raises AssertionError: when a part of it is.
    """
    way = _way(number)
    rows = way.rows(f"{name} {number}")
    assert rows in {0, way.whole}, f"Of {name} {number} there are {rows} of {way.whole} rows."
    return rows == way.whole


def booked() -> Counter[str]:
    """How many transfers there are of each kind."""
    return Counter(Transfer.objects.values_list("kind", flat=True))


def expected(last: int) -> Counter[str]:
    """How many of each kind there must be when everything up to this number was booked once."""
    numbers = range(last + 1)
    return Counter(kind for number in numbers for kind in _way(number).kinds)


def _way(number: int) -> Way:
    return WAYS[number % len(WAYS)]


def _account(label: str) -> Account:
    return Account.objects.get(label=label)


def _pay(name: str) -> None:
    operations.transfer(
        payer=_account("Ann"), payee=_account("Ben"), amount=1, kind=TransferKind.PAYMENT, key=key(name), note=name,
        actor=SYSTEM, at=AT,
    )  # fmt: skip


def _rows_of_a_payment(name: str) -> int:
    return Transfer.objects.filter(key=key(name), note__text=name).count()


RING = ("Ann", "Ben", "Cas", "Shop", "Pot")


def _pay_in_a_ring(name: str) -> None:
    """A batch in which each account stands twice."""
    ring = [_account(label) for label in RING]
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    lines = [
        Line(payer=payer, payee=payee, amount=1, kind=TransferKind.LEVY, key=key(f"{name} {payer.label}"), note=name)
        for payer, payee in pairs
    ]  # fmt: skip
    operations.transfer_many(lines=lines, actor=SYSTEM, at=AT)


def _rows_of_a_ring(name: str) -> int:
    keys = [key(f"{name} {label}") for label in RING]
    return Transfer.objects.filter(key__in=keys, note__text=name).count()


def _receive(name: str) -> None:
    """Money from the bank: a leg in euros, one in coins, the bank's line, and what was announced is received."""
    pot = _account("Pot")
    assert pot.funder is not None
    funding = operations.announce_funding(
        coin=pot.coin, funder=pot.funder, payee=pot, amount=1, expires_on=day_of(AT), key=key(f"{name} announced"),
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    operations.receive_funding(
        funding=funding, amount=1, bank_reference=name, key=key(name), actor=SYSTEM, at=AT
    )


def _rows_of_money(name: str) -> int:
    lines = BankEntry.objects.filter(reference=name)
    legs = (
        Transfer.objects.filter(key=key(name)).count() + Transfer.objects.filter(bank_entry__in=lines).count()
    )
    return (
        legs + lines.count() + Funding.objects.filter(key=key(f"{name} announced"), issued__in=lines).count()
    )


WAYS = (
    Way(_pay, _rows_of_a_payment, whole=1, kinds=(TransferKind.PAYMENT,)),
    Way(_pay_in_a_ring, _rows_of_a_ring, whole=5, kinds=(TransferKind.LEVY,) * 5),
    Way(_receive, _rows_of_money, whole=4, kinds=(TransferKind.ISSUE,) * 2),
)
