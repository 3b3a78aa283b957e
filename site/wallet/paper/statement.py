"""A statement of a period on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.paper.sheet import Column, Sheet
from core.amounts import format_amount
from ledger.address import in_groups
from ledger.queries import Line
from wallet.bookings import Booking, booking
from wallet.queries.statements import Period

if TYPE_CHECKING:
    from ledger.models import Account


def statement_sheet(
    account: Account,
    *,
    holder: str,
    place: str,
    period: Period,
    balances: tuple[int, int],
    lines: Iterable[Line],
    language: str,
) -> bytes:
    """The PDF: whose account, which days, what there was (minor units), what came and went, what there is."""
    with translation.override(language):
        sheet = Sheet(title=_("Statement"), place=place, language=language)
        opening, closing = (format_amount(amount, language) for amount in balances)
        sheet.facts(
            [
                (_("Account of"), f"{holder}, {account.label}" if account.label else holder),
                (_("Address"), in_groups(account.address)),
                (_("Coin"), account.coin.name_plural),
                (_("Period"), _spoken(period)),
                (_("Balance before it"), opening),
                (_("Balance after it"), closing),
            ]
        )  # fmt: skip
        rows = [_row(booking(line), language) for line in lines]
        if rows:
            sheet.heading(_("In and out"))
            sheet.table(_columns(), rows)
        else:
            sheet.text(_("In this period nothing came in and nothing went out."))
        return sheet.bytes()


def _columns() -> list[Column]:
    return [
        (_("Day"), 1.25, "L"),
        (_("What for"), 4, "L"),
        (_("Receipt"), 1.5, "L"),
        (_("In or out"), 1.35, "R"),
        (_("Balance after"), 1.35, "R"),
    ]


def _row(booked: Booking, language: str) -> list[str]:
    line = booked.line
    sign = "+" if line.amount > 0 else ""
    said = "\n".join(dict.fromkeys(part for part in (booked.title, booked.who) if part))
    return [
        date_format(line.booked_on, "SHORT_DATE_FORMAT"),
        said,
        booked.number,
        sign + format_amount(line.amount, language),
        format_amount(line.balance, language),
    ]


def _spoken(period: Period) -> str:
    days = {"first": _day(period.from_on), "last": _day(period.until_on)}
    return _("%(first)s up to and including %(last)s") % days


def _day(day: date) -> str:
    return date_format(day, "j F Y")
