"""A statement as a file that spreadsheets open: amounts that they count with, and nothing that they run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.utils import translation
from django.utils.translation import gettext as _

from core.amounts import DECIMALS, marks
from ledger.address import in_groups
from ledger.queries import Line
from wallet.bookings import booking

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by which Excel knows that this is UTF-8
# A cell that begins so is a formula to a spreadsheet, wherever its words came from (OWASP, CSV injection).
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def written(lines: Iterable[Line], *, language: str) -> Iterator[str]:
    """The file piece by piece, in a language; its first line names the columns."""
    with translation.override(language):
        heads = [
            _("Day"), _("Receipt"), _("What"), _("What for"), _("With whom"), _("Address"), _("Label"), _("Amount"),
            _("Balance after"),
        ]  # fmt: skip
        yield BOM + _row(heads)
    for line in lines:
        with translation.override(language):
            yield _row(_cells(line, language))


def text_cell(text: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def number_cell(minor: int, language: str) -> str:
    """An amount as a spreadsheet in this language reads it: without marks between thousands."""
    whole, part = divmod(abs(minor), 10**DECIMALS)
    return f"{'-' if minor < 0 else ''}{whole}{marks(language)[0]}{part:0{DECIMALS}d}"


def _cells(line: Line, language: str) -> list[str]:
    booked = booking(line)
    words = (booked.kind, line.note, booked.who, in_groups(line.counterparty.address))
    return [
        line.booked_on.isoformat(),
        booked.number,
        *(text_cell(" ".join(one.split())) for one in words),
        str(line.label.label) if line.label else "",
        number_cell(line.amount, language),
        number_cell(line.balance, language),
    ]


def _row(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue()
