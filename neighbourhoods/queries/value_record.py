"""All that everybody may know of a value decision, gathered once: page, JSON and CSV are drawn from it alone, so they
agree. A fixed number of queries for any number of reactions, votes and versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.clock import day_of
from neighbourhoods.models import (
    BallotBox,
    DemandSignal,
    Indication,
    ValueComment,
    ValueConsent,
    ValueDecision,
    ValueGuideline,
    ValueVersion,
    ValueVote,
)
from neighbourhoods.queries.appeals import Ruling, deadline_of, rulings_of
from neighbourhoods.queries.cover import Cover, cover_of_decision
from neighbourhoods.queries.demand import Demand, figures_of
from neighbourhoods.queries.guidelines import guideline_for
from neighbourhoods.queries.motions import Vote, votes_in
from neighbourhoods.queries.prices import last_indications
from neighbourhoods.queries.results import published
from neighbourhoods.queries.support import supporters
from neighbourhoods.queries.values import comments_of, lines_of, needed
from neighbourhoods.states import BoxState, ValueState

# Before it is in force the pots are asked whether they could pay it; afterwards they pay, and are asked no more.
STILL_TO_COME = frozenset(ValueState) - {
    ValueState.IN_FORCE, ValueState.SUPERSEDED, ValueState.REJECTED, ValueState.NO_QUORUM, ValueState.WITHDRAWN,
    ValueState.ANNULLED,
}  # fmt: skip

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A step that a decision took: which, when, and why where a reason was given."""

    event: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an amount costs in a month, and what it would cost without the decision. In minor units."""

    amount: int
    volume: int
    present: int

    @property
    def a_month(self) -> int:
        return self.amount * self.volume

    @property
    def now_a_month(self) -> int:
        return self.present * self.volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One vote in a decision. `result` is what is published of it and `named` the votes with names, once it is over."""

    vote: ValueVote
    result: Json | None
    named: Sequence[Vote]
    rulings: Sequence[Ruling]
    appeals_until: datetime | None

    @property
    def box(self) -> BallotBox:
        return self.vote.box


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A value decision with all that led to it. `present` is what holds without it: before it, or today."""

    decision: ValueDecision
    present: int | None
    guideline: ValueGuideline | None
    indications: Sequence[Indication]
    demand: Demand
    signals: Sequence[DemandSignal]
    effect: Effect | None
    cover: Cover | None
    supporters: int
    needed: int
    rounds: Sequence[Round]
    consents: Sequence[ValueConsent]
    comments: Sequence[ValueComment]
    versions: Sequence[ValueVersion]
    happened: Sequence[Happened]

    @property
    def amount(self) -> int | None:
        """The amount that it is about: decided, else proposed."""
        return self.decision.proposed if self.decision.decided is None else self.decision.decided

    def last(self, *events: str) -> Happened | None:
        """The last time that one of these happened."""
        return next((one for one in reversed(self.happened) if one.event in events), None)


def record_of(decision: ValueDecision, on: date) -> Record:
    """Everything about a decision as it is known on a day."""
    item, happened = decision.item, _happened(decision)
    versions = list(
        ValueVersion.objects.filter(item=item, effective_on__lte=on)
        .select_related("decision")
        .order_by("-effective_on")
    )
    present, then = _before(decision, versions, happened), _weighed_on(decision, happened, on)
    return Record(
        decision=decision,
        present=present,
        guideline=guideline_for(decision.neighbourhood.municipality, item.category, item.unit, then),
        indications=last_indications(item),
        demand=figures_of(item, on=then),
        signals=list(decision.signals.order_by("at")),
        effect=_effect_of(decision, present),
        cover=cover_of_decision(decision, on) if decision.state in STILL_TO_COME else None,
        supporters=supporters(decision),
        needed=needed(decision),
        rounds=_rounds(decision),
        consents=list(decision.consents.order_by("at")),
        comments=list(comments_of(decision)),
        versions=versions,
        happened=happened,
    )


def _effect_of(decision: ValueDecision, present: int | None) -> Effect | None:
    amount = decision.proposed if decision.decided is None else decision.decided
    if amount is None or not decision.volume:
        return None
    return Effect(amount=amount, volume=decision.volume, present=present or 0)


def _before(
    decision: ValueDecision, versions: Sequence[ValueVersion], happened: Sequence[Happened]
) -> int | None:
    """What held before it came into force; on the day that it ended without; else what holds now."""
    if decision.state in {ValueState.IN_FORCE, ValueState.SUPERSEDED}:
        older = [one for one in versions if one.effective_on < (decision.effective_on or one.effective_on)]
    elif decision.state in STILL_TO_COME or not happened:
        older = list(versions)
    else:
        older = [one for one in versions if one.effective_on <= day_of(happened[-1].at)]
    return older[0].amount if older else None


def _weighed_on(decision: ValueDecision, happened: Sequence[Happened], on: date) -> date:
    """The day on which it was weighed: when it was decided or ended; while it goes on, this day."""
    if decision.decided_at:
        return day_of(decision.decided_at)
    return on if decision.state in STILL_TO_COME or not happened else day_of(happened[-1].at)


def _happened(decision: ValueDecision) -> list[Happened]:
    return [
        Happened(
            event=line.event.partition(".")[2],
            at=line.at,
            reason=line.note.text if hasattr(line, "note") else "",
        )
        for line in lines_of(decision).select_related("note").order_by("pk")
    ]


BOX = (
    "box__policy", "box__roll", "box__result", "box__neighbourhood__coin", "box__value_vote__decision__item",
    "meeting",
)  # fmt: skip


def _rounds(decision: ValueDecision) -> list[Round]:
    """The votes, the latest first."""
    votes = list(decision.votes.select_related(*BOX).order_by("-number"))
    for vote in votes:
        vote.box.value_vote.decision = decision  # one object, so that what was fetched along is fetched once
    named = votes_in([vote.box for vote in votes if not vote.box.is_secret])
    return [
        Round(
            vote=vote,
            result=published(vote.box) if vote.box.state == BoxState.COUNTED else None,
            named=named.get(vote.box_id, ()),
            rulings=rulings_of(vote.box),
            appeals_until=deadline_of(vote.box),
        )
        for vote in votes
    ]
