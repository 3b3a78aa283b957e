"""Cells of files that spreadsheets open: amounts that they count with, and nothing that they run."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from core.amounts import DECIMALS, marks

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by which Excel knows that this is UTF-8
# A cell that begins so is a formula to a spreadsheet, wherever its words came from (OWASP, CSV injection).
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def text_cell(text: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def number_cell(minor: int, language: str) -> str:
    """An amount as a spreadsheet in this language reads it: without marks between thousands."""
    whole, part = divmod(abs(minor), 10**DECIMALS)
    return f"{'-' if minor < 0 else ''}{whole}{marks(language)[0]}{part:0{DECIMALS}d}"


def written_row(cells: Sequence[str]) -> str:
    """One line of the file."""
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue()
