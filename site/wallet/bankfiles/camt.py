"""CAMT.053 (ISO 20022), versions .02 and .08, read piece by piece: nothing of the file stays but its lines.

No document type, no entities, no references to elsewhere: no bank sends them, and each is a way to do harm.
Fields: ISO 20022, camt.053.001.02 and .08; Betaalvereniging Nederland, Implementation Guidelines for the CAMT.053.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from wallet.bankfiles.gathering import Gathering, RawLine, Sum, cents, iban_of
from wallet.bankfiles.lines import ReadStatement
from wallet.bankfiles.refusals import DamagedFile, UnknownVersion, UnsafeFile

NAMESPACE = re.compile(r"\{(urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:02|08))\}Document")
DEEPEST = 40  # elements within each other; a statement has fifteen
MOST_AT_ONCE = 20_000  # elements kept at one moment; a line has a hundred

OPENING = ("OPBD", "PRCD")
CLOSING = ("CLBD",)
BOOKED = "BOOK"
# By which money comes back: returned by the other bank, or called back (ISO 20022, external code sets).
RETURNS = {"RRTN", "RPCR"}


def read_camt(content: bytes) -> ReadStatement:
    """:raises BankFileRefused: when the file is damaged, unsafe, another one, or does not add up."""
    try:
        return _Reader().read(content)
    except DefusedXmlException as error:
        raise UnsafeFile from error
    except (ParseError, ValueError, LookupError) as error:  # the last two: an encoding that nobody knows
        raise DamagedFile from error


@lru_cache(maxsize=500)
def _full(namespace: str, path: str) -> str:
    return "/".join(f"{{{namespace}}}{step}" for step in path.split("/"))


class _Part:
    """An element, of which is asked by the short names of what is in it."""

    def __init__(self, element: Element, namespace: str) -> None:
        self._element = element
        self._namespace = namespace

    def all(self, path: str) -> Iterator[_Part]:
        for found in self._element.findall(self._full(path)):
            yield _Part(found, self._namespace)

    def text(self, *paths: str) -> str:
        """What stands at the first of these places where something stands."""
        for path in paths:
            said = (self._element.findtext(self._full(path)) or "").strip()
            if said:
                return said
        return ""

    def has(self, path: str) -> bool:
        return self._element.find(self._full(path)) is not None

    def currency(self, path: str) -> str:
        found = self._element.find(self._full(path))
        return "" if found is None else found.get("Ccy", "")

    @property
    def own_text(self) -> str:
        return (self._element.text or "").strip()

    def _full(self, path: str) -> str:
        return _full(self._namespace, path)


class _Reader:
    """Goes through a file once. `_open` are the elements that we are within."""

    def __init__(self) -> None:
        self._lines = Gathering("CAMT053")
        self._open: list[Element] = []
        self._kept = 0
        self._kept_before: list[int] = []
        self._namespace = ""
        self._takers: dict[str, tuple[str, Callable[[_Part], None]]] = {}
        self._forget_statement()

    def read(self, content: bytes) -> ReadStatement:
        events = iterparse(
            io.BytesIO(content),
            events=("start", "end"),
            forbid_dtd=True,
            forbid_entities=True,
            forbid_external=True,
        )
        for event, element in events:
            if event == "start":
                self._enter(element)
            else:
                self._leave(element)
        return self._lines.result()

    def _enter(self, element: Element) -> None:
        if not self._open:
            found = NAMESPACE.fullmatch(element.tag)
            if not found:
                raise UnknownVersion
            self._namespace = found[1]
            self._takers = self._places()
        self._kept_before.append(self._kept)
        self._kept += 1
        self._open.append(element)
        if len(self._open) > DEEPEST or self._kept > MOST_AT_ONCE:
            raise DamagedFile
        if element.tag == _full(self._namespace, "Stmt"):
            self._forget_statement()

    def _leave(self, element: Element) -> None:
        self._open.pop()
        kept_before = self._kept_before.pop()
        where, take = self._takers.get(str(element.tag), ("", None))
        if take is None or not self._open or self._open[-1].tag != where:
            return
        take(_Part(element, self._namespace))
        self._open[-1].remove(element)  # the first of its kind that is still there: quick
        self._kept = kept_before

    def _places(self) -> dict[str, tuple[str, Callable[[_Part], None]]]:
        """What is read once it is complete, and within what: names such as Acct stand elsewhere too."""
        places = {
            "Acct": ("Stmt", self._take_account),
            "Bal": ("Stmt", self._take_balance),
            "Ntry": ("Stmt", self._take_entry),
            "TxDtls": ("NtryDtls", self._take_details),
            "Stmt": ("BkToCstmrStmt", self._end_statement),
        }
        space = self._namespace
        return {_full(space, name): (_full(space, where), take) for name, (where, take) in places.items()}

    def _forget_statement(self) -> None:
        self._account = ""
        self._currency = ""
        self._sum = Sum()
        self._details: list[RawLine] = []

    def _take_account(self, part: _Part) -> None:
        self._account = iban_of(part.text("Id/IBAN", "Id/Othr/Id"))
        self._currency = part.text("Ccy")
        self._lines.accounts.add(self._account)

    def _take_balance(self, part: _Part) -> None:
        amount = cents(part.text("Amt"))
        if amount is None:
            raise DamagedFile
        signed = -amount if part.text("CdtDbtInd") == "DBIT" else amount
        kind = part.text("Tp/CdOrPrtry/Cd")
        if kind in OPENING and (self._sum.opening is None or kind == OPENING[0]):
            self._sum.opening = signed
        elif kind in CLOSING:
            self._sum.closing = signed

    def _take_details(self, part: _Part) -> None:
        """One payment of an entry. Its amount may be missing; then the entry's counts, when it is alone."""
        paths = ("Amt", "AmtDtls/TxAmt/Amt")
        amount = part.text(*paths)
        side = part.text("CdtDbtInd")
        other = "Cdtr" if (side or self._side_of_entry()) == "DBIT" else "Dbtr"
        self._details.append(
            RawLine(
                account=self._account,
                number=part.text("Refs/AcctSvcrRef"),
                amount=amount,
                is_debit=side == "DBIT",
                currency=part.currency(paths[0]) or part.currency(paths[1]),
                name=part.text(
                    *(f"RltdPties/{who}" for who in (f"{other}/Nm", f"{other}/Pty/Nm", f"Ultmt{other}/Nm"))
                ),
                iban=part.text(f"RltdPties/{other}Acct/Id/IBAN", f"RltdPties/{other}Acct/Id/Othr/Id"),
                text=_words(part),
                end_to_end_id=part.text("Refs/EndToEndId"),
                is_return=_comes_back(part),
            )
        )

    def _side_of_entry(self) -> str:
        """Of the entry that we are within: CdtDbtInd stands before the details."""
        for element in reversed(self._open):
            if element.tag == _full(self._namespace, "Ntry"):
                return _Part(element, self._namespace).text("CdtDbtInd")
        return ""

    def _take_entry(self, part: _Part) -> None:
        details, self._details = self._details, []
        whole = RawLine(
            account=self._account,
            number=part.text("AcctSvcrRef"),
            day=part.text("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"),
            amount=part.text("Amt"),
            is_debit=part.text("CdtDbtInd") == "DBIT",
            currency=part.currency("Amt") or self._currency,
            is_return=part.text("RvslInd") in {"true", "1"} or _comes_back(part),
            is_booked=part.text("Sts/Cd", "Sts") == BOOKED,
        )
        if whole.is_booked:
            self._sum.line(self._amount_of(whole))
        for raw in _lines_of(part, whole, details):
            self._lines.add(raw)

    def _amount_of(self, whole: RawLine) -> int | None:
        amount = cents(whole.amount)
        if amount is None or (self._currency and whole.currency != self._currency):
            return None
        return -amount if whole.is_debit else amount

    def _end_statement(self, _part: _Part) -> None:
        self._sum.check()


