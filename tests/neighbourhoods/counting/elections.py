"""Elections made up from a seed: few and many papers, long and short ones, with favourites, camps, and none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from tests.neighbourhoods.counting.papers import stv

NAMES = "ABCDEFGH"


def elections(seed: int, how_many: int) -> Iterator[dict[str, Any]]:
    """Each has more candidates than seats. Only `random()` is used, which is the same in every version of Python."""
    chance = random.Random(seed)
    for _ in range(how_many):
        names = NAMES[: 2 + _below(chance, 7)]
        seats = 1 + _below(chance, min(4, len(names) - 1))
        voters = 1 + _below(chance, 60)
        tilt = (0.0, 0.6, 1.5, 3.0)[_below(chance, 4)]
        camps = [_weights(chance, names, tilt) for _ in range(1 + _below(chance, 3))]
        piles = [_ranking(chance, names, camps[_below(chance, len(camps))]) for _ in range(voters)]
        yield stv(piles, seats=seats, options=names)


def countbacks(seed: int, how_many: int) -> Iterator[dict[str, Any]]:
    """The same kind of elections, from which some have left, and some are to keep their seats."""
    chance = random.Random(seed)
    for paper in elections(seed, how_many):
        shuffled = sorted(paper["options"], key=lambda _name: chance.random())
        kept = _below(chance, paper["seats"] + 1)
        left = _below(chance, min(3, len(shuffled) - kept + 1))
        yield paper | {"guarded": sorted(shuffled[:kept]), "withdrawn": sorted(shuffled[kept : kept + left])}


def _below(chance: random.Random, most: int) -> int:
    return int(chance.random() * most)


def _weights(chance: random.Random, names: str, tilt: float) -> dict[str, float]:
    return {name: tilt * chance.random() for name in names}


def _ranking(chance: random.Random, names: str, weights: dict[str, float]) -> str:
    ordered = sorted(names, key=lambda name: weights[name] + chance.random(), reverse=True)
    return "".join(ordered[: 1 + _below(chance, len(names))])
