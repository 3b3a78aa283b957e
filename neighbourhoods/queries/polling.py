"""What the polling office and the appeals panel may see: their own neighbourhoods, nobody else's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Q, QuerySet, Value, When

from neighbourhoods.models import (
    Appeal,
    BallotBox,
    Channel,
    Election,
    Neighbourhood,
    Nomination,
    PaperCount,
    Roll,
    RollEntry,
    RollObjection,
)
from neighbourhoods.states import APPEAL, ELECTION, ElectionState, NominationState, ObjectionState
from people.models import Mandate, Party, PartyKind, Role

APPOINTS = (Role.CLERK, Role.OWNER)
MOST_FOUND = 20  # more people of one name than this, and a longer name is asked for


def offices_of(person: Party, on: date) -> list[Neighbourhood]:
    """The neighbourhoods whose elections a person runs on a day, by name."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role=Role.POLLING).values("principal")
    theirs = Q(party__in=held) | Q(municipality__in=held)
    along = ("coin", "municipality__organisation_details")
    return list(Neighbourhood.objects.filter(theirs).select_related(*along).order_by("name"))


def acts_for(person: Party, neighbourhood: Neighbourhood, on: date) -> Party | None:
    """For whom a person runs elections there: the neighbourhood, or its municipality. None: they do not."""
    return _held_for(person, [neighbourhood.party, neighbourhood.municipality], [Role.POLLING], on)


def sets_rules_for(person: Party, neighbourhood: Neighbourhood, on: date) -> Party | None:
    """The municipality, when this person says for it how the neighbourhood decides. None: they do not."""
    return _held_for(person, [neighbourhood.municipality], APPOINTS, on)


def panels_of(person: Party, on: date) -> list[Party]:
    """The municipalities for which a person rules on appeals."""
    ids = Mandate.objects.in_force(on).held_by(person).filter(role=Role.APPEALS).values("principal_id")
    return list(Party.objects.filter(pk__in=ids, kind=PartyKind.MUNICIPALITY).with_names().order_by("pk"))


def election_at(neighbourhood: Neighbourhood) -> QuerySet[Election]:
    """The elections of a neighbourhood, with all that a page about one reads."""
    return Election.objects.filter(neighbourhood=neighbourhood).select_related(
        "neighbourhood__municipality", "policy", "roll", "box__roll", "box__policy", "meeting"
    )


def elections_by_need(neighbourhood: Neighbourhood) -> QuerySet[Election]:
    """The ones that are going on first, by when they are voted on; then those that are over, the last one first."""
    is_over = Case(When(state__in=ELECTION.ends, then=Value(1)), default=Value(0))
    return election_at(neighbourhood).annotate(is_over=is_over).order_by("is_over", "-closes_at", "-pk")


def nominations_in(election: Election) -> QuerySet[Nomination]:
    """Everybody who was put forward, whatever became of it, with names."""
    names = [f"{who}__person_details" for who in ("candidate", "proposed_by")]
    return election.nominations.select_related(*names).order_by("proposed_at", "pk")


def objections_to(roll: Roll) -> QuerySet[RollObjection]:
    """What people say is wrong with their own entry: first what waits for an answer, oldest first."""
    waits = Case(When(state=ObjectionState.FILED, then=Value(0)), default=Value(1))
    return (
        roll.objections.select_related("person__person_details")
        .annotate(waits=waits)
        .order_by("waits", "filed_at", "pk")
    )


def voters_called(roll: Roll, text: str) -> list[RollEntry]:
    """The entries of people on this roll whose name has all these words, one more than are shown at the most."""
    found = roll.entries.select_related("person__person_details").filter(person__erased_at__isnull=True)
    for word in text.split():
        found = found.filter(
            Q(person__person_details__given_name__icontains=word)
            | Q(person__person_details__family_name__icontains=word)
        )
    names = ("person__person_details__family_name", "person__person_details__given_name", "pk")
    return list(found.order_by(*names)[: MOST_FOUND + 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """How far the paper ballots of a vote are. Nobody sees what is on them before all is counted."""

    handed_out: int
    in_the_box: bool
    entered_by: tuple[str, ...]
    entered_by_me: bool

    @property
    def waits(self) -> bool:
        return self.handed_out > 0 and not self.in_the_box


def paper_of(box: BallotBox, person: Party) -> Paper:
    """Where the paper ballots of a box are, for one of the people who enter them."""
    marks = box.roll.entries.exclude(channel="").aggregate(
        all=Count("pk"), paper=Count("pk", filter=Q(channel=Channel.PAPER))
    )
    counts = list(
        PaperCount.objects.filter(box=box).select_related("entered_by__person_details").order_by("pk")
    )
    # Before the paper is in the box there are fewer ballots than marks, by just that number.
    return Paper(
        handed_out=marks["paper"],
        in_the_box=marks["paper"] > 0 and box.ballots.count() == marks["all"],
        entered_by=tuple(count.entered_by.display_name for count in counts),
        entered_by_me=any(count.entered_by.canonical_id == person.canonical_id for count in counts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What waits at a polling office: a code, how many, and the election it is about."""

    code: str
    election: Election
    number: int = 1


def open_matters(neighbourhood: Neighbourhood, at: datetime) -> list[Matter]:
    """What the polling office has to do now, what holds up an election first. A fixed number of queries."""
    going_on = list(election_at(neighbourhood).exclude(state__in=ELECTION.ends).order_by("opens_at", "pk"))
    objections = _count(
        RollObjection.objects.filter(roll__election__in=going_on, state=ObjectionState.FILED),
        "roll__election",
    )
    unanswered = _count(
        Nomination.objects.filter(election__in=going_on, state=NominationState.PROPOSED), "election"
    )
    paper = _count(
        RollEntry.objects.filter(roll__election__in=going_on, channel=Channel.PAPER), "roll__election"
    )
    matters: list[Matter] = []
    for election in going_on:
        key = election.pk
        if election.state == ElectionState.NOMINATIONS:
            if objections.get(key):
                matters.append(Matter(code="objections", election=election, number=objections[key]))
            if at >= election.nominations_until:
                if unanswered.get(key):
                    matters.append(Matter(code="unanswered", election=election, number=unanswered[key]))
                matters.append(Matter(code="freeze", election=election))
        if paper.get(key) and election.state == ElectionState.CLOSED:
            matters.append(Matter(code="paper", election=election, number=paper[key]))
        if election.state == ElectionState.DRAFT:
            matters.append(Matter(code="draft", election=election))
    return matters


def appeals_at(municipalities: Collection[Party]) -> QuerySet[Appeal]:
    """The appeals about votes in the neighbourhoods of these municipalities: what is open first, oldest first."""
    is_over = Case(When(state__in=APPEAL.ends, then=Value(1)), default=Value(0))
    return (
        Appeal.objects.filter(box__neighbourhood__municipality__in=municipalities)
        .select_related(
            "box__neighbourhood__municipality__organisation_details", "box__election", "box__proposal", "box__roll",
            "appellant__person_details", "ruled_by__person_details",
        )
        .annotate(is_over=is_over)
        .order_by("is_over", "filed_at", "pk")
    )  # fmt: skip


def _held_for(person: Party, principals: list[Party], roles: Collection[str], on: date) -> Party | None:
    """The first of these parties for which a person holds one of these offices."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=roles, principal__in=principals)
    numbers = set(held.values_list("principal_id", flat=True))
    return next((party for party in principals if party.pk in numbers), None)


def _count(
    rows: QuerySet[RollObjection] | QuerySet[Nomination] | QuerySet[RollEntry], by: str
) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(number=Count("pk")))
