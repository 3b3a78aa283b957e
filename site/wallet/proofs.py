"""The file in which a receipt carries its proof: written for its two sides, read by anybody whom they give it to.

The page that checks it in a browser is static/js/proof.js; here is the same for the command line.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.merkle import HASH, leaf_hash, verify_inclusion
from core.sealing.notes import Head, Verifier, WrongNote, open_checkpoint

if TYPE_CHECKING:
    from ledger.queries.proof import Proof

FORMAT = "socialcoin.receipt.v1"
LOG = "ledger"
SALT = 16  # bytes


class WrongProof(ValueError):
    """This is no proof of a receipt, or what it says is not what was sealed."""


def written(proof: Proof, salt: bytes) -> dict[str, Any]:
    """The content of the file. `salt` is that of the proof, which is there unless somebody was erased."""
    return {
        "format": FORMAT,
        "log": LOG,
        "record": proof.record,
        "salt": _text(salt),
        "position": proof.position,
        "path": [_text(one) for one in proof.path],
        "checkpoint": proof.checkpoint.note,
    }


def verify(text: str, verifiers: Sequence[Verifier]) -> tuple[dict[str, Any], Head]:
    """What the record in such a file says, and in which tree it is sealed.

    :raises WrongProof: when it is no such file, is not signed with one of these keys, or was changed.
    """
    try:
        content = json.loads(text)
        record, note, position = content["record"], content["checkpoint"], content["position"]
        salt, path = _bytes(content["salt"]), [_bytes(one) for one in content["path"]]
        said = json.loads(record)
        is_proof = content["format"] == FORMAT and isinstance(said, dict) and type(position) is int
        leaf = leaf_hash(salt + record.encode())
        head = open_checkpoint(note, verifiers)
    except WrongNote as error:
        raise WrongProof(str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongProof("This is not the proof of a receipt.") from error
    if not is_proof or len(salt) != SALT or any(len(one) != HASH for one in path):
        raise WrongProof("This is not the proof of a receipt.")
    if not verify_inclusion(leaf, position, head.size, path, head.root):
        raise WrongProof("What this receipt says is not what was sealed.")
    return said, head


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
