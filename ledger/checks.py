"""What must be set right before a coin is booked. `manage.py check` tells it, and asks no database."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ENGINE = "core.sqlite"
WAL = re.compile(r"\bjournal_mode\s*=\s*['\"]?wal\b", re.IGNORECASE)


def register_all() -> None:
    # Under a name of our own: checks that Django calls "database" run only when somebody asks for them.
    for check in (sqlite_is_safe, operations_open_their_own_transactions, holders_have_a_name):
        register(check, "ledger")


def sqlite_is_safe(**_asked: Any) -> list[CheckMessage]:
    """Two who write to SQLite at the same moment must not fail, and nobody may stand waiting for seconds."""
    return [
        Error(
            f"The database {alias!r} is SQLite without {' and '.join(lacking)}.",
            hint="Take the settings of a database from config.settings.base.database().",
            id="ledger.E001",
        )
        for alias in connections
        if (lacking := _lacking(connections[alias]))
    ]


def operations_open_their_own_transactions(**_asked: Any) -> list[CheckMessage]:
    return [
        Error(
            f"ATOMIC_REQUESTS is on for the database {alias!r}.",
            hint="Turn it off: what a payment locks would stay locked until the whole page is made.",
            id="ledger.E002",
        )
        for alias in connections
        if connections[alias].settings_dict["ATOMIC_REQUESTS"]
    ]


def holders_have_a_name(**_asked: Any) -> list[CheckMessage]:
    if hasattr(apps.get_model(settings.LEDGER_HOLDER_MODEL), "display_name"):
        return []
    return [
        Error(
            f"{settings.LEDGER_HOLDER_MODEL}, which LEDGER_HOLDER_MODEL names, has no display_name.",
            hint="Give it a field or property display_name: it is all that the ledger asks of a holder.",
            id="ledger.E003",
        )
    ]


def _lacking(connection: BaseDatabaseWrapper) -> list[str]:
    """What a database of SQLite is set up without, as one would write it in the settings."""
    if connection.vendor != "sqlite":
        return []
    options = connection.settings_dict["OPTIONS"]
    there = {
        f'ENGINE="{ENGINE}"': connection.settings_dict["ENGINE"] == ENGINE,
        "journal_mode=WAL": bool(WAL.search(options.get("init_command", ""))),
        "transaction_mode=IMMEDIATE": (options.get("transaction_mode") or "").upper() == "IMMEDIATE",
    }
    return [what for what, is_there in there.items() if not is_there]
