"""Putting the questions and naming what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from core.snapshot import one_moment
from ledger.address import in_groups
from ledger.models import Account
from ledger.proving import accounts, chargebacks, money, references, reservations, tallies, transfers
from ledger.proving.findings import Check, Fault, Finding

CHECKS: tuple[Check, ...] = (
    *accounts.CHECKS,
    *transfers.CHECKS,
    *chargebacks.CHECKS,
    *reservations.CHECKS,
    *tallies.CHECKS,
    *money.CHECKS,
    *references.CHECKS,
)

Row = tuple[str, int, int | None, int | None, Any, Any]


def find_faults() -> list[Fault]:
    """Everything in the ledger that does not add up."""
    return [fault for finding in prove() for fault in finding.faults]


def prove(*, most: int | None = None) -> list[Finding]:
    """What each check came to, with at most `most` (one or more) of its faults told one by one."""
    with one_moment():
        rows = _Rows()
        return [_look(check, rows, most) for check in CHECKS]


class _Rows:
    """How many rows a table has, asked once for each."""

    def __init__(self) -> None:
        self._counted: dict[str, int] = {}

    def of(self, tables: Sequence[str]) -> int:
        return sum(self._count(table) for table in tables)

    def _count(self, table: str) -> int:
        if table not in self._counted:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608  a name that a check gave
                self._counted[table] = cursor.fetchone()[0]
        return self._counted[table]


def _look(check: Check, rows: _Rows, most: int | None) -> Finding:
    question = [
        "SELECT fault.*, COUNT(*) OVER () AS how_many FROM (",
        check.sql_for(connection.vendor),
        ") AS fault ORDER BY 1, 2",
        "" if most is None else f"LIMIT {max(most, 1)}",
    ]
    with connection.cursor() as cursor:
        cursor.execute("\n".join(question))
        found = cursor.fetchall()
    return Finding(
        check=check.name,
        rows=rows.of(check.tables),
        count=found[0][-1] if found else 0,
        faults=tuple(_faults(check.name, [row[:-1] for row in found])),
    )


def _faults(check: str, found: Sequence[Row]) -> Iterable[Fault]:
    ids = {one for row in found for one in row[2:4] if one is not None}
    accounts = Account.objects.only("address").in_bulk(ids)
    for subject, number, one, other, expected, stands in found:
        yield Fault(
            check=check,
            subject=subject,
            number=number,
            accounts=tuple(_named(pk, accounts.get(pk)) for pk in (one, other) if pk is not None),
            expected=str(expected),
            found=str(stands),
        )


def _named(pk: int, account: Account | None) -> str:
    return f"account {in_groups(account.address)} (id {pk})" if account else f"account (id {pk}, not there)"
