"""What somebody received in a year, on paper: for their own records, a tax return, or whoever asks for it."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.paper.sheet import Column, Sheet
from core.amounts import format_amount
from ledger.receipts import receipt_number
from marketplace.queries.earning import Line, Part, YearStatement


def year_statement_sheet(statement: YearStatement, *, name: str, language: str, on: date) -> bytes:
    """The PDF: whose year, all in sum, and under each label for whom, in which months, and each payment. `on` is the
    day on which it was made: a year that is not over goes on."""
    with translation.override(language):
        sheet = Sheet(
            title=_("What you received in %(year)s") % {"year": statement.year}, place=name, language=language
        )
        sheet.facts(
            [
                (_("Name"), name),
                (_("Year"), str(statement.year)),
                (_("Made on"), date_format(on, "j F Y")),
                (_("Together"), format_amount(statement.total, language)),
            ]
        )
        if not statement.parts:
            sheet.text(_("In this year you received nothing."))
        else:
            sheet.text(_("Each coin is worth one euro. What was paid back is left out."))
        for part in statement.parts:
            _put(sheet, part, language)
        return sheet.bytes()


def _put(sheet: Sheet, part: Part, language: str) -> None:
    sheet.heading(str(capfirst(part.label.label)))
    sheet.facts(
        [(_("Together"), format_amount(part.total, language))]
        + [(coins.name, format_amount(coins.amount, language)) for coins in part.coins]
    )
    amount: Column = (_("Amount"), 1, "R")
    sheet.table(
        [(_("From whom"), 3, "L"), amount],
        [(one.name, format_amount(one.amount, language)) for one in part.organisations],
    )
    sheet.table(
        [(_("Month"), 3, "L"), amount],
        [
            (capfirst(date_format(one.month, "F Y")), format_amount(one.amount, language))
            for one in part.months
        ],
    )
    sheet.table(
        [
            (_("Day"), 1.25, "L"), (_("What for"), 4, "L"), (_("Receipt"), 1.5, "L"), (_("Coin"), 1.5, "L"),
            (_("Amount"), 1.25, "R"),
        ],
        [_row(line, language) for line in part.lines],
    )  # fmt: skip


def _row(line: Line, language: str) -> list[str]:
    one = line.earned
    said = [one.note, line.organiser, _("paid by %(name)s") % {"name": line.payer} if line.payer else ""]
    return [
        date_format(one.booked_on, "SHORT_DATE_FORMAT"),
        "\n".join(part for part in said if part),
        receipt_number(one.transfer_id),
        one.coin.name_plural,
        format_amount(one.amount, language),
    ]
