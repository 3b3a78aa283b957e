"""The sealed logs and the coins as machines read them, from anywhere."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.merkle import Tree, split_hashes, verify_consistency
from core.sealing.keys import verifiers_of
from core.sealing.notes import Head, open_checkpoint
from tests.factories.wallet import AT, Place, fund, place
from tests.wallet.proof.sealed import pay, seal_all

pytestmark = pytest.mark.django_db

STATEMENT = "/log/coins/molenwijk.json"
CHECKPOINT = "/log/ledger/checkpoint"


@pytest.fixture
def molen() -> Place:
    made = place()
    fund(made, made.ann, 100_00)
    return made


def head(client: Client) -> Head:
    return open_checkpoint(client.get(CHECKPOINT).content.decode(), verifiers_of("ledger"))


def pay_many(molen: Place, count: int, name: str = "soup") -> None:
    for number in range(count):
        pay(molen.ann, molen.ben, 1, f"{name} {number}")


def test_the_checkpoint_is_a_signed_note_that_is_asked_for_anew_each_time(
    client: Client, molen: Place
) -> None:
    seal_all()

    response = client.get(CHECKPOINT)

    assert head(client).size == 2  # euros in, coins out
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_stranger_rebuilds_the_log_from_its_tiles_and_sees_that_it_only_grew(
    client: Client, molen: Place
) -> None:
    pay_many(molen, 5)
    seal_all()
    before = head(client)
    pay_many(molen, 265, "more soup")
    seal_all()
    after = head(client)

    def load(level: int, number: int, width: int) -> bytes:
        part = "" if width == 256 else f".p/{width}"
        return client.get(f"/log/ledger/tile/{level}/{number:03d}{part}").content

    tree = Tree(after.size, load)
    assert (before.size, after.size) == (7, 272)
    assert tree.root() == after.root
    assert tree.root(before.size) == before.root
    assert verify_consistency(7, 272, before.root, after.root, tree.consistency(7))


def test_full_and_partial_tiles_may_be_kept_for_ever(client: Client, molen: Place) -> None:
    pay_many(molen, 256)
    seal_all()

    for address, hashes in [
        ("0/000", 256),
        ("0/001.p/2", 2),
        ("0/001.p/1", 1),
        ("1/000.p/1", 1),
        ("0/000.p/7", 7),
    ]:
        response = client.get(f"/log/ledger/tile/{address}")
        assert len(split_hashes(response.content)) == hashes, address
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["Access-Control-Allow-Origin"] == "*"


NOTHING = [
    "/log/ledger/tile/0/001.p/3", "/log/ledger/tile/0/001", "/log/ledger/tile/1/000", "/log/ledger/tile/2/000.p/1",
    "/log/ledger/tile/0/0", "/log/ledger/tile/0/000.p/0", "/log/ledger/tile/0/000.p/256", "/log/ledger/tile/0/000.p/x",
    "/log/ledger/tile/0/x000/000", "/log/ledger/tile/0/x999/x999/x999/x999/x999/999", "/log/ledger/tile/64/000",
    "/log/ledger/tile/99999999999999999999999/000", "/log/ledger/tile/0/../checkpoint",
    "/log/ledger/tile/0/000%00", "/log/nothing/checkpoint", "/log/nothing/tile/0/000", "/log/coins/nergens.json",
]  # fmt: skip


def test_what_is_not_there_is_a_plain_404_without_a_page_around_it(client: Client, molen: Place) -> None:
    pay_many(molen, 256)
    seal_all()

    for address in NOTHING:
        response = client.get(address)
        assert (response.status_code, response.content) == (404, b"There is nothing here.\n"), address


def test_what_was_sealed_itself_lies_in_no_tile(client: Client, molen: Place) -> None:
    """Other logs give their entries at this place. Ours are for the two sides of a payment only."""
    seal_all()

    assert client.get("/log/ledger/tile/entries/000.p/2").status_code == 404


def test_a_log_in_which_nothing_is_sealed_has_no_checkpoint(client: Client) -> None:
    for name in ("ledger", "audit"):
        response = client.get(f"/log/{name}/checkpoint")
        assert (response.status_code, response.content) == (404, b"There is nothing here.\n")
        assert response["Access-Control-Allow-Origin"] == "*"


def test_nobody_writes_to_a_log(client: Client, molen: Place) -> None:
    for address in (CHECKPOINT, "/log/ledger/tile/0/000", STATEMENT):
        assert client.post(address).status_code == 405


def test_the_statement_of_a_coin_says_what_is_about_and_what_stands_behind_it(
    client: Client, molen: Place
) -> None:
    seal_all()
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        response = client.get(STATEMENT)

    statement = response.json()
    note = statement.pop("checkpoint")
    sealed = open_checkpoint(note, verifiers_of("ledger"))
    assert statement == {
        "coin": "MOLENWIJK", "name": "Molenmunt", "decimals": 2, "circulation": 100_00, "currency": "EUR",
        "reserve": 100_00, "at": "2026-11-22T10:00:00+00:00", "size": 2,
        "root": base64.b64encode(sealed.root).decode(), "log": "http://testserver/log/ledger/checkpoint",
    }  # fmt: skip
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_coin_before_its_first_seal_has_a_statement_too(client: Client, molen: Place) -> None:
    statement = client.get(STATEMENT).json()

    assert (statement["circulation"], statement["checkpoint"], statement["size"]) == (100_00, None, 0)


@pytest.mark.parametrize("leaves", [0, 255])
def test_reading_a_log_costs_the_same_however_long_it_is(
    client: Client, molen: Place, django_assert_num_queries: DjangoAssertNumQueries, leaves: int
) -> None:
    pay_many(molen, leaves)
    seal_all()

    for address, queries in ((CHECKPOINT, 1), ("/log/ledger/tile/0/000.p/2", 1), (STATEMENT, 3)):
        with django_assert_num_queries(queries):
            response = client.get(address)
        assert response.status_code == 200


def test_what_machines_read_names_nobody(client: Client, molen: Place) -> None:
    pay(molen.ann, molen.ben, 12_34)
    seal_all()

    read = b"".join(client.get(one).content for one in (CHECKPOINT, "/log/ledger/tile/0/000.p/3", STATEMENT))

    for secret in (molen.ann.address, molen.ben.address, "Ann", "1234", "12.34"):
        assert secret.encode() not in read
    assert hashlib.sha256(b"").digest() not in read
