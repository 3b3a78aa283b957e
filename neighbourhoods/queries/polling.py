"""What the polling office and the appeals panel may see: their own neighbourhoods, nobody else's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Q, QuerySet, Value, When

from core.clock import day_of
from core.models import AuditEntry
from neighbourhoods.models import (
    Appeal,
    BallotBox,
    Channel,
    Election,
    Meeting,
    MeetingKind,
    Neighbourhood,
    Nomination,
    PaperCount,
    Roll,
    RollEntry,
    RollObjection,
)
from neighbourhoods.queries.ballots import marks, waits_for_paper
from neighbourhoods.queries.elections import ASKED, DECLINED, STANDING, vacancies
from neighbourhoods.queries.titles import with_titles
from neighbourhoods.states import (
    APPEAL,
    ELECTION,
    BoxState,
    ElectionState,
    MeetingState,
    NominationState,
    ObjectionState,
)
from people.models import Mandate, Party, PartyKind, Role

APPOINTS = (Role.CLERK, Role.OWNER)
CLOSED = (BoxState.MIXING, BoxState.CLOSED)
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


def rules_set_by(person: Party, on: date) -> list[Neighbourhood]:
    """The neighbourhoods for which a person says, for the municipality, how they decide."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=APPOINTS).values("principal")
    along = ("coin", "municipality__organisation_details")
    return list(Neighbourhood.objects.filter(municipality__in=held).select_related(*along).order_by("name"))


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


def meetings_to_come(neighbourhood: Neighbourhood, at: datetime) -> QuerySet[Meeting]:
    """The general meetings at which the result of an election can be told."""
    found = neighbourhood.meetings.filter(kind=MeetingKind.GENERAL, starts_at__gt=at)
    return found.filter(state__in=[MeetingState.PLANNED, MeetingState.INVITED]).order_by("starts_at", "pk")


def nominations_in(election: Election) -> QuerySet[Nomination]:
    """Everybody who was put forward, whatever became of it, with names."""
    names = [f"{who}__person_details" for who in ("candidate", "proposed_by")]
    return election.nominations.select_related(*names).order_by("proposed_at", "pk")


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
    missing: int
    entered_by: tuple[str, ...]
    entered_by_me: bool


def paper_of(box: BallotBox, person: Party) -> Paper:
    """Where the paper ballots of a box are, for one of the people who enter them."""
    counts = PaperCount.objects.filter(box=box).select_related("entered_by__person_details").order_by("pk")
    return Paper(
        handed_out=marks(box)[Channel.PAPER],
        missing=waits_for_paper(box) if box.state in CLOSED else 0,
        entered_by=tuple(count.entered_by.display_name for count in counts),
        entered_by_me=any(count.entered_by.canonical_id == person.canonical_id for count in counts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What waits at a polling office: a code, how many, and the election it is about, if it is about one."""

    code: str
    number: int = 1
    election: Election | None = None
    about: str = ""


def open_matters(neighbourhood: Neighbourhood, at: datetime) -> list[Matter]:
    """What the polling office has to do now, what holds up an election first. A neighbourhood holds one election at a
    time, so the queries are as many as ever."""
    going_on = list(election_at(neighbourhood).exclude(state__in=ELECTION.ends).order_by("opens_at", "pk"))
    filed = RollObjection.objects.filter(roll__election__in=going_on, state=ObjectionState.FILED)
    asked = Nomination.objects.filter(election__in=going_on, state=NominationState.PROPOSED)
    waiting = {
        "objections": _count(filed, "roll__election"),
        "unanswered": _count(asked, "election"),
    }
    matters = [
        Matter(code=code, number=number, election=election, about=election.title)
        for election in going_on
        for code, number in _of(
            election, {code: found.get(election.pk, 0) for code, found in waiting.items()}, at
        )
    ]
    empty = len(vacancies(neighbourhood, day_of(at)))
    return [*matters, Matter(code="seats", number=empty)] if empty else matters


def _of(election: Election, waiting: dict[str, int], at: datetime) -> Iterator[tuple[str, int]]:
    """What has to be done for one election, with the number of each."""
    state = election.state
    if state == ElectionState.NOMINATIONS:
        if waiting["objections"]:
            yield "objections", waiting["objections"]
        if at >= election.nominations_until and waiting["unanswered"]:
            yield "unanswered", waiting["unanswered"]
        if at >= election.freezes_at:
            yield "freeze", 1
    if state == ElectionState.CLOSED and election.box and (missing := waits_for_paper(election.box)) > 0:
        yield "paper", missing
    if state == ElectionState.DRAFT:
        yield "draft", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """An election in numbers: who was put forward, who stands, who objects."""

    proposed: int
    standing: int
    objections: int


def numbers_of(election: Election) -> Numbers:
    """What the polling office sees at a glance. Two queries."""
    by_state = dict(election.nominations.order_by().values_list("state").annotate(number=Count("pk")))
    filed = RollObjection.objects.filter(roll=election.roll_id, state=ObjectionState.FILED)
    return Numbers(
        proposed=by_state.get(NominationState.PROPOSED, 0),
        standing=sum(by_state.get(state, 0) for state in STANDING),
        objections=filed.count() if election.roll_id else 0,
    )


def asked_for_a_seat(election: Election) -> tuple[Nomination, datetime] | None:
    """The candidate who was asked to take an empty chair and has not answered, and since when."""
    on_ballot = {str(one.pk): one for one in nominations_in(election).filter(state=NominationState.ON_BALLOT)}
    lines = AuditEntry.objects.filter(
        event__in=[ASKED, DECLINED], subject_model=Nomination._meta.label, subject_id__in=on_ballot
    )
    last = {line.subject_id: line for line in lines.order_by("pk")}
    seated = {seat.person.canonical_id for seat in election.filled_seats.select_related("person")}
    for number, line in last.items():
        if line.event == ASKED and on_ballot[number].candidate.canonical_id not in seated:
            return on_ballot[number], line.at
    return None


def appeals_at(municipalities: Collection[Party]) -> QuerySet[Appeal]:
    """The appeals about votes in the neighbourhoods of these municipalities: what is open first, oldest first."""
    is_over = Case(When(state__in=APPEAL.ends, then=Value(1)), default=Value(0))
    found = Appeal.objects.filter(box__neighbourhood__municipality__in=municipalities)
    along = (
        "box__neighbourhood__coin", "box__neighbourhood__logo",
        "box__neighbourhood__municipality__organisation_details", "box__roll", "appellant__person_details",
        "ruled_by__person_details",
    )  # fmt: skip
    return (
        with_titles(found, "box__")
        .select_related(*along)
        .annotate(is_over=is_over)
        .order_by("is_over", "filed_at", "pk")
    )


def _held_for(person: Party, principals: list[Party], roles: Collection[str], on: date) -> Party | None:
    """The first of these parties for which a person holds one of these offices."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=roles, principal__in=principals)
    numbers = set(held.values_list("principal_id", flat=True))
    return next((party for party in principals if party.pk in numbers), None)


def _count(rows: QuerySet[RollObjection] | QuerySet[Nomination], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(number=Count("pk")))
