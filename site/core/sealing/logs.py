"""What there is to seal: each log says which rows go into it, and what of a row everybody concerned may read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

VERSION = 1
SALT = 16  # bytes

# A moment as text in UTC with microseconds, as the databases write it.
MOMENT = {
    "postgresql": """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "sqlite": "replace({0}, ' ', 'T') || CASE length({0}) WHEN 19 THEN '.000000Z' ELSE 'Z' END",
}


@dataclass(frozen=True, kw_only=True)
class Log:
    """One log. `columns` are SQL for what `record` makes the sealed text of a row from; the first is `line.id`.

    `joins` are outer ones, so that a leaf whose row is gone is still met. All names are our code's.
    """

    name: str
    leaves: str  # the table of its leaves
    link: str  # their column that points at what is sealed
    rows: str  # the table of what is sealed
    moment: str  # its column that says when
    columns: Mapping[str, str]  # by the vendor of the database
    joins: str = ""
    record: Callable[[Sequence[Any]], str]

    @property
    def select(self) -> str:
        return self.columns[connection.vendor]


_logs: dict[str, Log] = {}


class NoSuchLog(LookupError):
    """Nobody keeps a log of this name here."""


def register(log: Log) -> None:
    """Have something sealed. Called when its app is ready."""
    _logs[log.name] = log


def logs() -> tuple[Log, ...]:
    return tuple(_logs[name] for name in sorted(_logs))


def log_named(name: str) -> Log:
    """:raises NoSuchLog: when there is none of this name."""
    try:
        return _logs[name]
    except KeyError:
        raise NoSuchLog(name) from None


# --- The audit trail --------------------------------------------------------------------------------------------------

PARTIES = {
    "postgresql": "(SELECT string_agg(CAST(party_id AS text), ',' ORDER BY party_id) FROM core_auditabout "
    "WHERE entry_id = line.id)",
    "sqlite": "(SELECT group_concat(party_id) FROM (SELECT party_id FROM core_auditabout WHERE entry_id = line.id "
    "ORDER BY party_id))",
}
AUDIT_FIELDS = (
    "id", "at", "event", "subject_model", "subject_id", "before", "after", "login_id", "acted_by_id", "acted_for_id",
    "about",
)  # fmt: skip


def _audit_columns(vendor: str) -> str:
    columns = {"at": MOMENT[vendor].format("line.at"), "about": PARTIES[vendor]}
    return ", ".join(columns.get(name, f"line.{name}") for name in AUDIT_FIELDS)


def audit_record(row: Sequence[Any]) -> str:
    """The sealed text of an audit line: its numbers and codes. The reason is not in it: words can be erased."""
    said = dict(zip(AUDIT_FIELDS, row, strict=True))
    said["about"] = [int(party) for party in said["about"].split(",")] if said["about"] else []
    said["version"] = VERSION
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


AUDIT = Log(
    name="audit",
    leaves="core_auditleaf",
    link="entry_id",
    rows="core_auditentry",
    moment="at",
    columns={vendor: _audit_columns(vendor) for vendor in MOMENT},
    record=audit_record,
)
register(AUDIT)
