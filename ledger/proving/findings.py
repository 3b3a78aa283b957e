"""What a check is, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must be so, and the question that gives every row of which it is not.

    The answer has six columns: what kind of thing it is, its id, the ids of one or two accounts that have to do with it
    (or nothing), what was expected, what was found. `sql` is for both databases, or has one text for each.
    """

    name: str
    tables: tuple[str, ...]  # what it looks at, for the count of rows
    sql: str | Mapping[str, str]

    def sql_for(self, vendor: str) -> str:
        return self.sql if isinstance(self.sql, str) else self.sql[vendor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not add up. Amounts are minor units. Accounts go by address and id, never by a name."""

    check: str
    subject: str
    number: int
    accounts: tuple[str, ...]
    expected: str
    found: str

    def __str__(self) -> str:
        where = ", ".join(self.accounts)
        if self.subject != "account":
            where = f"{self.subject} {self.number}" + (f", {where}" if where else "")
        return f"{self.check}: {where}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check came to. `faults` may be only the first of `count`."""

    check: str
    rows: int
    count: int
    faults: tuple[Fault, ...]

    @property
    def more(self) -> int:
        """How many faults are not told one by one."""
        return self.count - len(self.faults)
