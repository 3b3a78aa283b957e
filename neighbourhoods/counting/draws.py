"""The draw: lots that anybody can draw again, and that nobody can steer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Draws:
    """The draws of one count. The seed is public before voting begins; the hash of the paper is fixed by closing."""

    seed: str
    input_hash: str
    options: tuple[str, ...]
    records: list[dict[str, Any]] = field(default_factory=list)

    def pick(self, tied: Iterable[str], *, stage: int, purpose: str, count: int = 1) -> list[str]:
        """This will pick `count` of the tied, those with the lowest hashes, and write the draw down.

        Whoever is picked is what the purpose says: `exclude` (the lowest hash is the one who leaves), `transfer` (whose
        surplus goes first) or `elect` (who gets the seat).
        """
        between = sorted(tied, key=self.options.index)
        hashes = {option: self._lot(stage, option) for option in between}
        order = sorted(between, key=hashes.__getitem__)
        self.records.append({
            "stage": stage, "purpose": purpose, "between": between, "hashes": hashes, "order": order,
            "chosen": order[:count],
        })  # fmt: skip
        return order[:count]

    def _lot(self, stage: int, option: str) -> str:
        return hashlib.sha256(f"{self.seed}:{self.input_hash}:{stage}:{option}".encode()).hexdigest()
