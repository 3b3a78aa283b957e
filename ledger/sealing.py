"""What of a transfer is sealed: what both sides may see of it, and nothing that only one of them may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.sealing.logs import MOMENT, VERSION, Log, register
from ledger.receipts import receipt_number

# The beginning of the record, made by the database: of ten million rows that takes a third of the time. The values are
# numbers, codes and addresses, in which nothing has to be escaped.
BEGINNING = """
    '{{"amount":' || line.amount || ',"coin":"' || coin.code || '","kind":"' || line.kind || '","label":"' || line.label
    || '","made_at":"' || {moment} || '","payee":"' || payee.address || '","payer":"' || payer.address || '"'
"""
JOINS = """
    LEFT JOIN ledger_coin AS coin ON coin.id = line.coin_id
    LEFT JOIN ledger_account AS payer ON payer.id = line.payer_id
    LEFT JOIN ledger_account AS payee ON payee.id = line.payee_id
"""


def transfer_record(row: Sequence[Any]) -> str:
    """The sealed text of a transfer: JSON in ASCII, sorted, without spaces. No names, words, balances or keys."""
    number, beginning, reverses = row
    undone = f'"{receipt_number(reverses)}"' if reverses else "null"
    return f'{beginning},"receipt":"{receipt_number(number)}","reverses":{undone},"version":{VERSION}}}'


LEDGER = Log(
    name="ledger",
    leaves="ledger_logleaf",
    link="transfer_id",
    rows="ledger_transfer",
    moment="made_at",
    columns={
        vendor: f"line.id, {BEGINNING.format(moment=moment.format('line.made_at'))}, line.reverses_id"
        for vendor, moment in MOMENT.items()
    },
    joins=JOINS,
    record=transfer_record,
)


def register_all() -> None:
    """Called when the app is ready."""
    register(LEDGER)
