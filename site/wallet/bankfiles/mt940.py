"""MT940 as ING, Rabobank and ABN AMRO write it. The grammar of a field is the mt-940 library's; a line that does not
follow it is a problem of that line, and not of the file.

Fields: SWIFT MT940; ING, "Description MT940 Structured"; Rabobank, "Formatbeschrijving SWIFT MT940 Structured"; ABN
AMRO, "MT940 format" (structured :86: with /TRTP/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import DecimalException

from mt940 import tags
from mt940.models import Transactions

from wallet.bankfiles.details import Details, details_of
from wallet.bankfiles.gathering import Gathering, RawLine, Sum, cents, iban_of
from wallet.bankfiles.lines import ReadStatement
from wallet.bankfiles.refusals import DamagedFile, UnfinishedStatement

FIELD = re.compile(r"^:([0-9]{2}[A-Z]?):", re.MULTILINE)
END = re.compile(r"^-(?:\}.*)?[ \x00\x1a]*$", re.MULTILINE)
CURRENCY_BEHIND = re.compile(r"\s*[A-Z]{3}$")
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
MINUSES = {"D", "RC"}  # money that goes out: a debit, and a credit that is undone
RETURNS = {"RC", "RD"}

STATEMENT, OPENING, CLOSING = tags.Statement(), tags.FinalOpeningBalance(), tags.FinalClosingBalance()


def looks_like_mt940(text: str) -> bool:
    return {"20", "25"} <= {found[1] for found in FIELD.finditer(text[:4000])}


def read_mt940(text: str) -> ReadStatement:
    """:raises BankFileRefused: when a statement in it is not complete, not readable or does not add up."""
    lines = Gathering("MT940")
    block: _Block | None = None
    for name, value in _fields(text):
        if name == "20":
            if block:
                block.end()
            block = _Block(lines)
        elif block:
            block.take(name, value)
    if block:
        block.end()
    return lines.result()


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Each field with all its lines. Behind the line that ends a message stand the bank's own words about the next."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n")
    found = list(FIELD.finditer(tidy))
    ends = [one.start() for one in found[1:]] + [len(tidy)]
    for one, end in zip(found, ends, strict=True):
        value = tidy[one.end() : end]
        yield one[1], END.split(value, maxsplit=1)[0].strip("\n\x00\x1a ")


class _Block:
    """One statement of the file: from :20: to its closing balance."""

    def __init__(self, lines: Gathering) -> None:
        self._lines = lines
        self._account = ""
        self._currency = ""
        self._sum = Sum()
        self._line = ""
        self._details = ""

    def take(self, name: str, value: str) -> None:
        if name == "86":
            self._details = f"{self._details}\n{value}" if self._details else value
            return
        self._end_line()
        if name == "25":
            self._account = _account(value)
            self._lines.accounts.add(self._account)
        elif name in {"60F", "60M"}:
            self._sum.opening = self._balance(OPENING, value)
        elif name in {"62F", "62M"}:
            self._sum.closing = self._balance(CLOSING, value)
        elif name == "61":
            self._line = value

    def end(self) -> None:
        """:raises BankFileRefused: when the closing balance is not there, or is another."""
        self._end_line()
        if self._sum.opening is None or self._sum.closing is None:
            raise UnfinishedStatement
        self._sum.check()

    def _balance(self, tag: tags.Tag, value: str) -> int:
        found = tag.re.fullmatch(value)
        amount = cents(found["amount"]) if found and found["amount"] else None
        if found is None or amount is None:
            raise DamagedFile
        self._currency = found["currency"].upper()
        return -amount if found["status"].upper() == "D" else amount

    def _end_line(self) -> None:
        """The field before was a line, or words about one: what there is of it is complete now."""
        written, said = self._line, self._details
        self._line = self._details = ""
        if not written:
            return
        found = STATEMENT.re.match(written)
        if found is None:
            self._sum.line(None)
            self._lines.broken(written)
            return
        fields = found.groupdict()
        mark = fields["status"].upper()
        amount = cents(fields["amount"])
        self._sum.line(amount if amount is None or mark not in MINUSES else -amount)
        self._lines.add(self._raw(fields, mark, details_of(said)))

    def _raw(self, fields: dict[str, str | None], mark: str, details: Details) -> RawLine:
        day, under = _day(fields), (fields["extra_details"] or "").strip()
        number = (fields["bank_reference"] or "").strip()
        is_iban = IBAN.fullmatch(under.replace(" ", ""))
        return RawLine(
            account=self._account,
            # Banks begin anew with these, so they say which line only together with the day.
            number=f"{day}:{number}" if number and number != "NONREF" else "",
            day=day,
            amount=fields["amount"] or "",
            is_debit=mark in MINUSES,
            currency=self._currency,
            name=details.name,
            iban=details.iban or (under if is_iban else ""),
            text=details.text,
            end_to_end_id=details.end_to_end_id,
            is_return=mark in RETURNS or details.is_return,
        )


def _day(fields: dict[str, str | None]) -> str:
    """The day on which it was booked; empty when there is no such day."""
    try:
        read = STATEMENT(Transactions(), {**fields, "amount": "0"})
    except (ValueError, DecimalException):
        return ""
    return str(
        read.get("entry_date") if fields["entry_day"] and fields["entry_day"].strip() else read["date"]
    )


def _account(value: str) -> str:
    """The IBAN, behind which some banks write the currency."""
    tidy = iban_of(value.partition("\n")[0])
    without = CURRENCY_BEHIND.sub("", tidy)
    return without if IBAN.fullmatch(without) else tidy
