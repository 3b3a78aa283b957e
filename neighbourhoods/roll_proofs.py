"""Proving that an entry stands on a roll. Pure functions: whoever has the file and the published root needs no site.

A roll is a Merkle tree over all its entries, also those of who was left out, in the order of their hashes. A leaf is
the entry as canonical JSON. Its salt is known to that person alone, so nobody finds out from the root who is on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from core.merkle import HASH, inclusion_ranges, leaf_hash, root_of, verify_inclusion
from neighbourhoods.counting import canonical

FORMAT: Final = "socialcoin-roll-proof-1"
LEAF: Final[Mapping[str, type]] = {
    "roll": int,
    "person": str,
    "is_included": bool,
    "basis": str,
    "salt": str,
}
LARGEST: Final = 1 << 40


class BadProof(ValueError):
    """This is no proof. The sentence says why."""


def leaf_of(*, roll: int, person: str, is_included: bool, basis: str, salt: str) -> dict[str, Any]:
    """An entry as it is hashed. `person` is the UUID of the party; `salt` is in hexadecimal digits."""
    return {"roll": roll, "person": person, "is_included": is_included, "basis": basis, "salt": salt}


def hash_of(leaf: Mapping[str, Any]) -> bytes:
    return leaf_hash(canonical(dict(leaf)).encode())


def make_proof(leaf: Mapping[str, Any], position: int, hashes: Sequence[bytes]) -> dict[str, Any]:
    """The proof that a leaf stands at a position of the tree of these hashes."""
    ranges = inclusion_ranges(position, len(hashes))
    return {
        "format": FORMAT,
        "leaf": dict(leaf),
        "position": position,
        "size": len(hashes),
        "path": [root_of(hashes[start:end]).hex() for start, end in ranges],
        "root": root_of(hashes).hex(),
    }


def verify_roll_proof(proof: object) -> bool:
    """Whether the entry in this proof stands in the tree of its root. False too for what is no proof."""
    try:
        return is_proven(read_proof(proof))
    except BadProof:
        return False


def is_proven(proof: Mapping[str, Any]) -> bool:
    """The same of a proof that was read."""
    path = [bytes.fromhex(step) for step in proof["path"]]
    root = bytes.fromhex(proof["root"])
    return verify_inclusion(hash_of(proof["leaf"]), proof["position"], proof["size"], path, root)


def read_proof(proof: object) -> dict[str, Any]:
    """The proof, when it has the form of one: exactly these names, each of its own kind.

    :raises BadProof: when it has not.
    """
    if not isinstance(proof, dict) or proof.get("format") != FORMAT:
        raise BadProof(f"This is not a proof of the format {FORMAT}.")
    _check_names("The proof", proof, {"format", "leaf", "position", "size", "path", "root"})
    _check_leaf(proof["leaf"])
    for name in ("position", "size"):
        if type(proof[name]) is not int or not 0 <= proof[name] <= LARGEST:
            raise BadProof(f"In the proof “{name}” is not a number that can be.")
    if not isinstance(proof["path"], list) or not all(_is_hash(step) for step in proof["path"]):
        raise BadProof("The path in the proof is not a list of hashes.")
    if not _is_hash(proof["root"]):
        raise BadProof("The root in the proof is not a hash.")
    return proof


def _check_leaf(leaf: object) -> None:
    if not isinstance(leaf, dict):
        raise BadProof("The proof has no entry.")
    _check_names("The entry", leaf, set(LEAF))
    for name, kind in LEAF.items():
        if type(leaf[name]) is not kind:
            raise BadProof(f"In the entry “{name}” is not of its kind.")


def _check_names(what: str, found: Mapping[str, Any], names: set[str]) -> None:
    if found.keys() != names:
        raise BadProof(f"{what} must have these names and no other: {', '.join(sorted(names))}.")


def _is_hash(value: object) -> bool:
    """64 hexadecimal digits in small letters, so that one hash has one spelling."""
    return isinstance(value, str) and len(value) == 2 * HASH and set(value) <= set("0123456789abcdef")
