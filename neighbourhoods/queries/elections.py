"""Elections: which ones there are, who stands, what waits for a person, which chairs are empty."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from core.models import AuditEntry
from neighbourhoods.models import (
    BallotBox,
    Election,
    Neighbourhood,
    Nomination,
    Proposal,
    ProposalKind,
    Proxy,
    RollEntry,
    RollObjection,
    Seat,
    Secrecy,
)
from neighbourhoods.queries.residency import neighbourhood_of
from neighbourhoods.queries.titles import title_of, with_titles
from neighbourhoods.states import (
    BoxState,
    ElectionState,
    NominationState,
    ObjectionState,
    ProposalState,
    RollState,
)
from people.models import Party, User
from people.queries import numbers_of

OPEN_NOMINATION = (NominationState.PROPOSED, NominationState.ACCEPTED, NominationState.ON_BALLOT)
STANDING = (NominationState.ACCEPTED, NominationState.ON_BALLOT)
OVER = (ElectionState.FINAL, ElectionState.ANNULLED, ElectionState.CANCELLED)
RUNNING = tuple(state for state in ElectionState if state not in {*OVER, ElectionState.DRAFT})
REMINDED = "election.reminded"
COUNTBACK = "election.countback"
ASKED = "nomination.asked"
DECLINED = "nomination.declined"


class Deed(StrEnum):
    """What somebody can do now."""

    VOTE = "VOTE"
    VOTE_FOR = "VOTE_FOR"
    ACCEPT = "ACCEPT"
    NOMINATE = "NOMINATE"
    LOOK_AT_ROLL = "LOOK_AT_ROLL"
    SUPPORT = "SUPPORT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One thing that is open for a person: what, until when, and the rows it is about."""

    deed: Deed
    title: str
    until: datetime | None
    election: Election | None = None
    box: BallotBox | None = None
    nomination: Nomination | None = None
    proposal: Proposal | None = None
    proxy: Proxy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A chair of an elected board that nobody sits on. `seat` is whose it was; None when nobody ever took it."""

    election: Election
    seat: Seat | None
    since: date


def announced_elections() -> QuerySet[Election]:
    """All that residents may know of. A draft is the polling office's own, also one that was thrown away."""
    announced = lines_of_elections("election.announce")
    return Election.objects.exclude(state=ElectionState.DRAFT).exclude(
        Q(state=ElectionState.CANCELLED) & ~Exists(announced)
    )


def lines_of_elections(event: str) -> QuerySet[AuditEntry]:
    """The lines of one kind in the trail of each election of a query around this one."""
    number = Cast(OuterRef("pk"), CharField())
    return AuditEntry.objects.filter(subject_model=Election._meta.label, subject_id=number, event=event)


def running_election(neighbourhood: Neighbourhood) -> Election | None:
    """The election that was announced and is not final yet."""
    return Election.objects.filter(neighbourhood=neighbourhood, state__in=RUNNING).order_by("pk").first()


def last_final(neighbourhood: Neighbourhood, on: date) -> Election | None:
    """The election that the board of a day came from: the last final one that elected somebody, while its term runs.

    An older one whose term would run longer does not come back when the term of the last one is over: the residents
    put others in its place.
    """
    has_begun = Exists(Seat.objects.filter(election=OuterRef("pk"), from_on__lte=on))
    begun = _final(neighbourhood).filter(has_begun | Q(term_from_on__lte=on)).order_by("-closes_at", "-pk")
    last = next((one for one in begun if elected_keys(one)), None)
    return last if last and last.term_until_on >= on else None


def board_sits_until(election: Election) -> date:
    """The last day of the board that an election chose: the end of its term, or the day before a newer board begins.

    It lies in the past when that has begun already. A newer election counts from the day that it is final, when its
    own seats do not run yet, and also when nobody whom it elected lives there any more.
    """
    newer = Q(closes_at__gt=election.closes_at) | Q(closes_at=election.closes_at, pk__gt=election.pk)
    begins = [one.term_from_on for one in _final(election.neighbourhood).filter(newer) if elected_keys(one)]
    return min([election.term_until_on, *(day - timedelta(days=1) for day in begins)])


def _final(neighbourhood: Neighbourhood) -> QuerySet[Election]:
    found = Election.objects.filter(neighbourhood=neighbourhood, state=ElectionState.FINAL)
    return found.select_related("neighbourhood", "policy", "box__roll", "box__result")


def candidates_of(election: Election) -> QuerySet[Nomination]:
    """Who stands, with names. The order tells nothing: pages draw their own."""
    found = Nomination.objects.filter(election=election, state__in=STANDING)
    return found.select_related("candidate", "candidate__person_details").order_by("ref")


def nominations_of_person(election: Election, person: Party) -> QuerySet[Nomination]:
    """The nominations of one person, under whichever of their numbers."""
    return election.nominations.filter(candidate__in=numbers_of(person).order_by())


