"""The published figures of a vote as a file for spreadsheets: one figure a line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

COLUMNS = ("part", "stage", "option", "name", "figure", "value")
# A cell that begins so is a formula to a spreadsheet, wherever its words came from (OWASP, CSV injection).
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Json = dict[str, Any]
# Part, stage, option, figure and value.
Line = tuple[str, Any, str, str, Any]


def write(found: Json) -> str:
    """The file, of what `results.published` gives: its sheet, or its outcome alone."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for part, stage, option, figure, value in _lines(found.get("sheet", found)):
        name = found["labels"].get(option, "")
        writer.writerow([part, stage, option, _cell(name), figure, _cell(value)])
    return out.getvalue()


def _lines(sheet: Json) -> Iterator[Line]:
    for name, value in sheet.items():
        if not isinstance(value, dict | list):
            yield "totals", "", "", name, value
    yield from (("channels", "", "", name, number) for name, number in sheet.get("channels", {}).items())
    for one in sheet.get("options", []):
        key = str(one.get("option", one.get("amount")))
        yield from (("options", "", key, *cell) for cell in _flat(one, besides=("option",)))
    yield from (("median", "", "", *cell) for cell in _flat(sheet.get("median") or {}))
    yield from _rounds(sheet)
    yield from _sums(sheet.get("quorums", {}))
    for place, one in enumerate(sheet.get("draws", []), 1):
        yield from (("draws", place, "", *cell) for cell in _flat(one))
    yield from _outcome(sheet["outcome"])


def _rounds(sheet: Json) -> Iterator[Line]:
    for one in sheet.get("rounds", []):
        for option, number in one["votes"].items():
            yield from (("rounds", one["stage"], option, *cell) for cell in _flat({"votes": number}))
        yield from (("rounds", one["stage"], "", *cell) for cell in _flat(one, besides=("votes", "stage")))


def _sums(quorums: Json) -> Iterator[Line]:
    yield from (("turnout", "", "", *cell) for cell in _flat(quorums.get("turnout", {})))
    for one in quorums.get("options", []):
        yield from (("sums", "", one["option"], *cell) for cell in _flat(one, besides=("option",)))


def _outcome(outcome: Json) -> Iterator[Line]:
    """Of a list each gets a line, with its place in it."""
    for name, value in outcome.items():
        if isinstance(value, list):
            yield from (("outcome", "", option, name, place) for place, option in enumerate(value, 1))
        else:
            yield "outcome", "", "", name, value


def _flat(value: Any, path: str = "", besides: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """The single values within an object, each with the way that leads to it: "votes.exact"."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in besides:
                yield from _flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        yield path, " ".join(str(one) for one in value)
    else:
        yield path, value


def _cell(value: Any) -> Any:
    """Words that no spreadsheet takes for a formula; true and false as JSON has them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value
