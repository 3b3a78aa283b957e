"""What a file from the bank gives: lines, and what is wrong with lines that could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LineProblem(TextChoices):
    """Why a line was not taken in."""

    NOT_BOOKED = "not_booked", _("The bank has not booked this yet. It will be in a later statement.")
    BAD_DATE = "bad_date", _("The day of this line cannot be read.")
    BAD_AMOUNT = "bad_amount", _("The amount of this line cannot be read, or it is nought.")
    BAD_LINE = "bad_line", _("This line is not written as banks write them.")
    FOREIGN_CURRENCY = "foreign_currency", _("This line is in another currency than the coin is worth.")
    WRONG_ACCOUNT = "wrong_account", _("This line is of another bank account.")
    DOUBLED = "doubled", _("Another line in this file has the same number of the bank.")
    DIFFERS = "differs", _("A line with this number is here already, with another amount or day.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line: what came in (above nought) or went out, in cents. `no` is its place in the file, from 1.

    `account` is the IBAN of the statement that it stands in. `bank_id` is the number under which it is known: the
    bank's own, or one made of its content (see `gathering`).
    """

    no: int
    account: str
    bank_id: str
    booked_on: date
    amount: int
    currency: str
    name: str
    iban: str
    text: str
    end_to_end_id: str
    is_return: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    no: int
    code: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadStatement:
    """A whole file, with the bank accounts that it speaks of. `format` is a value of `BankFormat`."""

    format: str
    accounts: frozenset[str]
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
