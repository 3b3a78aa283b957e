"""Signed notes: the example of the standard is read, and nothing else passes for one."""

from __future__ import annotations

import base64

import pytest

from core.sealing.notes import (
    Head,
    Signer,
    Verifier,
    WrongKey,
    WrongNote,
    open_checkpoint,
    open_note,
    read_head,
)

# From c2sp.org/signed-note.
FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SIGNED = (
    "This is an example message.\n"
    "\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SIGNER = Signer("example.org/log", b"s" * 32)
OTHER = Signer("example.org/log", b"o" * 32)
ROOT = "A" * 43 + "="
HEAD = Head("example.org/log/ledger", 3, b"r" * 32)


def checkpoint(signer: Signer = SIGNER, head: Head = HEAD) -> str:
    return signer.of_log("ledger").sign(head.text())


def test_the_example_of_the_standard_is_read() -> None:
    verifier = Verifier.parse(FOO)

    assert open_note(SIGNED, [verifier]) == ("This is an example message.\n", verifier)
    assert str(verifier) == FOO


def test_what_is_signed_can_be_opened_with_the_public_half() -> None:
    verifier = Verifier.parse(str(SIGNER.of_log("ledger").verifier))

    assert open_checkpoint(checkpoint(), [verifier]) == HEAD


def test_a_private_key_is_kept_and_read_as_one_line() -> None:
    assert Signer.parse(f" {SIGNER.private_text()}\n") == SIGNER
    assert SIGNER.private_text().startswith("PRIVATE+KEY+example.org/log+")


def test_a_private_key_shows_itself_nowhere() -> None:
    seed = base64.b64encode(b"\x01" + SIGNER.seed).decode()

    assert seed not in repr(SIGNER)
    with pytest.raises(WrongKey) as refused:
        Signer.parse(SIGNER.private_text().replace("PRIVATE", "PIRATE"))
    assert seed not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["", "PRIVATE+KEY+", "PRIVATE+KEY+a+00000000+AQ==", SIGNER.private_text()[:-4], FOO,
     SIGNER.private_text().replace("example.org", "example.net")],
)  # fmt: skip
def test_what_is_no_private_key_is_refused(text: str) -> None:
    with pytest.raises(WrongKey):
        Signer.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "a+b", FOO.replace("530d903a", "530d903b"), FOO.replace("foo", "bar"), FOO[:-2], f" +{FOO}",
     "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"],
)  # fmt: skip
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(WrongKey):
        Verifier.parse(text)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "This is an example message.\n",
        SIGNED.removesuffix("\n"),
        SIGNED.replace("— ", "- "),
        SIGNED.replace("message", "massage"),
        SIGNED.replace("Uw2Q", "Uw2R"),
        SIGNED.replace("message", "mess\tage"),
        SIGNED.replace("Uw2", "*w2"),
        SIGNED + "\n",
        SIGNED + "— example.com/bar\n",
    ],
)
def test_what_was_changed_is_no_note(note: str) -> None:
    with pytest.raises(WrongNote):
        open_note(note, [Verifier.parse(FOO)])


def test_a_signature_of_somebody_unknown_is_passed_over_and_is_not_enough() -> None:
    verifiers = [SIGNER.of_log("ledger").verifier]
    by_other = checkpoint(OTHER)
    by_both = checkpoint() + by_other.rpartition("\n\n")[2]

    assert open_checkpoint(by_both, verifiers) == HEAD
    with pytest.raises(WrongNote, match="not signed by a key that we know"):
        open_checkpoint(by_other, verifiers)


def test_one_wrong_signature_of_a_known_key_spoils_the_others() -> None:
    good, other = SIGNER.of_log("ledger"), Head(HEAD.origin, 4, HEAD.root)
    note = good.sign(HEAD.text()) + good.sign(other.text()).rpartition("\n\n")[2]

    with pytest.raises(WrongNote, match="does not fit"):
        open_note(note, [good.verifier])


def test_a_key_signs_for_its_own_log_only() -> None:
    audit = Head("example.org/log/audit", 3, HEAD.root)

    with pytest.raises(WrongNote, match=r"signed by example\.org/log/ledger"):
        open_checkpoint(checkpoint(head=audit), [SIGNER.of_log("ledger").verifier])


@pytest.mark.parametrize(
    "text",
    ["", "a\n", "a\n1\n", f"a\n01\n{ROOT}\n", f"a\n-1\n{ROOT}\n", "a\n1\nAAAA\n", f"\n1\n{ROOT}\n", "a\n1\n*\n",
     f"a\n1\n{ROOT}"],
)  # fmt: skip
def test_what_says_no_size_or_root_is_no_checkpoint(text: str) -> None:
    with pytest.raises(WrongNote):
        read_head(text)


def test_a_line_behind_the_root_is_left_alone() -> None:
    assert read_head(f"{HEAD.text()}something more\n") == HEAD
