"""What PostgreSQL finds offers by their words with. SQLite reads the words themselves (docs: `queries.listing`)."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The expression stands letter for letter in `queries.listing`: only then is the index used.
WORDS = "CREATE INDEX marketplace_offer_words ON marketplace_offer USING gin (to_tsvector('dutch', words))"
WORDS_BACK = "DROP INDEX marketplace_offer_words"


def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(WORDS, params=None)


def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(WORDS_BACK, params=None)


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0002_guards")]

    operations = [migrations.RunPython(forwards, backwards)]
