"""Whoever rules the database or a copy, and changes something, is found: verify_log exits 1 and names it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.merkle import HASH
from core.models import Checkpoint
from core.sealing.keys import signer_of
from core.sealing.notes import Head, Signer, read_head
from ledger.models import LogLeaf
from tests.factories.ledger import Town, fund
from tests.ledger.sealing.conftest import paid_and_sealed, pay, run, seal_all
from tests.ledger.tampering import guards_down, sql, tamper
from tests.plugins.data import RealCommits

STRANGER = Signer("localhost/log", b"x" * 32)
SIZE = 302  # leaves: two of the money that came in, and 300 payments
ZERO = b"\x00" * HASH


def head_of(note: str) -> Head:
    return read_head(note)


def newest() -> Checkpoint:
    return Checkpoint.objects.filter(log="ledger").order_by("-size")[0]


# --- In the database ----------------------------------------------------------------------------------------------


def change_a_leaf() -> None:
    tamper("UPDATE ledger_logleaf SET hash = %s WHERE position = 7", ZERO)


def change_a_salt() -> None:
    tamper("UPDATE ledger_logleaf SET salt = %s WHERE position = 7", b"s" * 16)


def change_a_transfer() -> None:
    tamper(
        "UPDATE ledger_transfer SET amount = amount + 1 WHERE id = (SELECT transfer_id FROM ledger_logleaf "
        "WHERE position = 7)"
    )


def change_an_address() -> None:
    tamper(
        "UPDATE ledger_account SET address = 'XXXXXXXXXXXX' WHERE id = (SELECT payer_id FROM ledger_transfer "
        "JOIN ledger_logleaf ON transfer_id = id WHERE position = 7)"
    )


def drop_a_leaf() -> None:
    tamper("DELETE FROM ledger_logleaf WHERE position = 7")


def drop_the_last_leaf() -> None:
    tamper("DELETE FROM ledger_logleaf WHERE position = %s", SIZE - 1)


def drop_what_a_leaf_stands_for() -> None:
    tamper(
        "DELETE FROM ledger_transfer WHERE id = (SELECT transfer_id FROM ledger_logleaf WHERE position = 7)"
    )


def exchange_two_leaves() -> None:
    for old, new in ((7, 10_000), (8, 7), (10_000, 8)):
        tamper("UPDATE ledger_logleaf SET position = %s WHERE position = %s", new, old)


def change_a_node() -> None:
    tamper("UPDATE core_sealednode SET hash = %s WHERE log = 'ledger'", ZERO)


def drop_a_node() -> None:
    tamper("DELETE FROM core_sealednode WHERE log = 'ledger'")


def change_the_head() -> None:
    tamper("UPDATE core_checkpoint SET root = %s WHERE log = 'ledger' AND size = %s", ZERO, SIZE)


def sign_another_head() -> None:
    """By somebody who has the key: the signature is right, the root is not."""
    head = head_of(newest().note)
    note = signer_of("ledger").sign(Head(head.origin, SIZE, ZERO).text())
    tamper(
        "UPDATE core_checkpoint SET root = %s, note = %s WHERE log = 'ledger' AND size = %s", ZERO, note, SIZE
    )


def sign_with_another_key() -> None:
    note = STRANGER.of_log("ledger").sign(head_of(newest().note).text())
    tamper("UPDATE core_checkpoint SET note = %s WHERE log = 'ledger' AND size = %s", note, SIZE)


def drop_an_audit_line_s_party() -> None:
    tamper("DELETE FROM core_auditabout WHERE id = (SELECT MIN(id) FROM core_auditabout)")


IN_THE_DATABASE: dict[str, tuple[Callable[[], None], str]] = {
    "leaf changed": (change_a_leaf, "ledger: leaf 7: its hash is not that of ledger_transfer "),
    "salt changed": (change_a_salt, "ledger: leaf 7: its hash is not that of ledger_transfer "),
    "transfer changed": (change_a_transfer, "ledger: leaf 7: its hash is not that of ledger_transfer "),
    "address changed": (change_an_address, "ledger: leaf 7: its hash is not that of ledger_transfer "),
    "leaf dropped": (drop_a_leaf, "ledger: leaf 7 is not there"),
    "last leaf dropped": (drop_the_last_leaf, "ledger: the checkpoint of 302 leaves is of more leaves than there are"),
    "transfer dropped": (drop_what_a_leaf_stands_for, "ledger: leaf 7: what it stands for (ledger_transfer "),
    "leaves reordered": (exchange_two_leaves, "ledger: node 1/0 is not that of the leaves below it"),
    "node changed": (change_a_node, "ledger: node 1/0 is not that of the leaves below it"),
    "node dropped": (drop_a_node, "ledger: node 1/0 is not there"),
    "tree head changed": (change_the_head, "ledger: the checkpoint of 302 leaves says something else than was signed"),
    "tree head signed anew": (
        sign_another_head,
        "ledger: the checkpoint of 302 leaves has a root that is not that of the leaves",
    ),
    "signature of another key": (
        sign_with_another_key,
        "ledger: the checkpoint of 302 leaves: It is not signed by a key that we know.",
    ),
    "audit line changed": (drop_an_audit_line_s_party, "audit: leaf "),
}  # fmt: skip


@pytest.mark.django_db
def test_as_it_was_written_it_is_sound(molen: Town, folder: Path) -> None:
    said = run("verify_log")

    assert said.is_well
    assert "ledger: 302 leaves, 2 checkpoints, the newest of 302 leaves\n" in said.text
    assert said.text.endswith("The logs are sound.\n")
    assert run("verify_log", "--copy", str(folder)).is_well


@pytest.mark.django_db
@pytest.mark.parametrize("name", IN_THE_DATABASE)
def test_what_is_changed_in_the_database_is_found_and_named(molen: Town, name: str) -> None:
    corrupt, finding = IN_THE_DATABASE[name]
    corrupt()

    said = run("verify_log")

    assert not said.is_well
    assert finding in said.text


def test_the_command_itself_ends_with_one(real_commits: RealCommits) -> None:
    paid_and_sealed()
    assert ended(real_commits) == 0

    change_a_leaf()

    assert ended(real_commits) == 1


def ended(commits: RealCommits) -> int:
    process = commits.python("-W", "ignore", "manage.py", "verify_log")
    process.communicate()
    return process.returncode


@pytest.mark.django_db
def test_a_sealer_signs_nothing_any_more_when_the_log_was_changed(molen: Town) -> None:
    change_a_node()
    pay(molen.ann, molen.ben, 1, "after")

    said = run("seal_log", "--once")

    assert not said.is_well
    assert "Nothing is signed any more. Run verify_log." in said.text
    assert newest().size == SIZE


# --- In a copy ----------------------------------------------------------------------------------------------------


def first_tile(folder: Path) -> Path:
    return folder / "log" / "ledger" / "tile" / "0" / "000"


def head_file(folder: Path) -> Path:
    return folder / "log" / "ledger" / "checkpoint"


def change_a_copied_leaf(folder: Path) -> None:
    tile = first_tile(folder)
    tile.write_bytes(ZERO + tile.read_bytes()[HASH:])


def drop_a_copied_leaf(folder: Path) -> None:
    tile = first_tile(folder)
    tile.write_bytes(tile.read_bytes()[HASH:])


def drop_a_copied_tile(folder: Path) -> None:
    first_tile(folder).unlink()


def exchange_copied_leaves(folder: Path) -> None:
    tile = first_tile(folder)
    told = tile.read_bytes()
    tile.write_bytes(told[HASH : 2 * HASH] + told[:HASH] + told[2 * HASH :])


def change_the_copied_head(folder: Path) -> None:
    note = head_file(folder).read_text()
    head = head_of(note)
    head_file(folder).write_text(note.replace(head.text(), Head(head.origin, head.size, ZERO).text()))


def sign_the_copied_head(folder: Path) -> None:
    head_file(folder).write_text(
        STRANGER.of_log("ledger").sign(head_of(head_file(folder).read_text()).text())
    )


def drop_the_copied_head(folder: Path) -> None:
    head_file(folder).unlink()


def sign_another_copied_head(folder: Path) -> None:
    head = head_of(head_file(folder).read_text())
    head_file(folder).write_text(signer_of("ledger").sign(Head(head.origin, head.size, ZERO).text()))


def change_a_copied_node(folder: Path) -> None:
    (folder / "log" / "ledger" / "tile" / "1" / "000.p" / "1").write_bytes(ZERO)


IN_A_COPY: dict[str, tuple[Callable[[Path], None], str]] = {
    "leaf changed": (change_a_copied_leaf, "ledger: node 1/0 is not that of the leaves below it"),
    "leaf dropped": (drop_a_copied_leaf, "ledger: tile 0/000 is not whole: 8160 bytes instead of 8192"),
    "tile dropped": (drop_a_copied_tile, "ledger: tile 0/000 is not there"),
    "leaves reordered": (
        exchange_copied_leaves,
        "ledger: the checkpoint of 302 leaves has a root that is not that of the leaves",
    ),
    "tree head changed": (change_the_copied_head, "ledger: the checkpoint: The signature of localhost/log/ledger"),
    "signature of another key": (
        sign_the_copied_head,
        "ledger: the checkpoint: It is not signed by a key that we know.",
    ),
    "tree head signed anew": (
        sign_another_copied_head,
        "ledger: the checkpoint of 302 leaves has a root that is not that of the leaves",
    ),
    "tree head dropped": (drop_the_copied_head, "ledger: there is no checkpoint"),
    "node changed": (change_a_copied_node, "ledger: node 1/0 is not that of the leaves below it"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", IN_A_COPY)
def test_what_is_changed_in_a_copy_is_found_and_named(folder: Path, name: str) -> None:
    corrupt, finding = IN_A_COPY[name]
    corrupt(folder)

    said = run("verify_log", "--copy", str(folder))

    assert not said.is_well
    assert finding in said.text


# --- A history that was rewritten whole ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_history_that_was_rewritten_and_signed_anew_is_found_by_whoever_kept_a_checkpoint(
    molen: Town, folder: Path
) -> None:
    rewrite_everything()
    kept = str(folder / "log" / "ledger" / "checkpoint")

    assert run("verify_log").is_well  # in itself it is sound
    said = run("verify_log", "--since", kept)

    assert not said.is_well
    assert "ledger: the older checkpoint of 302 leaves has a root that is not that of the leaves" in said.text


@pytest.mark.django_db
@pytest.mark.parametrize("in_a_full_tile", [False, True])
def test_a_copy_keeps_what_it_had_when_the_log_does_not_go_on_from_it(
    molen: Town, folder: Path, in_a_full_tile: bool
) -> None:
    if in_a_full_tile:  # else the part that is fetched anew is sound in itself, and only its past is another
        shutil.rmtree(folder / "log" / "audit")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    rewrite_everything()
    fund(molen, molen.ben, 1)
    seal_all()

    said = run("copy_log", str(folder))

    assert not said.is_well
    assert (
        f"{'ledger' if in_a_full_tile else 'audit'}: the log does not go on from what this copy has"
        in said.text
    )
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.django_db
def test_a_copy_that_was_rewritten_whole_does_not_pass_for_the_older_one(
    molen: Town, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rewrite_everything()
    later = tmp_path_factory.mktemp("later")
    assert run("copy_log", str(later)).is_well
    kept = str(folder / "log" / "ledger" / "checkpoint")

    assert run("verify_log", "--copy", str(later)).is_well
    assert not run("verify_log", "--copy", str(later), "--since", kept).is_well
    assert run("verify_log", "--copy", str(folder), "--since", kept).is_well


def rewrite_everything() -> None:
    """With the database and the key in hand: another amount, and all of the log made anew."""
    with guards_down():
        for table in ("ledger_logleaf", "core_sealednode", "core_checkpoint", "core_auditleaf"):
            sql(f"DELETE FROM {table}")
        sql("UPDATE ledger_transfer SET amount = amount + 1 WHERE id = (SELECT MAX(id) FROM ledger_transfer)")
    seal_all()
    assert LogLeaf.objects.count() == SIZE


@pytest.mark.django_db
def test_an_older_checkpoint_that_nobody_signed_says_nothing(
    molen: Town, folder: Path, tmp_path: Path
) -> None:
    forged = tmp_path / "forged"
    shutil.copy(head_file(folder), forged)
    forged.write_text(forged.read_text().replace("302", "301"))

    said = run("verify_log", "--since", str(forged))

    assert not said.is_well
    assert "does not fit" in said.text
