"""A statement as a file that spreadsheets open: amounts that they count with, and nothing that they run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from core.spreadsheet import BOM, number_cell, text_cell, written_row
from ledger.address import in_groups
from ledger.queries import Line
from wallet.bookings import booking

__all__ = ["number_cell", "text_cell", "written"]


def written(lines: Iterable[Line], *, language: str) -> Iterator[str]:
    """The file piece by piece, in a language; its first line names the columns."""
    with translation.override(language):
        heads = [
            _("Day"), _("Receipt"), _("What"), _("What for"), _("With whom"), _("Address"), _("Label"), _("Amount"),
            _("Balance after"),
        ]  # fmt: skip
        yield BOM + written_row(heads)
    for line in lines:
        with translation.override(language):
            yield written_row(_cells(line, language))


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
