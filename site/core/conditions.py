"""Conditions on a row that the database asks only when one of certain columns is written.

A CHECK constraint is asked at each UPDATE, and PostgreSQL reads it anew for each statement. For a row that is written
all the time because of other columns that costs more than the writing itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Class 23 is "integrity constraint violation": both databases then raise Django's IntegrityError.
# AFTER, because a table with a BEFORE UPDATE trigger has each row fetched once more, whatever column is written.
POSTGRES = """
CREATE FUNCTION {table}_conditions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{questions}
  RETURN NULL;
END $$;
CREATE TRIGGER {table}_conditions AFTER INSERT OR UPDATE OF {columns} ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_conditions();
"""
QUESTION = "  IF NOT ({condition}) THEN RAISE EXCEPTION '{name}' USING ERRCODE = '23SC4'; END IF;"
POSTGRES_BACK = ("DROP FUNCTION {table}_conditions() CASCADE",)
SQLITE = (
    "CREATE TRIGGER {table}_conditions_insert BEFORE INSERT ON {table} BEGIN {questions} END",
    "CREATE TRIGGER {table}_conditions_update BEFORE UPDATE OF {columns} ON {table} BEGIN {questions} END",
)
SQLITE_QUESTION = "SELECT RAISE(ABORT, '{name}') WHERE NOT ({condition});"
SQLITE_BACK = ("DROP TRIGGER {table}_conditions_insert", "DROP TRIGGER {table}_conditions_update")


def conditions(table: str, columns: Sequence[str], asked: Mapping[str, str]) -> migrations.RunPython:
    """This migration step will have a table refuse rows that do not meet conditions.

    `asked` maps a name, which the refusal carries, to SQL about NEW that both databases understand.
    """

    def run(editor: BaseDatabaseSchemaEditor, question: str, statements: Sequence[str]) -> None:
        questions = [question.format(name=name, condition=condition) for name, condition in asked.items()]
        words = {"table": table, "columns": ", ".join(columns), "questions": "\n".join(questions)}
        for statement in statements:
            editor.execute(statement.format(**words), params=None)

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        is_postgres = editor.connection.vendor == "postgresql"
        run(editor, QUESTION if is_postgres else SQLITE_QUESTION, (POSTGRES,) if is_postgres else SQLITE)

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        run(editor, "", POSTGRES_BACK if editor.connection.vendor == "postgresql" else SQLITE_BACK)

    return migrations.RunPython(forwards, backwards)
