"""The database refuses to change or remove what was sealed, whoever asks. Only a salt may go."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditLeaf, Checkpoint, SealedNode
from ledger.models import LogLeaf
from tests.factories.ledger import Town
from tests.ledger.tampering import sql

pytestmark = pytest.mark.django_db

ATTEMPTS = [
    "UPDATE ledger_logleaf SET hash = NULL WHERE position = 3",
    "UPDATE ledger_logleaf SET position = 9999 WHERE position = 3",
    "UPDATE ledger_logleaf SET transfer_id = 9999 WHERE position = 3",
    "UPDATE ledger_logleaf SET salt = hash WHERE position = 3",
    "DELETE FROM ledger_logleaf WHERE position = 3",
    "UPDATE core_auditleaf SET entry_id = 9999 WHERE position = 3",
    "UPDATE core_auditleaf SET salt = hash WHERE position = 3",
    "DELETE FROM core_auditleaf",
    "UPDATE core_sealednode SET hash = NULL",
    "DELETE FROM core_sealednode",
    "UPDATE core_checkpoint SET note = ''",
    "DELETE FROM core_checkpoint",
]


def everything() -> list[object]:
    return [
        row
        for model in (LogLeaf, AuditLeaf, SealedNode, Checkpoint)
        for row in model.objects.order_by("pk").values_list()
    ]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_is_sealed_stays(molen: Town, attempt: str) -> None:
    before = everything()

    with pytest.raises(IntegrityError), transaction.atomic():
        sql(attempt)

    assert everything() == before


def test_a_salt_may_go_and_never_comes_back(molen: Town) -> None:
    LogLeaf.objects.filter(position=3).update(salt=None)
    LogLeaf.objects.filter(position=3).update(salt=None)

    with pytest.raises(IntegrityError, match="permanent"), transaction.atomic():
        LogLeaf.objects.filter(position=3).update(salt=b"s" * 16)
    assert LogLeaf.objects.get(position=3).salt is None


def test_no_place_and_no_transfer_is_sealed_twice(molen: Town) -> None:
    leaf = LogLeaf.objects.get(position=3)

    for words in ({"position": 9999, "transfer_id": leaf.transfer_id}, {"position": 3, "transfer_id": 9999}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LogLeaf.objects.bulk_create([LogLeaf(hash=b"h" * 32, **words)])


@pytest.mark.once("postgres")
@pytest.mark.parametrize("table", ["ledger_logleaf", "core_auditleaf", "core_sealednode", "core_checkpoint"])
def test_truncate_is_refused(molen: Town, table: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql(f"TRUNCATE {table} CASCADE")
