"""What the database itself does: refuse to change history, keep coins backed, and on PostgreSQL book."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.append_only import append_only
from core.conditions import conditions
from core.permanent import permanent

SQL = Path(__file__).resolve().parents[1] / "sql"
POSTGRES = (
    "0003_backing.sql",
    "0003_begins_empty.sql",
    "0003_judge.sql",
    "0003_book_one.sql",
    "0003_book.sql",
)
SQLITE = ("0003_backing_sqlite.sql", "0003_begins_empty_sqlite.sql")
POSTGRES_BACK = (
    "DROP FUNCTION ledger_account_backing() CASCADE",
    "DROP FUNCTION ledger_account_begins_empty() CASCADE",
    "DROP FUNCTION ledger_book",
    "DROP FUNCTION ledger_book_one",
    "DROP FUNCTION ledger_judge",
    "DROP FUNCTION ledger_is_limited",
    "DROP FUNCTION ledger_used_before",
)
SQLITE_BACK = ("DROP TRIGGER ledger_account_backing", "DROP TRIGGER ledger_account_begins_empty")
# A balance changes with each payment: room on the page lets the row move without touching an index.
ROOM = "ALTER TABLE ledger_account SET (fillfactor = 50)"


def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    is_postgres = editor.connection.vendor == "postgresql"
    for name in POSTGRES if is_postgres else SQLITE:
        editor.execute((SQL / name).read_text(), params=None)
    if is_postgres:
        editor.execute(ROOM, params=None)


def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRES_BACK if editor.connection.vendor == "postgresql" else SQLITE_BACK:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_accounts_initial")]

    operations = [
        append_only("ledger_transfer", "ledger_bankentry", "ledger_limitrule"),
        permanent(
            "ledger_account", "coin_id", "kind", "holder_id", "address", "backs_id", "funder_id", "key", "opened_at"
        ),
        permanent(
            "ledger_reservation", "coin_id", "payer_id", "payee_id", "amount", "kind", "label", "key", "acted_by_id",
            "made_at", "booked_on",
        ),
        permanent("ledger_funding", "coin_id", "funder_id", "payee_id", "amount", "reference", "key"),
        permanent("ledger_coin", "code", "pegged_to_id"),
        conditions(
            "ledger_account",
            ("kind", "state", "floor", "may_redeem", "backs_id", "funder_id", "ends_on"),
            {
                "ledger_account_floor_by_kind": "(NEW.kind IN ('ISSUE', 'BANK')) = (NEW.floor IS NULL)",
                "ledger_account_reserve_floor": "NEW.kind <> 'RESERVE' OR NEW.floor = 0",
                "ledger_account_reserve_backs": "(NEW.kind = 'RESERVE') = (NEW.backs_id IS NOT NULL)",
                "ledger_account_pot_has_funder": "(NEW.kind = 'POT') = (NEW.funder_id IS NOT NULL)",
                "ledger_account_only_pots_end": "NEW.kind = 'POT' OR NEW.ends_on IS NULL",
                "ledger_account_redeemer": "NEW.kind = 'HOLDER' OR NOT NEW.may_redeem",
                "ledger_account_closed_is_empty": "NEW.state <> 'CLOSED' OR NEW.balance = 0 AND NEW.reserved = 0",
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]  # fmt: skip
