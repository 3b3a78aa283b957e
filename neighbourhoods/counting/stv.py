"""The single transferable vote by the Scottish rules, with exact fractions.

The Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, rules 46 to 53: the weighted inclusive
Gregory method. Where the rules cut transfer values off after five decimals (rule 49(3)), fractions stay exact here, so
nothing is lost by rounding. docs/counting.md tells the rules in words, and what is added for a countback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from neighbourhoods.counting.draws import Draws
from neighbourhoods.counting.numbers import votes
from neighbourhoods.counting.paper import Paper
from neighbourhoods.counting.piles import Piles


@dataclass
class Stv:
    """One count. `history` has the votes at the end of each stage so far."""

    paper: Paper
    draws: Draws
    rankings: Sequence[Sequence[str]]
    elected: list[str] = field(default_factory=list)
    rounds: list[dict[str, Any]] = field(default_factory=list)
    history: list[dict[str, Fraction]] = field(default_factory=list)
    left_at: dict[str, int] = field(default_factory=dict)  # the stage at which a candidate was excluded
    waiting: list[str] = field(default_factory=list)  # elected, with a surplus to transfer

    def __post_init__(self) -> None:
        self.standing = [option for option in self.paper.options if option not in self.paper.withdrawn]
        self.piles = Piles.of(self.rankings, self.standing)
        self.quota = len(self.rankings) // (self.paper.places + 1) + 1

    def run(self) -> None:
        """This will count stage after stage, until all seats are filled (rules 46 to 53)."""
        self._close("first", None, None)
        while len(self.elected) < self.paper.places and self._continuing():
            if self.waiting:
                chosen, tie = self._choose(self.waiting, purpose="transfer")
                self.waiting.remove(chosen)
                self._transfer(chosen)
                self._close("surplus", chosen, tie)
            else:
                open_to_leave = [option for option in self._continuing() if option not in self.paper.guarded]
                chosen, tie = self._choose(open_to_leave, purpose="exclude")
                self.left_at[chosen] = len(self.history) + 1
                self.piles.pass_on(chosen, factor=Fraction(1), to=frozenset(self._continuing()))
                self._close("exclusion", chosen, tie)

    def _transfer(self, candidate: str) -> None:
        """Rule 49: each paper goes on at its value times the surplus by all votes of the candidate."""
        total = self.piles.votes[candidate]
        factor = (total - self.quota) / total
        self.piles.pass_on(candidate, factor=factor, to=frozenset(self._continuing()))

    def _close(self, action: str, of: str | None, tie: dict[str, Any] | None) -> None:
        """The end of a stage: who is elected now, and how it stands."""
        self.history.append(dict(self.piles.votes))
        by_quota = self._elect_by_quota()
        without = self._elect_the_last()
        self.rounds.append({
            "stage": len(self.history),
            "action": action,
            "of": of,
            "tie": tie,
            "votes": {option: votes(self.piles.votes[option]) for option in self.standing},
            "non_transferable": votes(self.piles.spent),
            "quota": self.quota,
            "elected": [*by_quota, *without],
            "without_quota": without,
        })  # fmt: skip

    # --- Who is elected -----------------------------------------------------------------------------------------------

    def _continuing(self) -> list[str]:
        return [
            option for option in self.standing if option not in self.elected and option not in self.left_at
        ]

    def _elect_by_quota(self) -> list[str]:
        """Rule 48: whoever has the quota is elected, the one with most votes first.

        In a countback the guarded keep their seats, so the others get no more than what is left.
        """
        reached = [option for option in self._continuing() if self.piles.votes[option] >= self.quota]
        found = self._by_votes(reached)
        self.elected += found
        self.waiting += [option for option in found if self.piles.votes[option] > self.quota]
        return found

    def _room(self) -> int:
        """The seats that are not taken and not kept for a guarded candidate."""
        kept = sum(option not in self.elected for option in self.paper.guarded)
        return self.paper.places - len(self.elected) - kept

    def _by_votes(self, options: list[str]) -> list[str]:
        """Most votes first. Equal votes stand as on the paper, unless there is not room for all of them."""
        ordered = sorted(options, key=lambda option: -self.piles.votes[option])
        others = [option for option in ordered if option not in self.paper.guarded]
        if len(others) <= self._room():
            return ordered
        picked: list[str] = []
        while len(picked) < self._room():
            picked.append(self._choose([one for one in others if one not in picked], purpose="elect")[0])
        return [option for option in ordered if option in self.paper.guarded or option in picked]

    def _elect_the_last(self) -> list[str]:
        """Rule 53: as many candidates as seats are left, so they are elected. Likewise when only guarded seats are."""
        last = self._continuing()
        if self._room() == 0:
            last = [option for option in last if option in self.paper.guarded]
        if not last or len(last) > self.paper.places - len(self.elected):
            return []
        last.sort(key=lambda option: -self.piles.votes[option])
        self.elected += last
        return last

    # --- Ties ---------------------------------------------------------------------------------------------------------

    def _choose(self, options: list[str], *, purpose: str) -> tuple[str, dict[str, Any] | None]:
        """The one with most votes, or with fewest to exclude. Else the stages before decide, else the draw."""
        sign = -1 if purpose == "exclude" else 1
        tied = _highest(options, self.piles.votes, sign)
        if len(tied) == 1:
            return tied[0], None
        tie: dict[str, Any] = {"between": tied, "by": "stage", "stage": None}
        for stage in range(len(self.history) - 1, 0, -1):  # rules 50(2), 52(2): the most recent one first
            closer = _highest(tied, self.history[stage - 1], sign)
            if len(closer) < len(tied):
                tied, tie["stage"] = closer, stage
            if len(tied) == 1:
                return tied[0], {**tie, "chosen": tied[0]}
        upcoming = len(self.history) + (purpose != "elect")
        [chosen] = self.draws.pick(tied, stage=upcoming, purpose=purpose)
        return chosen, {**tie, "by": "draw", "stage": upcoming, "chosen": chosen}


def _highest(options: list[str], votes_of: dict[str, Fraction], sign: int) -> list[str]:
    best = max(sign * votes_of[option] for option in options)
    return [option for option in options if sign * votes_of[option] == best]
