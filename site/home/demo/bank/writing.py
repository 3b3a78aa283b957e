"""Writes a bank statement of lines, as a Dutch bank would: CAMT.053 or MT940."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

URN = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
FOLD = 65  # signs to a line of an MT940 description


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleLine:
    """One line of a statement, in cents: above nought what came in."""

    number: str
    booked_on: date
    amount: int
    name: str = ""
    iban: str = ""
    text: str = ""
    end_to_end_id: str = ""
    is_return: bool = False
    is_booked: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleStatement:
    """A statement: what was on the account before, and the lines of a day."""

    iban: str
    day: date
    lines: Sequence[SampleLine]
    opening: int = 0

    @property
    def closing(self) -> int:
        return self.opening + sum(line.amount for line in self.lines if line.is_booked)

    @property
    def number(self) -> str:
        return f"S{self.day:%Y%m%d}"


def camt053(statements: Iterable[SampleStatement], version: str = "02") -> bytes:
    """As XML, version "02" or "08"."""
    parts = "\n".join(_statement(one, version) for one in statements)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="{URN}{version}">\n<BkToCstmrStmt>\n'
        "<GrpHdr><MsgId>SAMPLE</MsgId><CreDtTm>2026-01-01T06:00:00</CreDtTm></GrpHdr>\n"
        f"{parts}\n</BkToCstmrStmt>\n</Document>\n"
    ).encode()


def mt940(statements: Iterable[SampleStatement]) -> bytes:
    """As text, in the words of ING."""
    return "".join(_message(one) for one in statements).encode()


def _statement(one: SampleStatement, version: str) -> str:
    entries = "\n".join(_entry(line, version) for line in one.lines)
    return (
        f"<Stmt><Id>{one.number}</Id><CreDtTm>{one.day}T06:00:00</CreDtTm>"
        f"<Acct><Id><IBAN>{one.iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
        f"{_camt_balance('OPBD', one.opening, one.day)}\n{_camt_balance('CLBD', one.closing, one.day)}\n"
        f"{entries}</Stmt>"
    )


def _camt_balance(kind: str, amount: int, day: date) -> str:
    written = f"{_sum(amount)}{_side(amount)}<Dt><Dt>{day}</Dt></Dt>"
    return f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{written}</Bal>"


def _entry(line: SampleLine, version: str) -> str:
    status = "BOOK" if line.is_booked else "PDNG"
    family = "RRTN" if line.is_return else "ESCT"
    return (
        f"<Ntry>{_sum(line.amount)}{_side(line.amount)}"
        f"<Sts>{status if version == '02' else f'<Cd>{status}</Cd>'}</Sts>"
        f"<BookgDt><Dt>{line.booked_on}</Dt></BookgDt><ValDt><Dt>{line.booked_on}</Dt></ValDt>"
        f"<AcctSvcrRef>{escape(line.number)}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>{family}</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls><TxDtls>{_details(line, version)}</TxDtls></NtryDtls></Ntry>"
    )


def _details(line: SampleLine, version: str) -> str:
    who = "Cdtr" if line.amount < 0 else "Dbtr"
    name = f"<Nm>{escape(line.name)}</Nm>"
    return (
        f"<Refs><EndToEndId>{escape(line.end_to_end_id) or 'NOTPROVIDED'}</EndToEndId></Refs>"
        f"<RltdPties><{who}>{name if version == '02' else f'<Pty>{name}</Pty>'}</{who}>"
        f"<{who}Acct><Id><IBAN>{line.iban}</IBAN></Id></{who}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{escape(line.text)}</Ustrd></RmtInf>"
    )


def _sum(amount: int) -> str:
    return f'<Amt Ccy="EUR">{_written(amount, ".")}</Amt>'


def _side(amount: int) -> str:
    return f"<CdtDbtInd>{'DBIT' if amount < 0 else 'CRDT'}</CdtDbtInd>"


def _written(amount: int, mark: str) -> str:
    whole, part = divmod(abs(amount), 100)
    return f"{whole}{mark}{part:02}"


def _message(one: SampleStatement) -> str:
    booked = [line for line in one.lines if line.is_booked]
    rows = [
        ":20:SAMPLE",
        f":25:{one.iban}EUR",
        ":28C:00000",
        f":60F:{_mt940_balance(one.opening, one.day)}",
        *(row for line in booked for row in _rows(line)),
        f":62F:{_mt940_balance(one.closing, one.day)}",
        "-",
    ]
    return "\r\n".join(rows) + "\r\n"


def _mt940_balance(amount: int, day: date) -> str:
    return f"{'D' if amount < 0 else 'C'}{day:%y%m%d}EUR{_written(amount, ',')}"


def _rows(line: SampleLine) -> list[str]:
    mark = "D" if line.amount < 0 else "C"
    words = f"/EREF/{line.end_to_end_id or 'NOTPROVIDED'}//CNTP/{line.iban}//{line.name}///REMI/USTD//{line.text}/"
    if line.is_return:
        words = f"/RTRN/AC04/{words}"
    number = line.number[-16:]
    first, *more = (words[start : start + FOLD] for start in range(0, len(words), FOLD))
    return [
        f":61:{line.booked_on:%y%m%d%m%d}{mark}{_written(line.amount, ',')}NTRF{number}//{number}",
        f":86:{first}",
        *more,
    ]
