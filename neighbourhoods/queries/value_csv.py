"""What is published of a value decision as files for spreadsheets: one figure a line, out of the same JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import StringIO
from typing import Any

from core.amounts import plain_amount
from neighbourhoods.queries.result_csv import STARTS_A_FORMULA

COLUMNS = ("part", "number", "figure", "value")
MODERATION = ("reaction", "reacted_at", "deed", "at", "reason")
# All ballots one by one: they are in the JSON, and in a file of their own beside the result.
TOO_LONG = frozenset({"input", "result_amounts_in"})
# Amounts in a result, which counts in whole numbers: here they are written out as all others are.
AMOUNTS = frozenset({"amount", "present", "middle"})

Json = dict[str, Any]
Line = tuple[str, int | str, str, Any]


def write(found: Json) -> str:
    """The file, of what `value_json.as_json` gives."""
    return _file(COLUMNS, _lines(found))


def write_moderation(found: Sequence[Json]) -> str:
    """What the board hid and why, of what `value_json.moderation_as_json` gives."""
    return _file(MODERATION, ([one[name] for name in MODERATION] for one in found))


def _file(columns: Sequence[str], lines: Iterable[Iterable[Any]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return out.getvalue()


def _lines(found: Json) -> Iterator[Line]:
    """Of a list each thing has its number, counted from 1."""
    for part, value in found.items():
        write = partial(_written_out, decimals=found["decimals"]) if part == "votes" else _as_it_is
        if isinstance(value, list):
            for number, one in enumerate(value, 1):
                yield from ((part, number, figure, write(figure, inner)) for figure, inner in _flat(one))
        elif isinstance(value, dict):
            yield from ((part, "", figure, inner) for figure, inner in _flat(value))
        else:
            yield "decision", "", part, value


def _as_it_is(figure: str, value: Any) -> Any:
    return value


def _written_out(figure: str, value: Any, *, decimals: int) -> Any:
    is_counted = figure.startswith("result.") and figure.rpartition(".")[2] in AMOUNTS
    return plain_amount(value, decimals) if is_counted else value


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The single values within an object, each with the way that leads to it: "result.sheet.cast", "named.1.vote"."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in TOO_LONG:
                yield from _flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        for number, inner in enumerate(value, 1):
            yield from _flat(inner, f"{path}.{number}" if path else str(number))
    elif isinstance(value, list):
        yield path, " ".join(str(one) for one in value)
    else:
        yield path, value


def _cell(value: Any) -> Any:
    """Words that no spreadsheet takes for a formula; true and false as JSON has them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value
