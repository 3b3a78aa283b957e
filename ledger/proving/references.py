"""Keys that point at nothing. Some have no check by the database, and SQLite checks none where it was told not to."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from ledger.proving.findings import Check


def _keys() -> Iterator[tuple[type[models.Model], models.ForeignKey[models.Model, models.Model]]]:
    """Every foreign key of every table of the ledger, also of tables still to come."""
    for model in apps.get_app_config("ledger").get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                yield model, field


def _dangling(model: type[models.Model], field: models.ForeignKey[models.Model, models.Model]) -> str:
    """The rows of a table of which one key points at no row, with the accounts that they name."""
    target = field.remote_field.model._meta
    meta = model._meta
    names = {one.name: one.column for one in meta.concrete_fields}
    one, other = (f"line.{names[name]}" if name in names else "NULL" for name in ("payer", "payee"))
    if meta.label == "ledger.Account":
        one = f"line.{meta.pk.column}"
    return f"""
        SELECT '{meta.verbose_name_raw}', line.{meta.pk.column}, CAST({one} AS bigint), CAST({other} AS bigint),
               'its {field.name} to be there', 'no ' || CAST(line.{field.column} AS text)
        FROM {meta.db_table} AS line
        WHERE line.{field.column} IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM {target.db_table} AS target WHERE target.{target.pk.column} = line.{field.column}
        )
    """  # noqa: S608  every word of it comes from our models


KEYS = tuple(_keys())
CHECKS = (
    Check(
        name="references",
        tables=tuple(model._meta.db_table for model, _field in KEYS),
        sql=" UNION ALL ".join(_dangling(model, field) for model, field in KEYS),
    ),
)
