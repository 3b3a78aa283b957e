"""Counting a log anew from its leaves alone, and holding it against what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.merkle import WIDTH, bag, peaks

TOLD = 20  # faults of a log, one by one


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody said that the log with so many leaves has this root. `name` is what to call it when it is not so."""

    size: int
    root: bytes
    name: str


@dataclass
class Report:
    """What verifying one log came to."""

    log: str
    size: int = 0
    erased: int = 0  # leaves without salt: in the tree, but nobody can tell what they stand for
    checkpoints: int = 0
    signed: int = 0  # leaves under the newest checkpoint
    waiting: int = 0  # rows that are not sealed yet
    count: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, what: str) -> None:
        self.count += 1
        if len(self.faults) < TOLD:
            self.faults.append(f"{self.log}: {what}")


class Recount:
    """The tree over leaves that are given tile by tile. Claims come in the order of their size."""

    def __init__(self, claims: Iterable[Claim], report: Report) -> None:
        self.nodes: list[list[bytes]] = [[]]  # of each level above the leaves
        self._report = report
        self._claims: Iterator[Claim] = iter(claims)
        self._claim = next(self._claims, None)
        self._tiles = 0

    def add(self, leaves: list[bytes]) -> None:
        """The next leaves: 256 of them, or fewer when they are the last."""
        begin = self._tiles * WIDTH
        tops: list[bytes] | None = None
        while self._claim and self._claim.size <= begin + min(len(leaves), WIDTH - 1):
            tops = self._tops() if tops is None else tops
            if bag([*tops, *peaks(leaves[: self._claim.size - begin])]) != self._claim.root:
                self._report.fault(f"{self._claim.name} has a root that is not that of the leaves")
            self._claim = next(self._claims, None)
        if len(leaves) == WIDTH:
            self._tiles += 1
            self._complete(peaks(leaves)[0])

    def end(self) -> None:
        """There are no more leaves."""
        while self._claim:
            self._report.fault(f"{self._claim.name} is of more leaves than there are")
            self._claim = next(self._claims, None)

    def _complete(self, node: bytes) -> None:
        level = 0
        self.nodes[0].append(node)
        while len(self.nodes[level]) % WIDTH == 0:
            node = peaks(self.nodes[level][-WIDTH:])[0]
            level += 1
            if level == len(self.nodes):
                self.nodes.append([])
            self.nodes[level].append(node)

    def _tops(self) -> list[bytes]:
        found = []
        for nodes in reversed(self.nodes):
            found += peaks(nodes[len(nodes) - len(nodes) % WIDTH :])
        return found
