"""The file with which a bank is told to pay (ISO 20022, pain.001).

It is made from plain values: the same ones give the same file. Text is brought back to the signs that every bank takes
(EPC217-08, the SEPA character set).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import sepaxml
from django.utils import timezone
from text_unidecode import unidecode

LONGEST_NAME = 70
UNKNOWN = "NOTPROVIDED"
NOT_TAKEN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


class Unfit(ValueError):
    """What is to go into the file does not make a file that a bank takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Payer:
    name: str
    iban: str
    bic: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """One payment, in euro cents."""

    name: str
    iban: str
    amount: int
    end_to_end_id: str
    text: str


def payment_file(
    *,
    payer: Payer,
    orders: Iterable[Order],
    message_id: str,
    version: str,
    made_at: datetime,
    execute_on: date,
) -> bytes:
    """The file, checked against the schema of its version.

    :raises Unfit: without orders, or when the schema does not let it pass.
    """
    config: dict[str, Any] = {"name": tidy(payer.name), "IBAN": payer.iban, "currency": "EUR", "batch": True}
    if payer.bic:
        config["BIC"] = payer.bic
    file = _File(config, version, message_id, made_at)
    count = 0
    for order in orders:
        count += 1
        file.add_payment({
            "name": tidy(order.name), "IBAN": order.iban, "amount": order.amount, "execution_date": execute_on,
            "description": tidy(order.text), "endtoend_id": order.end_to_end_id,
        })  # fmt: skip
    if not count:
        raise Unfit
    made: bytes = file.export(validate=False)
    _validate(made, version)
    return made


def tidy(text: str) -> str:
    """What banks take of a text, on one line and at most 70 signs; no slash at either end, nor two together."""
    latin = NOT_TAKEN.sub(" ", unidecode(text.replace("&", "+")))
    flat = re.sub(r"/{2,}", "/", " ".join(latin.split())).strip("/ ")
    return flat[:LONGEST_NAME].rstrip("/ ") or UNKNOWN


class _File(sepaxml.SepaTransfer):  # type: ignore[misc]
    """With numbers and a moment that are told: sepaxml would draw fresh ones each time."""

    def __init__(self, config: dict[str, Any], version: str, message_id: str, made_at: datetime) -> None:
        self._told = (message_id, timezone.localtime(made_at).strftime("%Y-%m-%dT%H:%M:%S"))
        super().__init__(config, schema=version, clean=False)

    def _create_header(self) -> None:
        super()._create_header()
        self._say("GrpHdr/MsgId", self._told[0])
        self._say("GrpHdr/CreDtTm", self._told[1])

    def _finalize_batch(self) -> None:
        super()._finalize_batch()
        self._say("PmtInf/PmtInfId", self._told[0])
        self._say("PmtInf/BtchBookg", "false")  # each payment is a line of its own on the statement
        bank = self._find("PmtInf/DbtrAgt/FinInstnId")
        if not len(bank):
            other = ET.SubElement(ET.SubElement(bank, "Othr"), "Id")
            other.text = UNKNOWN

    def _say(self, path: str, text: str) -> None:
        self._find(path).text = text

    def _find(self, path: str) -> ET.Element:
        found: ET.Element = self._xml.find(f"CstmrCdtTrfInitn/{path}")
        return found


def _validate(made: bytes, version: str) -> None:
    import xmlschema

    try:
        _schema(version).validate(made.decode())
    except xmlschema.XMLSchemaValidationError as error:
        raise Unfit(error.reason) from error


@lru_cache
def _schema(version: str) -> Any:
    """Reading a schema takes half a second, so it is read once."""
    import xmlschema

    return xmlschema.XMLSchema(str(Path(sepaxml.__file__).parent / "schemas" / f"{version}.xsd"))
