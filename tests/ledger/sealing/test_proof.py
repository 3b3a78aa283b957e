"""The proof of a receipt: what was sealed is what both sides may see, and it leads to the root that was signed."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

import pymerkle
import pytest
from pytest_django import DjangoAssertNumQueries

from core.merkle import leaf_hash, verify_inclusion
from core.sealing.keys import verifiers_of
from core.sealing.notes import open_checkpoint
from ledger.models import LogLeaf, Transfer
from ledger.operations import charge_back
from ledger.queries import proof_of
from ledger.receipts import receipt_number
from tests.factories.ledger import AT, SYSTEM, Town, key
from tests.ledger.sealing.conftest import pay, seal_all

pytestmark = pytest.mark.django_db


def as_told(transfer: Transfer) -> dict[str, Any]:
    """What both sides may see of it, from the models."""
    undone = transfer.reverses_id
    return {
        "amount": transfer.amount,
        "coin": transfer.coin.code,
        "kind": transfer.kind,
        "label": transfer.label,
        "made_at": transfer.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "payee": transfer.payee.address,
        "payer": transfer.payer.address,
        "receipt": receipt_number(transfer.pk),
        "reverses": receipt_number(undone) if undone else None,
        "version": 1,
    }


def test_what_is_sealed_of_every_transfer_is_canonical_json_of_what_both_may_see(molen: Town) -> None:
    first = Transfer.objects.filter(payer=molen.ann).order_by("pk")[0]
    charge_back(transfer=first, key=key("back"), actor=SYSTEM, at=AT.replace(microsecond=42))
    seal_all()

    for transfer in [*Transfer.objects.order_by("pk")[:3], Transfer.objects.order_by("-pk")[0]]:
        proof = proof_of(transfer.pk)
        assert proof is not None
        assert proof.record == json.dumps(as_told(transfer), sort_keys=True, separators=(",", ":"))


def test_a_receipt_is_proven_with_what_it_holds_alone(molen: Town) -> None:
    for transfer in Transfer.objects.order_by("pk"):
        proof = proof_of(transfer.pk)
        assert proof is not None
        assert proof.salt is not None
        head = open_checkpoint(proof.checkpoint.note, verifiers_of("ledger"))
        assert leaf_hash(proof.salt + proof.record.encode()) == proof.leaf
        assert verify_inclusion(proof.leaf, proof.position, head.size, proof.path, head.root)


def test_an_implementation_that_is_not_ours_says_the_same(molen: Town) -> None:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for leaf in LogLeaf.objects.order_by("position"):
        proof = proof_of(leaf.transfer_id)
        assert proof is not None
        assert proof.salt is not None
        tree.append_entry(proof.salt + proof.record.encode())

    for leaf in LogLeaf.objects.order_by("position")[::50]:
        proof = proof_of(leaf.transfer_id)
        assert proof is not None
        theirs = tree.prove_inclusion(proof.position + 1, proof.checkpoint.size)
        assert theirs.path == [proof.leaf, *proof.path]
        theirs.verify(proof.leaf, proof.checkpoint.root)


def test_a_payment_has_a_proof_as_soon_as_it_is_sealed_and_none_before(molen: Town) -> None:
    pay(molen.ann, molen.ben, 1, "new")
    newest = Transfer.objects.order_by("-pk")[0]

    assert proof_of(newest.pk) is None
    seal_all()
    assert proof_of(newest.pk) is not None


def test_before_anything_is_sealed_and_for_what_never_was_there_is_no_proof(db: None) -> None:
    assert proof_of(1) is None


@pytest.mark.parametrize("which", [0, 280])
def test_a_proof_takes_a_few_small_questions(
    molen: Town, which: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    number = LogLeaf.objects.get(position=which).transfer_id

    with django_assert_num_queries(4):
        proof_of(number)
