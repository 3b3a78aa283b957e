"""Django's backend for SQLite, in which an outermost atomic block takes its turn before it begins."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base

from core.sqlite.turn import Turn


class DatabaseWrapper(base.DatabaseWrapper):
    """What is read or written outside an atomic block needs no turn: it is over in a moment."""

    turn: Turn | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        made: sqlite3.Connection = super().get_new_connection(conn_params)
        # SQLite itself says which file it is; a database in memory has none, and nobody to wait for.
        file = made.execute("PRAGMA database_list").fetchone()[2]
        self.turn = Turn(file, patience=conn_params.get("timeout", 5)) if file else None
        return made

    def _start_transaction_under_autocommit(self) -> None:
        try:
            if self.turn:
                self.turn.take()
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the types leave it out
        except BaseException:
            self._give_back()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        """Every outermost atomic block ends here, after COMMIT and ROLLBACK alike, and after what failed."""
        try:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
        finally:
            if autocommit:
                self._give_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self.turn:
                self.turn.close()

    def _give_back(self) -> None:
        if self.turn:
            self.turn.give_back()