def is_candidate(election: Election, person: Party) -> bool:
    """Whether this person stands, or may still say so."""
    return nominations_of_person(election, person).filter(state__in=OPEN_NOMINATION).exists()


def cancelled_because(election: Election) -> str:
    """The reason that was given when it was cancelled or annulled."""
    line = _lines(election, "election.cancel", "election.annul").first()
    return _note(line)


def announced_at(election: Election) -> datetime | None:
    """When everybody was told of it; None for a draft."""
    line = _lines(election, "election.announce").first()
    return line.at if line else None


def was_reminded(election: Election, moment: str) -> bool:
    """Whether the mail of this moment has gone out."""
    return _lines(election, REMINDED).filter(after=moment).exists()


def logins_of_entitled(election: Election) -> list[int]:
    """The logins of everybody who may vote in it, under all numbers of a person. Whether they did is not asked."""
    included = Q(person__roll_entries__roll=election.roll, person__roll_entries__is_included=True)
    as_twin = Q(
        person__same_person_as__roll_entries__roll=election.roll,
        person__same_person_as__roll_entries__is_included=True,
    )
    logins = User.objects.filter(included | as_twin, is_active=True)
    return list(logins.order_by("pk").values_list("pk", flat=True).distinct())


def needed_support(policy_share: Any, residents: int) -> int:
    """The smallest number of residents that is this share of them; one at least."""
    return max(1, -(-policy_share.numerator * residents // policy_share.denominator))


def supports(proposal: Proposal, person: Party) -> bool:
    """Whether this person supports it, under whichever number."""
    return proposal.supports.filter(person__in=numbers_of(person).order_by()).exists()


def support_until(call: Proposal) -> datetime:
    """Until when a call for a new election can be supported."""
    return call.proposed_at + timedelta(days=call.policy.support_days)


def open_recall(neighbourhood: Neighbourhood) -> Proposal | None:
    """The call for a new election that gathers support now."""
    found = Proposal.objects.filter(
        neighbourhood=neighbourhood, kind=ProposalKind.RECALL, state=ProposalState.PROPOSED
    )
    return found.select_related("policy", "neighbourhood").first()


# --- What is open for somebody ----------------------------------------------------------------------------------------


def open_for(person: Party, now: datetime) -> list[Open]:
    """What a person can do now, what ends first in front. A fixed number of queries, whatever is going on."""
    numbers = list(numbers_of(person).values_list("pk", flat=True))
    found = [*_to_vote(numbers, now), *_to_vote_for(numbers, now), *_to_accept(numbers, now)]
    home = neighbourhood_of(person)
    if home is not None:
        found += [*_to_nominate(home, numbers, now), *_to_support(home, numbers, now)]
    found += _to_look_at(numbers, now)
    return sorted(found, key=lambda one: (one.until is None, one.until or now, one.deed))


def _to_vote(numbers: list[int], now: datetime) -> list[Open]:
    """Secret votes on which nobody of this person's numbers is marked."""
    entries = RollEntry.objects.filter(person_id__in=numbers)
    boxes = BallotBox.objects.filter(
        roll__in=entries.filter(is_included=True).values("roll"), secrecy=Secrecy.SECRET, state=BoxState.OPEN,
        opens_at__lte=now, closes_at__gt=now,
    ).exclude(roll__in=entries.exclude(channel="").values("roll"))  # fmt: skip
    return [
        Open(deed=Deed.VOTE, title=title_of(box).words, until=box.closes_at, box=box, election=_election(box))
        for box in with_titles(boxes).select_related("neighbourhood")
    ]


def _to_vote_for(numbers: list[int], now: datetime) -> list[Open]:
    """For whom this person votes by proxy and has not yet."""
    held = Proxy.objects.filter(
        holder_id__in=numbers, entry__channel="", entry__roll__box__state=BoxState.OPEN,
        entry__roll__box__opens_at__lte=now, entry__roll__box__closes_at__gt=now,
    ).order_by("pk")  # fmt: skip
    box = "entry__roll__box"
    along = ("entry__person__person_details", f"{box}__election__neighbourhood")
    return [
        Open(
            deed=Deed.VOTE_FOR, title=title_of(urn).words, until=urn.closes_at, box=urn, election=_election(urn),
            proxy=proxy,
        )
        for proxy in with_titles(held, f"{box}__").select_related(*along)
        for urn in [proxy.entry.roll.box]
    ]  # fmt: skip


def _to_accept(numbers: list[int], now: datetime) -> list[Open]:
    waiting = Nomination.objects.filter(
        candidate_id__in=numbers, state=NominationState.PROPOSED, election__state=ElectionState.NOMINATIONS,
        election__freezes_at__gt=now,
    ).select_related("election__neighbourhood", "proposed_by__person_details")  # fmt: skip
    return [
        Open(
            deed=Deed.ACCEPT, title=one.election.title, until=one.election.freezes_at, election=one.election,
            nomination=one,
        )
        for one in waiting
    ]  # fmt: skip


def _to_nominate(home: Neighbourhood, numbers: list[int], now: datetime) -> list[Open]:
    """Elections at home in which nobody of this person's numbers stands or is asked to."""
    elections = Election.objects.filter(
        neighbourhood=home, state=ElectionState.NOMINATIONS, nominations_until__gt=now
    ).exclude(nominations__in=Nomination.objects.filter(candidate_id__in=numbers, state__in=OPEN_NOMINATION))
    return [
        Open(deed=Deed.NOMINATE, title=one.title, until=one.nominations_until, election=one)
        for one in elections.select_related("neighbourhood")
    ]


def _to_look_at(numbers: list[int], now: datetime) -> list[Open]:
    """Rolls that somebody is left out of and can still object to: who is on it needs do nothing."""
    elections = Election.objects.filter(
        state=ElectionState.NOMINATIONS, freezes_at__gt=now, roll__state=RollState.BUILT,
        roll__entries__person_id__in=numbers, roll__entries__is_included=False,
    ).exclude(roll__objections__in=_own_objections(numbers))  # fmt: skip
    return [
        Open(deed=Deed.LOOK_AT_ROLL, title=one.title, until=one.freezes_at, election=one)
        for one in elections.select_related("neighbourhood", "roll").distinct()
    ]


def _own_objections(numbers: list[int]) -> QuerySet[Any]:
    return RollObjection.objects.filter(person_id__in=numbers, state=ObjectionState.FILED)


def _to_support(home: Neighbourhood, numbers: list[int], now: datetime) -> list[Open]:
    call = open_recall(home)
    if call is None or now >= support_until(call) or call.supports.filter(person_id__in=numbers).exists():
        return []
    return [Open(deed=Deed.SUPPORT, title=call.title, until=support_until(call), proposal=call)]


def _election(box: BallotBox) -> Election | None:
    return getattr(box, "election", None)


# --- Empty chairs -----------------------------------------------------------------------------------------------------


def vacancies(neighbourhood: Neighbourhood, on: date) -> list[Vacancy]:
    """The chairs of the elected board that are empty on a day, those that fell empty last behind."""
    election = last_final(neighbourhood, on)
    if election is None:
        return []
    seats = list(seats_from(election))
    sitting = [seat for seat in seats if seat.until_on >= on]
    missing = len(elected_keys(election)) - len(sitting)
    ended = [seat for seat in seats if seat.until_on < on]
    ended.sort(key=lambda seat: (seat.until_on, seat.pk))
    never_taken = [
        Vacancy(election=election, seat=None, since=election.term_from_on)
        for _place in range(max(0, missing - len(ended)))
    ]
    last = ended[-missing:] if missing > 0 else []
    return never_taken + [Vacancy(election=election, seat=seat, since=seat.until_on) for seat in last]


def seats_from(election: Election) -> QuerySet[Seat]:
    """Every seat that came from an election, also by countback."""
    return Seat.objects.filter(election=election).select_related("person__person_details").order_by("pk")


def elected_keys(election: Election) -> list[str]:
    """The ballot keys that the result put on the board."""
    outcome = json.loads(election.box.result.sheet)["outcome"] if election.box else {}
    return list(outcome.get("elected", outcome.get("adopted", [])))


def asked_at(nomination: Nomination) -> datetime | None:
    """When this candidate was asked to take an empty chair; None when they were not, or have answered no."""
    lines = _lines(nomination, ASKED, DECLINED)
    line = lines.first()
    return line.at if line and line.event == ASKED else None


def declined(election: Election) -> set[int]:
    """The nominations of candidates who said that they do not want a chair any more."""
    numbers = [str(pk) for pk in election.nominations.values_list("pk", flat=True)]
    lines = AuditEntry.objects.filter(
        event=DECLINED, subject_model=Nomination._meta.label, subject_id__in=numbers
    )
    return {int(number) for number in lines.values_list("subject_id", flat=True)}


def countbacks(election: Election) -> list[dict[str, Any]]:
    """What each recount for an empty chair was made of (`withdrawn`, `guarded`) and came to (`next`, and when more than
    a handful voted `elected` and `input_hash`), the oldest first. With the ballots that are published anybody can make
    it again.
    """
    lines = _lines(election, COUNTBACK).order_by("pk")
    return [{"at": line.at, **json.loads(_note(line))} for line in lines if _note(line)]


def _lines(thing: Election | Nomination, *events: str) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.filter(
        subject_model=thing._meta.label, subject_id=str(thing.pk), event__in=events
    )
    return found.select_related("note").order_by("-pk")


def _note(line: AuditEntry | None) -> str:
    note = getattr(line, "note", None)
    return note.text if note else ""
