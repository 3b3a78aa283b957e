"""What the readers of both formats have in common: each line is judged and numbered here, each statement added up.

A line is known by the bank's own number. Where the bank gives none, one is made of what the line says and its place
among those that say exactly the same, in that file: so the same day downloaded again gives the same numbers. Two
things follow from that. A file must hold whole days (banks make them so): of two equal lines of one day in two files
the second counts as the first. And a day downloaded in both formats gives two numbers for one line, as the formats do
not say the same words; a funding or a payout is booked once all the same, and the second line stays on the list of open
lines.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from wallet.bankfiles.lines import Entry, LineProblem, Problem, ReadStatement
from wallet.bankfiles.refusals import DoesNotAddUp, TooManyLines

MOST_LINES = 100_000
LONGEST_NUMBER = 60
LONGEST_NAME = 140
LONGEST_TEXT = 500
LONGEST_REFERENCE = 35
LONGEST_DETAIL = 200
LARGEST = 10**14  # cents: beyond this no amount is real

AMOUNT = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]{0,5}))?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
UNSAID = {"NOTPROVIDED", "NONREF"}


@dataclass(frozen=True, kw_only=True, slots=True)
class RawLine:
    """A line as the file has it, in words."""

    account: str
    number: str = ""
    day: str = ""
    amount: str = ""
    is_debit: bool = False
    currency: str = ""
    name: str = ""
    iban: str = ""
    text: str = ""
    end_to_end_id: str = ""
    is_return: bool = False
    is_booked: bool = True


def cents(written: str) -> int | None:
    """Read "12.50", "12,5" or "12": whole cents, without a float on the way. None when it cannot be one."""
    found = AMOUNT.fullmatch(written.strip())
    if not found:
        return None
    whole, part = found[1], found[2] or ""
    if part[2:].strip("0"):
        return None  # a part of a cent
    amount = int(whole) * 100 + int(part[:2].ljust(2, "0"))
    return amount if amount < LARGEST else None


def day_of(written: str) -> date | None:
    """Read "2026-11-22", with or without a time behind it. None when there is no such day."""
    found = DAY.match(written.strip())
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def plain(written: str, longest: int) -> str:
    """On one line, without signs that cannot be seen or stored, and no longer than its column."""
    kept = (
        written if written.isprintable() else "".join(sign if sign.isprintable() else " " for sign in written)
    )
    return " ".join(kept.split())[:longest].rstrip()


def iban_of(written: str) -> str:
    """As it is stored: capitals and figures only."""
    return "".join(sign for sign in written.upper() if sign.isascii() and sign.isalnum())[:34]


class Gathering:
    """The lines of one file, as they are read one after the other."""

    def __init__(self, format_: str) -> None:
        self.format = format_
        self.accounts: set[str] = set()
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self._no = 0
        self._numbers: set[tuple[str, str]] = set()
        self._equals: Counter[tuple[str, str]] = Counter()

    def add(self, raw: RawLine) -> None:
        """Take in a line, or write down what is wrong with it.

        :raises TooManyLines: when there have been too many already.
        """
        self._next()
        amount, booked_on = cents(raw.amount), day_of(raw.day)
        if not raw.is_booked:
            self._wrong(LineProblem.NOT_BOOKED, raw)
        elif not amount:
            self._wrong(LineProblem.BAD_AMOUNT, raw)
        elif booked_on is None:
            self._wrong(LineProblem.BAD_DATE, raw)
        else:
            self._take(raw, -amount if raw.is_debit else amount, booked_on)

    def broken(self, written: str) -> None:
        """Write down that there is a line here that cannot be read at all."""
        self._next()
        self._problem(LineProblem.BAD_LINE, written)

    def result(self) -> ReadStatement:
        return ReadStatement(
            format=self.format,
            accounts=frozenset(self.accounts),
            entries=self.entries,
            problems=self.problems,
        )

    def _next(self) -> None:
        self._no += 1
        if self._no > MOST_LINES:
            raise TooManyLines(most=MOST_LINES)

    def _take(self, raw: RawLine, amount: int, booked_on: date) -> None:
        said = {
            "name": plain(raw.name, LONGEST_NAME),
            "iban": iban_of(raw.iban),
            "text": plain(raw.text, LONGEST_TEXT),
            "end_to_end_id": _reference(raw.end_to_end_id),
        }
        number = plain(raw.number, 10 * LONGEST_NUMBER)
        if number in UNSAID or not number:
            number = self._made_number(
                raw.account, (str(booked_on), str(amount), raw.currency, *said.values())
            )
        elif len(number) > LONGEST_NUMBER:
            number = f"L{_digest(number)}"
        if (raw.account, number) in self._numbers:
            self._wrong(LineProblem.DOUBLED, raw)
            return
        self._numbers.add((raw.account, number))
        self.entries.append(Entry(
            no=self._no, account=raw.account, bank_id=number, booked_on=booked_on, amount=amount,
            currency=raw.currency.upper(), is_return=raw.is_return, **said,
        ))  # fmt: skip

    def _made_number(self, account: str, said: tuple[str, ...]) -> str:
        digest = _digest("\x1f".join(said))
        self._equals[account, digest] += 1
        return f"C{digest}-{self._equals[account, digest]}"

    def _wrong(self, code: LineProblem, raw: RawLine) -> None:
        parts = (
            raw.day,
            raw.amount and f"{'-' if raw.is_debit else ''}{raw.amount} {raw.currency}",
            raw.number,
        )
        self._problem(code, " · ".join(part for part in parts if part))

    def _problem(self, code: LineProblem, detail: str) -> None:
        self.problems.append(Problem(no=self._no, code=code.value, detail=plain(detail, LONGEST_DETAIL)))


class Sum:
    """Adds up one statement: opening balance and lines make the closing balance, or the file is not what it was."""

    def __init__(self) -> None:
        self.opening: int | None = None
        self.closing: int | None = None
        self._lines = 0
        self._is_sure = True

    def line(self, amount: int | None) -> None:
        """A line that was booked; None for one whose amount is not known, after which nothing can be said."""
        if amount is None:
            self._is_sure = False
        else:
            self._lines += amount

    def check(self) -> None:
        """:raises DoesNotAddUp: when both balances are there and something is missing between them, or too much."""
        if self.opening is None or self.closing is None or not self._is_sure:
            return
        if self.opening + self._lines != self.closing:
            raise DoesNotAddUp


def _reference(written: str) -> str:
    tidy = plain(written, LONGEST_REFERENCE)
    return "" if tidy.upper() in UNSAID else tidy


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32].upper()
