"""What the database itself refuses about values: history edited, a value changed or taken away."""

from __future__ import annotations

from django.db import migrations

from core.append_only import append_only
from core.permanent import permanent


class Migration(migrations.Migration):
    dependencies = [("neighbourhoods", "0004_values")]

    operations = [
        append_only(
            "neighbourhoods_valueversion", "neighbourhoods_valuevote", "neighbourhoods_valueguideline",
            "neighbourhoods_demandsignal",
        ),
        permanent("neighbourhoods_valueditem", "ref", "neighbourhood_id", "kind", "unit"),
        permanent(
            "neighbourhoods_valuedecision", "ref", "neighbourhood_id", "item_id", "key",
        ),
        permanent("neighbourhoods_indication", "item_id", "organisation_id", "amount", "made_at"),
        permanent("neighbourhoods_valueconsent", "decision_id", "about", "is_given", "given_by_id", "at"),
        permanent("neighbourhoods_valuecomment", "ref", "decision_id", "author_id", "at", "key"),
    ]  # fmt: skip
