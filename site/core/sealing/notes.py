"""Signed notes, their keys, and the checkpoints of logs in them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
KEY_BYTES = 32
PRIVATE = "PRIVATE+KEY+"
DASH = "— "
NAME = re.compile(r"[^\s+]+")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class WrongNote(ValueError):
    """This is not a note, or nobody whom we know has signed it."""


class WrongKey(ValueError):
    """This is not the text of a key."""


@dataclass(frozen=True)
class Verifier:
    """The public half of a key: it tells whether a note was signed with the other half."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """Read "name+hash+base64".

        :raises WrongKey: when it is not one of Ed25519.
        """
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise WrongKey("A verifier key has three parts with a plus between them.")
        verifier = cls(_name(parts[0]), _key_bytes(parts[2]))
        if verifier.id.hex() != parts[1]:
            raise WrongKey("The middle part of this key does not fit the others.")
        return verifier

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    def is_signed(self, text: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key. Whoever has it can sign a history of their own making: keep it where no database copy goes."""

    name: str
    seed: bytes

    @classmethod
    def parse(cls, text: str) -> Signer:
        """Read "PRIVATE+KEY+name+hash+base64".

        :raises WrongKey: when it is not one of Ed25519. The message does not repeat the key.
        """
        parts = text.strip().removeprefix(PRIVATE).split("+", 2)
        if not text.strip().startswith(PRIVATE) or len(parts) != 3:
            raise WrongKey(
                f"A private key begins with {PRIVATE} and has three more parts, with a plus between them."
            )
        signer = cls(_name(parts[0]), _key_bytes(parts[2]))
        if signer.verifier.id.hex() != parts[1]:
            raise WrongKey("The part of this key before its last does not fit the others.")
        return signer

    @property
    def verifier(self) -> Verifier:
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return Verifier(self.name, public.public_bytes_raw())

    def of_log(self, log: str) -> Signer:
        """The same key under the name of one log, which is what the checkpoints of that log are signed with."""
        return Signer(f"{self.name}/{log}", self.seed)

    def private_text(self) -> str:
        """The key as it is kept: a secret."""
        return (
            f"{PRIVATE}{self.name}+{self.verifier.id.hex()}+{base64.b64encode(ED25519 + self.seed).decode()}"
        )

    def sign(self, text: str) -> str:
        """The note that this text and its signature are."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{text}\n{DASH}{self.name} {base64.b64encode(self.verifier.id + signature).decode()}\n"

    def __repr__(self) -> str:
        return f"<Signer {self.name}>"  # never the seed


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise WrongKey("The name of a key has no spaces and no plus, and is not empty.")
    return text


def _key_bytes(text: str) -> bytes:
    decoded = _decoded(text)
    if decoded is None or decoded[:1] != ED25519 or len(decoded) != 1 + KEY_BYTES:
        raise WrongKey("This is no key of Ed25519.")
    return decoded[1:]


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


# --- Notes ------------------------------------------------------------------------------------------------------------


def open_note(note: str, verifiers: Iterable[Verifier]) -> tuple[str, Verifier]:
    """The text of a note, and which of these keys has signed it. Signatures of others are passed over.

    :raises WrongNote: when it is no note, none of the keys has signed it, or a signature of one of them is wrong.
    """
    text, gap, below = note.rpartition("\n\n")
    if not gap or not below.endswith("\n") or any(sign < " " and sign != "\n" for sign in note):
        raise WrongNote("This is not a signed note.")
    known = {(one.name, one.id): one for one in verifiers}
    signed: Verifier | None = None
    for line in below.removesuffix("\n").split("\n"):
        name, key_id, signature = _signature(line)
        verifier = known.get((name, key_id))
        if verifier is None:
            continue
        if not verifier.is_signed(f"{text}\n", signature):
            raise WrongNote(f"The signature of {name} does not fit what it stands under.")
        signed = verifier
    if signed is None:
        raise WrongNote("It is not signed by a key that we know.")
    return f"{text}\n", signed


def _signature(line: str) -> tuple[str, bytes, bytes]:
    words = line.removeprefix(DASH).split(" ")
    decoded = _decoded(words[-1])
    if not line.startswith(DASH) or len(words) != 2 or not words[0] or decoded is None or len(decoded) < 5:
        raise WrongNote("A line below the text is not a signature.")
    return words[0], decoded[:4], decoded[4:]


# --- Checkpoints ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: how many leaves the log of this name has, and their root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def read_head(text: str) -> Head:
    """What the text of a checkpoint says.

    :raises WrongNote: when it does not say it.
    """
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not SIZE.fullmatch(lines[1]):
        raise WrongNote("This note is not a checkpoint.")
    root = _decoded(lines[2])
    if root is None or len(root) != KEY_BYTES:
        raise WrongNote("The root in this checkpoint is no hash.")
    return Head(lines[0], int(lines[1]), root)


def open_checkpoint(note: str, verifiers: Iterable[Verifier]) -> Head:
    """What a checkpoint says that one of these keys has signed under the name of its own log.

    :raises WrongNote: when it is none, or not signed so.
    """
    text, verifier = open_note(note, verifiers)
    head = read_head(text)
    if head.origin != verifier.name:
        raise WrongNote(f"This checkpoint is of {head.origin}, and signed by {verifier.name}.")
    return head
