"""The files of `tests/data/bank`, and files written for one test."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from home.demo.bank.writing import SampleLine, SampleStatement, camt053, mt940

FOLDER = Path(__file__).parents[2] / "data" / "bank"
IBAN = "NL91ABNA0417164300"
OTHER_IBAN = "NL02ABNA0123456789"
DAY = date(2026, 11, 22)
ALL = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".md")


def sample(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def line(number: str, amount: int, text: str = "", **more: Any) -> SampleLine:
    words = {"booked_on": DAY, "name": "Gemeente Dijkstad", "iban": OTHER_IBAN, **more}
    return SampleLine(number=number, amount=amount, text=text, **words)


def camt(*lines: SampleLine, iban: str = IBAN, version: str = "02", opening: int = 100_00) -> bytes:
    return camt053([SampleStatement(iban=iban, day=DAY, lines=lines, opening=opening)], version)


def swift(*lines: SampleLine, iban: str = IBAN, opening: int = 100_00) -> bytes:
    return mt940([SampleStatement(iban=iban, day=DAY, lines=lines, opening=opening)])
