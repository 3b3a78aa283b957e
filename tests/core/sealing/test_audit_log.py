"""The audit trail is sealed like everything else: numbers and codes, never the words."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from core.actor import Actor
from core.audit import record
from core.merkle import WIDTH, leaf_hash, root_of, verify_consistency, verify_inclusion
from core.models import AuditEntry, AuditLeaf, Checkpoint, SealedNode
from core.sealing.keys import verifiers_of
from core.sealing.logs import AUDIT, NoSuchLog
from core.sealing.notes import open_checkpoint
from core.sealing.queries import NEAR, NoSuchTile, consistency, inclusion, latest, tile, waiting_since
from core.sealing.sealer import seal
from core.sealing.service import Looks
from people.models import Party
from tests.core.conftest import NOW

pytestmark = pytest.mark.django_db


def happens(party: Party, reason: str = "") -> AuditEntry:
    return record(
        "party.seen", subject=party, actor=Actor.system(), at=NOW, about=[party], reason=reason, after="SEEN"
    )


def many(count: int) -> None:
    AuditEntry.objects.bulk_create(
        AuditEntry(at=NOW, event="party.seen", subject_model="people.Party", subject_id=str(number))
        for number in range(count)
    )


def leaves() -> list[bytes]:
    return [bytes(leaf) for leaf in AuditLeaf.objects.order_by("position").values_list("hash", flat=True)]


def sealed_text(entry: AuditEntry) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {AUDIT.select} FROM core_auditentry AS line WHERE line.id = %s", [entry.pk])
        return AUDIT.record(cursor.fetchall()[0])


def test_what_is_sealed_is_what_the_line_says_and_not_its_reason(ann: Party) -> None:
    entry = happens(ann, reason="She moved to Dijkstad")

    text = sealed_text(entry)

    assert json.loads(text) == {
        "about": [ann.pk],
        "acted_by_id": None,
        "acted_for_id": None,
        "after": "SEEN",
        "at": "2026-11-21T09:00:00.000000Z",
        "before": "",
        "event": "party.seen",
        "id": entry.pk,
        "login_id": None,
        "subject_id": str(ann.pk),
        "subject_model": "people.Party",
        "version": 1,
    }
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))


def test_a_moment_is_written_with_its_microseconds(ann: Party) -> None:
    entry = AuditEntry.objects.create(
        at=NOW + timedelta(microseconds=1234), event="party.seen", subject_model="x", subject_id="1"
    )

    assert json.loads(sealed_text(entry))["at"] == "2026-11-21T09:00:00.001234Z"


def test_each_line_becomes_a_leaf_of_salt_and_text(ann: Party) -> None:
    entries = [happens(ann), happens(ann)]

    assert seal(AUDIT, at=NOW) == 2

    found = AuditLeaf.objects.order_by("position")
    assert [(leaf.position, leaf.entry_id) for leaf in found] == [(0, entries[0].pk), (1, entries[1].pk)]
    for leaf, entry in zip(found, entries, strict=True):
        assert leaf.salt is not None
        text = sealed_text(entry).encode()
        assert bytes(leaf.hash) == hashlib.sha256(b"\x00" + bytes(leaf.salt) + text).digest()
    assert len({bytes(leaf.salt or b"") for leaf in found}) == 2


def test_a_pass_ends_with_a_signed_checkpoint_and_one_without_work_with_none(ann: Party) -> None:
    happens(ann)
    seal(AUDIT, at=NOW)
    happens(ann)
    seal(AUDIT, at=NOW)
    seal(AUDIT, at=NOW)

    assert list(Checkpoint.objects.order_by("size").values_list("log", "size")) == [
        ("audit", 1),
        ("audit", 2),
    ]
    newest = latest("audit")
    assert newest is not None
    head = open_checkpoint(newest.note, verifiers_of("audit"))
    assert (head.origin, head.size, head.root) == ("localhost/log/audit", 2, root_of(leaves()))
    assert (newest.root, newest.made_at) == (head.root, NOW)


def test_nothing_sealed_is_no_checkpoint() -> None:
    assert latest("audit") is None


def test_nobody_keeps_a_log_of_another_name() -> None:
    with pytest.raises(NoSuchLog):
        latest("weather")
    with pytest.raises(NoSuchLog):
        tile("weather", 0, 0, 1)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600])
def test_the_tiles_of_any_size_give_every_proof(size: int) -> None:
    many(size)
    seal(AUDIT, at=NOW)
    hashes = leaves()
    root = root_of(hashes)

    assert latest("audit").root == root  # type: ignore[union-attr]
    for position in {0, size // 2, size - 1}:
        assert verify_inclusion(hashes[position], position, size, inclusion("audit", position, size), root)
    for old in {1, size // 2 + 1, size}:
        assert verify_consistency(old, size, root_of(hashes[:old]), root, consistency("audit", old, size))


def test_a_log_that_grows_by_uneven_parts_is_the_same_tree() -> None:
    for part in (1, 254, 1, 1, 300, 3):
        many(part)
        seal(AUDIT, at=NOW)

    hashes = leaves()
    assert latest("audit").root == root_of(hashes)  # type: ignore[union-attr]
    assert list(SealedNode.objects.order_by("number").values_list("log", "level", "number")) == [
        ("audit", 1, 0), ("audit", 1, 1),
    ]  # fmt: skip
    call_command("verify_log")


def test_beyond_65_536_leaves_a_proof_is_still_a_few_small_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    size = WIDTH * WIDTH + 700
    many(size)
    seal(AUDIT, at=NOW)
    hashes = leaves()
    root = root_of(hashes)

    for position in (0, 40_000, WIDTH * WIDTH - 1, WIDTH * WIDTH, size - 1):
        with django_assert_max_num_queries(6):
            path = inclusion("audit", position, size)
        assert verify_inclusion(hashes[position], position, size, path, root)
    assert SealedNode.objects.filter(level=2).count() == 1
    call_command("verify_log")


def test_a_tile_holds_its_hashes_and_no_more() -> None:
    many(300)
    seal(AUDIT, at=NOW)
    hashes = leaves()

    assert tile("audit", 0, 0) == b"".join(hashes[:256])
    assert tile("audit", 0, 1, 44) == b"".join(hashes[256:])
    assert tile("audit", 0, 1, 3) == b"".join(hashes[256:259])
    assert tile("audit", 1, 0, 1) == root_of(hashes[:256])
    for level, number, width in [
        (0, 1, 45),
        (0, 2, 1),
        (1, 0, 2),
        (2, 0, 1),
        (0, -1, 1),
        (0, 0, 0),
        (64, 0, 1),
        (0, 10**30, 1),
    ]:
        with pytest.raises(NoSuchTile):
            tile("audit", level, number, width)


def test_a_proof_of_what_is_not_there_is_refused() -> None:
    many(3)
    seal(AUDIT, at=NOW)

    with pytest.raises(ValueError, match="no leaf"):
        inclusion("audit", 3, 3)
    with pytest.raises(NoSuchTile):
        inclusion("audit", 0, 4)


def test_a_line_that_turns_up_late_is_sealed_by_the_look_that_reaches_it() -> None:
    many(NEAR + 20)
    first = AuditEntry.objects.order_by("pk")[0].pk
    held = AuditEntry.objects.get(pk=first + 5)
    seal_all_but(held)

    assert seal(AUDIT, at=NOW, back=NEAR) == 0
    assert seal(AUDIT, at=NOW) == 1
    assert AuditLeaf.objects.order_by("-position")[0].entry_id == held.pk


def seal_all_but(held: AuditEntry) -> None:
    """As when the transaction of one line is not over: it is sealed where it cannot be seen."""
    AuditLeaf.objects.create(position=-1, entry=held, hash=leaf_hash(b""), salt=None)
    seal(AUDIT, at=NOW)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER core_auditleaf_stays")
        cursor.execute("DELETE FROM core_auditleaf WHERE position = -1")
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")


def test_the_service_looks_near_each_second_and_far_now_and_then() -> None:
    looks = Looks()
    seen = [
        next(back for _log, back in looks.due(now))
        for now in (0.0, 1.0, 59.0, 60.0, 61.0, 121.0, 3600.0, 3601.0)
    ]

    assert seen == [None, NEAR, NEAR, 200_000, NEAR, 200_000, None, NEAR]


def test_what_waits_is_known_by_its_oldest_moment(ann: Party) -> None:
    seal(AUDIT, at=NOW)
    assert waiting_since() is None

    record("party.seen", subject=ann, actor=Actor.system(), at=NOW + timedelta(seconds=5))
    record("party.seen", subject=ann, actor=Actor.system(), at=NOW + timedelta(seconds=9))

    assert waiting_since() == NOW + timedelta(seconds=5)
