"""The same counts once more, as one would do them by hand: paper by paper, slowly, straight from the rules.

Nothing here is ours but the words: each paper is a thing of its own that knows its value, all totals are added up anew
at the end of each stage, and nothing is bundled.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Totals = dict[str, Fraction]


@dataclass
class Slip:
    """One ballot paper."""

    names: list[str]
    value: Fraction = Fraction(1)
    on_pile_of: str | None = None


@dataclass
class Table:
    """The table that the papers are counted on. `stages` has all totals; `gone` is what no candidate got."""

    paper: dict[str, Any]
    slips: list[Slip] = field(default_factory=list)
    stages: list[Totals] = field(default_factory=list)
    gone: list[Fraction] = field(default_factory=list)
    elected: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    lots: list[tuple[int, str, str]] = field(default_factory=list)  # stage, purpose, who was drawn
    passed: set[str] = field(default_factory=set)  # whose surplus has gone on; a quota stays with them
    was_mixed: bool = False  # whether papers of different value were ever passed on together

    @property
    def quota(self) -> int:
        return int(Fraction(len(self.slips), self.paper["seats"] + 1)) + 1

    def candidates(self) -> list[str]:
        return [name for name in self.paper["options"] if name not in self.paper["withdrawn"]]

    def continuing(self) -> list[str]:
        return [name for name in self.candidates() if name not in self.elected and name not in self.excluded]

    def totals(self) -> Totals:
        """Every pile added up anew. Whoever has passed on a surplus keeps a quota."""
        found = {name: Fraction(self.quota if name in self.passed else 0) for name in self.candidates()}
        for slip in self.slips:
            if slip.on_pile_of is not None:
                found[slip.on_pile_of] += slip.value
        return found


def count_by_hand(paper: dict[str, Any]) -> Table:
    """STV by rules 46 to 53, with the rules for a countback."""
    table = Table(
        paper, [Slip(list(choice)) for choice, _receipt in paper["ballots"] if choice and choice != "INVALID"]
    )
    candidates = table.candidates()
    for slip in table.slips:
        slip.on_pile_of = next((name for name in slip.names if name in candidates), None)
    if not table.slips:
        return table
    surpluses: list[str] = []
    while True:
        _end_stage(table, surpluses)
        if len(table.elected) == paper["seats"] or not table.continuing():
            return table
        if surpluses:
            name = _settle(table, surpluses, most=True, purpose="transfer")
            surpluses.remove(name)
            votes = table.stages[-1][name]
            _pass_on(table, name, (votes - table.quota) / votes)
        else:
            free = [name for name in table.continuing() if name not in paper["guarded"]]
            name = _settle(table, free, most=False, purpose="exclude")
            table.excluded.append(name)
            _pass_on(table, name, Fraction(1))


def _end_stage(table: Table, surpluses: list[str]) -> None:
    table.stages.append(table.totals())
    table.gone.append(Fraction(len(table.slips)) - sum(table.stages[-1].values()))
    seats, guarded = table.paper["seats"], table.paper["guarded"]
    reached = [name for name in table.continuing() if table.stages[-1][name] >= table.quota]
    while reached:  # one after the other, the highest first
        free = seats - len(table.elected) - len([name for name in guarded if name not in table.elected])
        strangers = [name for name in reached if name not in guarded]
        if not free:
            reached = [name for name in reached if name in guarded]
            if not reached:
                break
        best = max(table.stages[-1][name] for name in reached)
        equals = [name for name in reached if table.stages[-1][name] == best]
        name = equals[0]
        if name not in guarded and len(strangers) > free:
            name = _settle(table, [one for one in equals if one not in guarded], most=True, purpose="elect")
        table.elected.append(name)
        reached.remove(name)
        if table.stages[-1][name] > table.quota:
            surpluses.append(name)
    left = table.continuing()
    vacancies = seats - len(table.elected)
    if vacancies and vacancies == len([name for name in left if name in guarded]):
        left = [name for name in left if name in guarded]
    if len(left) <= vacancies:
        table.elected += sorted(left, key=lambda name: -table.stages[-1][name])


def _pass_on(table: Table, name: str, part: Fraction) -> None:
    moving = [slip for slip in table.slips if slip.on_pile_of == name]
    table.was_mixed |= len({slip.value for slip in moving}) > 1
    continuing = table.continuing()
    for slip in moving:
        slip.value *= part
        later = slip.names[slip.names.index(name) + 1 :]
        slip.on_pile_of = next((one for one in later if one in continuing), None)
    if part != 1:
        table.passed.add(name)


def _settle(table: Table, names: list[str], *, most: bool, purpose: str) -> str:
    """The highest or the lowest; of equals the one that was so at the last stage where they differed; else by lot."""
    for totals in reversed(table.stages):
        best = (max if most else min)(totals[name] for name in names)
        names = [name for name in names if totals[name] == best]
        if len(names) == 1:
            return names[0]
    stage = len(table.stages) + (0 if purpose == "elect" else 1)
    name = min(names, key=lambda one: lot(table.paper, stage, one))
    table.lots.append((stage, purpose, name))
    return name


def lot(paper: dict[str, Any], stage: int, name: str) -> str:
    """The lot of somebody, by the words of docs/counting.md."""
    text = json.dumps(paper, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return hashlib.sha256(f"{paper['seed']}:{digest}:{stage}:{name}".encode()).hexdigest()
