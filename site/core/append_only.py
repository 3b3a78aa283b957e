"""Tables that only grow: the database itself refuses to change or remove a row."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Class 23 is "integrity constraint violation": both databases then raise Django's IntegrityError.
POSTGRES = """
CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '23SC1';
END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only();
"""
POSTGRES_BACK = "DROP FUNCTION {table}_is_append_only() CASCADE"
SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
SQLITE_BACK = "DROP TRIGGER {table}_no_{verb}"
VERBS = ("UPDATE", "DELETE")


def append_only(*tables: str) -> migrations.RunPython:
    """This migration step will make tables refuse UPDATE, DELETE and TRUNCATE, on PostgreSQL and on SQLite.

    On SQLite it relies on `PRAGMA recursive_triggers`: without it INSERT OR REPLACE removes rows in silence.
    """

    def run(editor: BaseDatabaseSchemaEditor, postgres: str, sqlite: str) -> None:
        for table in tables:
            if editor.connection.vendor == "postgresql":
                editor.execute(postgres.format(table=table), params=None)
            else:
                for verb in VERBS:
                    editor.execute(sqlite.format(table=table, verb=verb), params=None)

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        run(editor, POSTGRES, SQLITE)

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        run(editor, POSTGRES_BACK, SQLITE_BACK)

    return migrations.RunPython(forwards, backwards)
