"""The counts that filled empty chairs of a board, on the result page of its election: what of, and who came up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from neighbourhoods.counting import canonical
from neighbourhoods.models import Election
from neighbourhoods.queries.elections import countbacks, seats_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """One count for an empty chair. `since` is the first day of who came up; None while they did not take it.

    `lists` is what goes into the published input to count it again; `input_hash` and `elected` are what then comes out,
    empty when so few voted that the ballots are not published.
    """

    at: datetime
    name: str
    since: date | None
    left_out: list[str]
    kept: list[str]
    elected: list[str]
    lists: str
    input_hash: str


def shown(election: Election | None, labels: Mapping[str, str]) -> list[Again]:
    """All of an election, the oldest first."""
    found = countbacks(election) if election else []
    if election is None or not found:
        return []
    began = _began(election)
    return [
        Again(
            at=one["at"], name=labels[one["next"]], since=began.get(one["next"]),
            left_out=[labels[key] for key in one["withdrawn"]], kept=[labels[key] for key in one["guarded"]],
            elected=[labels[key] for key in one.get("elected", [])],
            lists=canonical({name: one[name] for name in ("guarded", "withdrawn")}),
            input_hash=one.get("input_hash", ""),
        )
        for one in found
    ]  # fmt: skip


def _began(election: Election) -> dict[str, date]:
    """Per ballot key the first day on the board, of who sits or sat."""
    days = {seat.person.canonical_id: seat.from_on for seat in seats_from(election)}
    on_ballot = election.nominations.filter(number__isnull=False).select_related("candidate")
    return {
        str(one.number): days[one.candidate.canonical_id]
        for one in on_ballot
        if one.candidate.canonical_id in days
    }
