"""Rows that stay: the database itself refuses to remove one, or to change what it was from the beginning."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Class 23 is "integrity constraint violation": both databases then raise Django's IntegrityError.
# AFTER, because a table with a BEFORE UPDATE trigger has each row fetched once more, whatever column is written.
POSTGRES = """
CREATE FUNCTION {table}_is_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'this of {table} is permanent' USING ERRCODE = '23SC3';
END $$;
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_is_permanent();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_permanent();
CREATE TRIGGER {table}_fixed AFTER UPDATE OF {columns} ON {table}
  FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_is_permanent();
"""
POSTGRES_BACK = ("DROP FUNCTION {table}_is_permanent() CASCADE",)
STAYS = """
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'this of {table} is permanent'); END
"""
FIXED = """
CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} ON {table} WHEN {changed}
BEGIN SELECT RAISE(ABORT, 'this of {table} is permanent'); END
"""
SQLITE = (STAYS, FIXED)
SQLITE_BACK = ("DROP TRIGGER {table}_stays", "DROP TRIGGER {table}_fixed")


def permanent(table: str, *columns: str) -> migrations.RunPython:
    """This migration step will have a table refuse DELETE, and any change of these columns.

    On SQLite it relies on `PRAGMA recursive_triggers`: without it INSERT OR REPLACE removes rows in silence.
    """

    def run(editor: BaseDatabaseSchemaEditor, postgres: tuple[str, ...], sqlite: tuple[str, ...]) -> None:
        is_postgres = editor.connection.vendor == "postgresql"
        differs = "OLD.{0} IS DISTINCT FROM NEW.{0}" if is_postgres else "OLD.{0} IS NOT NEW.{0}"
        words = {
            "table": table,
            "columns": ", ".join(columns),
            "changed": " OR ".join(differs.format(column) for column in columns),
        }
        for statement in postgres if is_postgres else sqlite:
            editor.execute(statement.format(**words), params=None)

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        run(editor, (POSTGRES,), SQLITE)

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        run(editor, POSTGRES_BACK, SQLITE_BACK)

    return migrations.RunPython(forwards, backwards)


GOES_POSTGRES = """
CREATE FUNCTION {table}_{column}_only_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'this of {table} is permanent' USING ERRCODE = '23SC3';
END $$;
CREATE TRIGGER {table}_{column}_only_goes AFTER UPDATE OF {column} ON {table}
  FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_{column}_only_goes();
"""
GOES_POSTGRES_BACK = "DROP FUNCTION {table}_{column}_only_goes() CASCADE"
GOES_SQLITE = """
CREATE TRIGGER {table}_{column}_only_goes BEFORE UPDATE OF {column} ON {table} WHEN {changed}
BEGIN SELECT RAISE(ABORT, 'this of {table} is permanent'); END
"""
GOES_SQLITE_BACK = "DROP TRIGGER {table}_{column}_only_goes"


def only_goes(table: str, column: str) -> migrations.RunPython:
    """This migration step will let a column be emptied, and never be given another value."""

    def run(editor: BaseDatabaseSchemaEditor, postgres: str, sqlite: str) -> None:
        is_postgres = editor.connection.vendor == "postgresql"
        differs = "OLD.{0} IS DISTINCT FROM NEW.{0}" if is_postgres else "OLD.{0} IS NOT NEW.{0}"
        changed = f"NEW.{column} IS NOT NULL AND {differs.format(column)}"
        statement = postgres if is_postgres else sqlite
        editor.execute(statement.format(table=table, column=column, changed=changed), params=None)

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        run(editor, GOES_POSTGRES, GOES_SQLITE)

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        run(editor, GOES_POSTGRES_BACK, GOES_SQLITE_BACK)

    return migrations.RunPython(forwards, backwards)
