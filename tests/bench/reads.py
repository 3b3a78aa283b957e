"""How long it takes to read: the balance of the busiest account, and pages of its statement."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

from django.db import connection

from ledger.models import Account
from ledger.queries import balance_of, statement
from tests.bench.world import HOLDER_KIND

# A month in the middle of what `history` writes.
FROM_ON, UNTIL_ON = date(2024, 11, 1), date(2024, 11, 30)


class Watch:
    """How much of the time went by in the database."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.seconds += time.perf_counter() - start


def questions(shop: Account) -> dict[str, Callable[[], Any]]:
    """What is asked, of an account that a tenth of all transfers is on."""
    deep = str(max(shop.last_no // 10, 60))
    return {
        "balance": lambda: balance_of(shop),
        "first page": lambda: statement(shop),
        "deep page": lambda: statement(shop, before=deep),
        "a month": lambda: statement(shop, from_on=FROM_ON, until_on=UNTIL_ON),
        "a search": lambda: statement(shop, search="milk"),
    }


def run(count: int) -> dict[str, dict[str, float]]:
    """Ask everything so often, one after the other. Milliseconds: the median, the slowest, and within the database."""
    shop = Account.objects.filter(holder_kind=HOLDER_KIND).order_by("pk")[0]
    asked = questions(shop)
    for question in asked.values():
        question()
    return {name: _time(question, count) for name, question in asked.items()}


def _time(question: Callable[[], Any], count: int) -> dict[str, float]:
    totals, within = [], []
    for _ in range(count):
        watch = Watch()
        with connection.execute_wrapper(watch):
            start = time.perf_counter()
            question()
            totals.append(time.perf_counter() - start)
        within.append(watch.seconds)
    return {
        "median": round(median(totals) * 1000, 3),
        "slowest": round(max(totals) * 1000, 3),
        "database": round(median(within) * 1000, 3),
    }
