"""The ballot papers of an STV count, where each lies, and what it is worth there.

Equal ballots are one bundle. What a candidate holds lies in parcels of equal value, so a value is worked out once for a
parcel and never for a paper; a bundle that moves is a number that goes from one list to another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction

Parcels = dict[Fraction, list[int]]  # value of one paper: bundles
NOBODY = None


@dataclass
class Piles:
    """Who holds which papers. `spent` is what went to nobody: the papers that name no candidate still in the count."""

    rankings: list[tuple[str, ...]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    reached: list[int] = field(default_factory=list)  # the place in its ranking where each bundle lies
    parcels: dict[str, Parcels] = field(default_factory=dict)
    votes: dict[str, Fraction] = field(default_factory=dict)
    spent: Fraction = Fraction(0)

    @classmethod
    def of(cls, rankings: Iterable[Iterable[str]], candidates: Iterable[str]) -> Piles:
        """First preferences: each paper goes to the first of `candidates` on it."""
        bundles = Counter(tuple(ranking) for ranking in rankings)
        piles = cls(list(bundles), list(bundles.values()), [-1] * len(bundles))
        for candidate in candidates:
            piles.parcels[candidate], piles.votes[candidate] = {}, Fraction(0)
        piles._deal({Fraction(1): list(range(len(bundles)))}, Fraction(1), frozenset(piles.parcels))
        return piles

    def pass_on(self, candidate: str, *, factor: Fraction, to: AbstractSet[str]) -> None:
        """All papers of a candidate go to the next of `to` on them, each at its value times the factor."""
        moved, self.parcels[candidate] = self.parcels[candidate], {}
        self.votes[candidate] -= self.votes[candidate] * factor
        self._deal(moved, factor, to)

    def _deal(self, parcels: Parcels, factor: Fraction, to: AbstractSet[str]) -> None:
        for value, bundles in parcels.items():
            worth = value * factor
            heaps: dict[str | None, list[int]] = defaultdict(list)
            for bundle in bundles:
                heaps[self._next(bundle, to)].append(bundle)
            for receiver, heap in heaps.items():
                credit = worth * sum(self.sizes[bundle] for bundle in heap)
                if receiver is NOBODY:
                    self.spent += credit
                else:
                    self.votes[receiver] += credit
                    self.parcels[receiver].setdefault(worth, []).extend(heap)

    def _next(self, bundle: int, to: AbstractSet[str]) -> str | None:
        ranking = self.rankings[bundle]
        for place in range(self.reached[bundle] + 1, len(ranking)):
            if ranking[place] in to:
                self.reached[bundle] = place
                return ranking[place]
        return NOBODY
