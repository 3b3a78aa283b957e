"""The proof of a receipt on the command line: right, or refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from core.sealing.notes import Signer
from tests.factories.wallet import Place, fund, place
from tests.wallet.proof.sealed import pay, seal_all

pytestmark = pytest.mark.django_db

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def kept(client: Client, tmp_path: Path) -> Path:
    """What Ann kept of her payment of 4.00 to Ben."""
    molen: Place = place()
    fund(molen, molen.ann, 100_00)
    receipt = pay(molen.ann, molen.ben, 4_00)
    seal_all()
    client.force_login(molen.ann_login)
    file = tmp_path / "receipt.json"
    file.write_bytes(client.get(reverse("receipt_proof", args=[molen.ann.address, receipt.number])).content)
    return file


def checked(file: Path, **options: Any) -> str:
    out = StringIO()
    call_command("verify_receipt", file, stdout=out, **options)
    return out.getvalue()


def test_a_receipt_that_was_kept_is_right(kept: Path) -> None:
    said = checked(kept)

    assert "amount: 400" in said
    assert "This receipt is right. It is sealed in localhost/log/ledger, among 3." in said


def swap(field: str, old: str, new: str) -> Change:
    return lambda content: content.update({field: content[field].replace(old, new)})


NOT_SEALED, NO_PROOF = "is not what was sealed", "not the proof of a receipt"
CHANGES: dict[str, tuple[Change, str]] = {
    "another amount": (swap("record", '"amount":400', '"amount":500'), NOT_SEALED),
    "another salt": (lambda content: content.update(salt="A" * 22 + "=="), NOT_SEALED),
    "a shorter salt": (lambda content: content.update(salt="AAAA"), NO_PROOF),
    "another place": (lambda content: content.update(position=1), NOT_SEALED),
    "a place beyond": (lambda content: content.update(position=3), NOT_SEALED),
    "a place that is true": (lambda content: content.update(position=True), NO_PROOF),
    "no path": (lambda content: content.update(path=[]), NOT_SEALED),
    "a longer path": (lambda content: content["path"].append(content["path"][0]), NOT_SEALED),
    "half a hash": (lambda content: content["path"].append("AAAA"), NO_PROOF),
    "another size": (swap("checkpoint", "\n3\n", "\n4\n"), "signature"),
    "another log": (swap("checkpoint", "localhost/log/ledger\n", "localhost/log/audit\n"), "signature"),
    "nobody's signature": (lambda content: content.update(checkpoint="a\n3\nb\n"), "not a signed note"),
    "another format": (lambda content: content.update(format="other"), NO_PROOF),
    "no record": (lambda content: content.pop("record"), NO_PROOF),
    "a record that is a list": (lambda content: content.update(record="[]"), NO_PROOF),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_was_changed_in_it_is_found(kept: Path, change: str) -> None:
    apply, sentence = CHANGES[change]
    content = json.loads(kept.read_text())
    apply(content)
    kept.write_text(json.dumps(content))

    with pytest.raises(CommandError, match=sentence):
        checked(kept)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"text"'])
def test_anything_else_is_refused_in_a_sentence(kept: Path, content: bytes) -> None:
    kept.write_bytes(content)

    with pytest.raises(CommandError, match=r"receipt\.json: "):
        checked(kept)


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        checked(tmp_path / "nothing.json")


def test_another_key_did_not_sign_it(kept: Path) -> None:
    other = Signer("localhost/log/ledger", b"\x01" * 32)

    with pytest.raises(CommandError, match="not signed by a key that we know"):
        checked(kept, key=[str(other.verifier)])
    with pytest.raises(CommandError, match="three parts"):
        checked(kept, key=["nothing"])
