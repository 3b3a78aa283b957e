"""Statements of a period, whole: for a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.clock import day_of
from ledger.queries import Line, statement

if TYPE_CHECKING:
    from ledger.models import Account

AT_ONCE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Local days, both counted."""

    from_on: date
    until_on: date


def period_of(account: Account, from_on: date | None, until_on: date | None, today: date) -> Period:
    """The days that are meant: what is left open goes from when the account was opened until today."""
    until = until_on or today
    return Period(from_on=from_on or min(day_of(account.opened_at), until), until_on=until)


def lines_of(account: Account, period: Period) -> Iterator[Line]:
    """All bookings of a period, newest first, read piece by piece however many there are."""
    place: str | None = None
    while True:
        page = statement(
            account, before=place, from_on=period.from_on, until_on=period.until_on, limit=AT_ONCE
        )
        yield from page.lines
        place = page.next
        if place is None:
            return


def balances_of(account: Account, period: Period) -> tuple[int, int]:
    """What there was before the first day and after the last (minor units)."""
    page = statement(account, from_on=period.from_on, until_on=period.until_on, limit=1)
    return page.opening or 0, page.closing or 0
