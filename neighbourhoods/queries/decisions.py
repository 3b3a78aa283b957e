"""What a neighbourhood is deciding now and what it decided, for its pages. A fixed number of queries each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateTimeField, F, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from neighbourhoods.models import (
    Election,
    ElectionPage,
    Interest,
    Meeting,
    Neighbourhood,
    Proposal,
    ProposalKind,
    Seat,
    SeatOffice,
    ValueDecision,
    ValueDecisionPage,
    ValueVote,
)
from neighbourhoods.queries.elections import announced_elections, lines_of_elections
from neighbourhoods.queries.seats import board_of
from neighbourhoods.queries.values import decided_values, fetch_decided_values, open_decisions
from neighbourhoods.states import (
    ElectionState,
    MeetingState,
    MinutesState,
    ProposalState,
    ValueState,
)

OPEN_ELECTIONS = (
    ElectionState.ANNOUNCED,
    ElectionState.NOMINATIONS,
    ElectionState.ROLL_FROZEN,
    ElectionState.VOTING,
    ElectionState.CLOSED,
    ElectionState.COUNTED,
    ElectionState.PROVISIONAL,
)
HELD_ELECTIONS = (ElectionState.FINAL, ElectionState.ANNULLED, ElectionState.CANCELLED)
DECIDED = (ProposalState.ADOPTED, ProposalState.REJECTED, ProposalState.NO_QUORUM)

Decision = Election | Proposal | ValueDecision


def open_elections(neighbourhood: Neighbourhood) -> QuerySet[Election]:
    """Announced, and not final yet; the one that ends first comes first."""
    found = Election.objects.filter(neighbourhood=neighbourhood, state__in=OPEN_ELECTIONS)
    return found.select_related("box", "roll", "policy").order_by("closes_at", "pk")


def open_proposals(neighbourhood: Neighbourhood) -> QuerySet[Proposal]:
    """What the board votes on now, and calls for a new election that residents can support."""
    voted = Proposal.objects.filter(neighbourhood=neighbourhood, state=ProposalState.VOTING)
    called = Proposal.objects.filter(
        neighbourhood=neighbourhood, kind=ProposalKind.RECALL, state=ProposalState.PROPOSED
    )
    return (voted | called).select_related("box").order_by("-proposed_at", "pk")


def decided(neighbourhood: Neighbourhood) -> QuerySet[Any]:
    """Rows (what, pk, when) of elections that are over and of proposals and values that were decided, newest first: to
    be paged."""
    cancelled_at = Subquery(lines_of_elections("election.cancel").order_by("-pk").values("at")[:1])
    elections = (
        announced_elections()
        .filter(neighbourhood=neighbourhood, state__in=HELD_ELECTIONS)
        .annotate(what=_word("election"), when=Coalesce("box__result__counted_at", cancelled_at, "closes_at"))
        .values_list("what", "pk", "when")
    )
    proposals = (
        Proposal.objects.filter(neighbourhood=neighbourhood, state__in=DECIDED)
        .annotate(
            what=_word("proposal"),
            when=Coalesce("box__result__counted_at", F("proposed_at"), output_field=DateTimeField()),
        )
        .values_list("what", "pk", "when")
    )
    return elections.union(proposals, decided_values(neighbourhood), all=True).order_by("-when", "-pk")


def fetch_decided(rows: list[tuple[str, int, datetime]]) -> list[tuple[Decision, datetime]]:
    """The elections, proposals and values behind rows of `decided`, in their order."""
    keys: dict[str, list[int]] = {"election": [], "proposal": [], "value": []}
    for what, pk, _when in rows:
        keys[what].append(pk)
    elections = Election.objects.select_related("box__result", "called_by").in_bulk(keys["election"])
    proposals = Proposal.objects.select_related("box__result", "meeting").in_bulk(keys["proposal"])
    found: dict[str, Mapping[int, Decision]] = {
        "election": elections,
        "proposal": proposals,
        "value": fetch_decided_values(keys["value"]),
    }
    return [(found[what][pk], when) for what, pk, when in rows]


def proposed_values(neighbourhood: Neighbourhood) -> QuerySet[ValueDecision]:
    """Values that were proposed and look for support, the newest first."""
    return open_decisions(neighbourhood).filter(state=ValueState.PROPOSED)


def open_values(neighbourhood: Neighbourhood) -> QuerySet[ValueDecision]:
    """Decisions about values on the agenda, the first proposed in front, each with its votes."""
    votes = Prefetch("votes", ValueVote.objects.select_related("box").order_by("number"))
    found = open_decisions(neighbourhood).exclude(state=ValueState.PROPOSED)
    return found.prefetch_related(votes).order_by("proposed_at", "pk")


def values_going_on(neighbourhood: Neighbourhood) -> QuerySet[ValueDecision]:
    """Those in which people vote or react now, the one that is open longest in front."""
    return open_values(neighbourhood).filter(state__in=[ValueState.VOTING, ValueState.CONSULTATION])


def pages_of_values(decisions: list[ValueDecision], locale_id: int) -> dict[int, ValueDecisionPage]:
    """The page of each value decision in a language; one that nobody put on the agenda has none."""
    pages = ValueDecisionPage.objects.live().filter(decision__in=decisions, locale_id=locale_id)
    return {page.decision_id: page for page in pages}


def pages_of_elections(elections: list[Election], locale_id: int) -> dict[int, ElectionPage]:
    """The page of each election in a language."""
    pages = ElectionPage.objects.live().filter(election__in=elections, locale_id=locale_id)
    return {page.election_id: page for page in pages}


def board_with_interests(neighbourhood: Neighbourhood, on: date) -> list[Seat]:
    """Who sits on the board on a day, the chair first, each with the interests that hold then as `seat.person.told`."""
    seats = list(board_of(neighbourhood, on))
    interests = Interest.objects.filter(neighbourhood=neighbourhood, from_on__lte=on).exclude(until_on__lt=on)
    told: dict[int, list[Interest]] = {seat.person.canonical_id: [] for seat in seats}
    mine = Q(person__in=told) | Q(person__same_person_as__in=told)  # told under whichever of their numbers
    for one in interests.filter(mine).select_related("person").order_by("from_on", "pk"):
        told[one.person.canonical_id].append(one)
    for seat in seats:
        seat.person.told = told[seat.person.canonical_id]  # type: ignore[attr-defined]  # for the page
    return sorted(seats, key=lambda seat: SeatOffice.values.index(seat.office))


def meetings_to_come(neighbourhood: Neighbourhood, at: datetime) -> QuerySet[Meeting]:
    """What was invited to and has not begun."""
    found = Meeting.objects.filter(neighbourhood=neighbourhood, state=MeetingState.INVITED)
    return found.filter(starts_at__gte=at).order_by("starts_at")


def meetings_with_minutes(neighbourhood: Neighbourhood) -> QuerySet[Meeting]:
    """Meetings of which everybody can read the minutes, newest first."""
    found = Meeting.objects.filter(neighbourhood=neighbourhood).exclude(minutes__isnull=True)
    return found.exclude(minutes__state=MinutesState.DRAFT).select_related("minutes").order_by("-starts_at")


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())
