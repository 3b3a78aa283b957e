"""What is in the audit trail stays as it was written: the database itself refuses, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, models, transaction

from core.actor import Actor
from core.audit import record
from core.models import AuditAbout, AuditEntry
from people.models import Party
from tests.core.conftest import NOW

TABLES = ["core_auditentry", "core_auditabout"]


@pytest.fixture
def line(ann: Party) -> AuditEntry:
    return record("party.seen", subject=ann, actor=Actor.system(), at=NOW, about=[ann])


def raw(statement: str, *values: str | int | datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def change_by_model(line: AuditEntry) -> None:
    line.event = "party.unseen"
    line.save()


def change_by_bulk_update(line: AuditEntry) -> None:
    line.event = "party.unseen"
    AuditEntry.objects.bulk_update([line], ["event"])


def overwrite_by_bulk_create(line: AuditEntry) -> None:
    copy = AuditEntry(pk=line.pk, at=line.at, event="party.unseen", subject_model="x", subject_id="1")
    AuditEntry.objects.bulk_create(
        [copy], update_conflicts=True, update_fields=["event"], unique_fields=["id"]
    )


ATTEMPTS: dict[str, Callable[[AuditEntry], object]] = {
    "save()": change_by_model,
    "update()": lambda line: AuditEntry.objects.filter(pk=line.pk).update(event="party.unseen"),
    "bulk_update()": change_by_bulk_update,
    "bulk_create(update_conflicts)": overwrite_by_bulk_create,
    "delete() of a line": lambda line: AuditEntry.objects.filter(pk=line.pk)._raw_delete("default"),
    "delete() of whom it is about": lambda line: AuditAbout.objects.filter(entry=line).delete(),
    "update() of whom it is about": lambda line: AuditAbout.objects.filter(entry=line).update(party_id=1),
    "SQL UPDATE": lambda line: raw("UPDATE core_auditentry SET event = %s WHERE id = %s", "x", line.pk),
    "SQL DELETE": lambda line: raw("DELETE FROM core_auditabout WHERE entry_id = %s", line.pk),
    "SQL DELETE of all": lambda _line: raw("DELETE FROM core_auditabout"),
}


def everything() -> list[tuple[object, ...]]:
    lines = AuditEntry.objects.order_by("pk").values_list()
    return [*lines, *AuditAbout.objects.order_by("pk").values_list()]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_line_is_changed_or_removed(line: AuditEntry, attempt: str) -> None:
    before = everything()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ATTEMPTS[attempt](line)

    assert everything() == before


def test_django_itself_does_not_delete_a_line_that_something_hangs_on(line: AuditEntry) -> None:
    with pytest.raises(models.ProtectedError):
        line.delete()


@pytest.mark.once("sqlite")
@pytest.mark.django_db
def test_sqlite_fires_triggers_for_what_replace_removes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        assert cursor.fetchone() == (1,)


@pytest.mark.once("sqlite")
def test_insert_or_replace_does_not_overwrite_a_line(line: AuditEntry) -> None:
    before = everything()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        raw(
            "INSERT OR REPLACE INTO core_auditentry (id, at, event, subject_model, subject_id, before, after) "
            "VALUES (%s, %s, 'party.unseen', 'x', '1', '', '')",
            line.pk,
            NOW,
        )

    assert everything() == before


@pytest.mark.once("postgres")
@pytest.mark.parametrize("table", TABLES)
def test_truncate_is_refused(line: AuditEntry, table: str) -> None:
    before = everything()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        raw("SET CONSTRAINTS ALL IMMEDIATE")  # else it would be refused for what has still to be checked
        raw(f"TRUNCATE {table} CASCADE")

    assert everything() == before