def _lines_of(part: _Part, whole: RawLine, details: list[RawLine]) -> Iterator[RawLine]:
    """A line for each payment of an entry when their amounts are given and add up to it, otherwise one for all."""
    if len(details) > 1 and _add_up(details, whole):
        for index, one in enumerate(details, start=1):
            number = f"{whole.number}/{index}" if whole.number else one.number
            yield _detailed(whole, one, number=number, amount=one.amount)
    elif len(details) == 1:
        (one,) = details
        text = one.text or part.text("AddtlNtryInf")
        yield _detailed(whole, one, number=whole.number or one.number, text=text)
    else:
        said = [*(one.own_text for path in BATCH for one in part.all(path)), part.text("AddtlNtryInf")]
        yield replace(whole, text=" ".join(word for word in said if word))


# By these a line for a whole file of payments names the file.
BATCH = ("NtryDtls/Btch/MsgId", "NtryDtls/Btch/PmtInfId")


def _detailed(whole: RawLine, one: RawLine, *, number: str, amount: str = "", text: str = "") -> RawLine:
    """A payment, with what is said of the entry that it stands in."""
    return replace(
        whole, number=number, amount=amount or whole.amount, text=text or one.text, name=one.name, iban=one.iban,
        end_to_end_id=one.end_to_end_id, is_return=whole.is_return or one.is_return,
    )  # fmt: skip


def _add_up(details: list[RawLine], whole: RawLine) -> bool:
    amounts = [cents(one.amount) for one in details if one.currency == whole.currency]
    known = [one for one in amounts if one is not None]
    return len(known) == len(details) and sum(known) == cents(whole.amount)


def _words(part: _Part) -> str:
    """What the payer wrote: a structured reference first, since long texts are cut at the end."""
    said = [one.own_text for one in part.all("RmtInf/Strd/CdtrRefInf/Ref")]
    said += [one.own_text for one in part.all("RmtInf/Ustrd")]
    said += [one.own_text for one in part.all("RmtInf/Strd/AddtlRmtInf")]
    words = [word for word in said if word]
    return "\n".join(words) or part.text("AddtlTxInf")


def _comes_back(part: _Part) -> bool:
    return part.has("RtrInf") or part.text("BkTxCd/Domn/Fmly/SubFmlyCd") in RETURNS
