"""Proposals to the board and the votes about them. What a member voted is told when the vote is over, not before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from neighbourhoods.models import (
    BallotBox,
    Meeting,
    Neighbourhood,
    Proposal,
    ProposalKind,
    RecordedVote,
    RollEntry,
    ValueVote,
)
from neighbourhoods.queries.ballots import RECUSED
from neighbourhoods.queries.meetings import is_public as meeting_is_public
from neighbourhoods.queries.rolls import entries_of_person
from neighbourhoods.queries.seats import seats_of
from neighbourhoods.states import BoxState, ProposalState
from people.models import Party, User

DECIDED = (ProposalState.ADOPTED, ProposalState.REJECTED, ProposalState.NO_QUORUM)
ALONG = (
    "neighbourhood",
    "meeting",
    "policy",
    "box__roll",
    "box__result",
    "proposed_by__person_details",
    "proposed_by__organisation_details",
)


def is_left_behind(motion: Proposal, on: date) -> bool:
    """Whether who proposed it has no seat on this board any more."""
    return (
        not seats_of(motion.proposed_by).in_force(on).filter(neighbourhood=motion.neighbourhood_id).exists()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One vote with a name, as it counts, and what the same person voted before. `choice` is "yes", "no", "blank",
    "RECUSED" for who stepped aside, or "" for who did not vote."""

    person: Party
    choice: str
    reason: str = ""
    earlier: Sequence[str] = ()

    @property
    def sign(self) -> str:
        """Which disc stands beside it: full, struck, ring or none of these."""
        return {"yes": "done", "no": "no", "blank": "open"}.get(self.choice, "")


def motions_of(neighbourhood: Neighbourhood) -> QuerySet[Proposal]:
    """All proposals to the board, newest first, with names."""
    found = Proposal.objects.filter(neighbourhood=neighbourhood, kind=ProposalKind.MOTION)
    return found.select_related(*ALONG).order_by("-proposed_at", "-pk")


def motion_at(neighbourhood: Neighbourhood, ref: UUID) -> Proposal | None:
    return motions_of(neighbourhood).filter(ref=ref).first()


def is_public(proposal: Proposal) -> bool:
    """Whether everybody may see it: once it is voted on, or stands on an agenda that was sent."""
    if proposal.box_id is not None:
        return True
    return (
        proposal.state == ProposalState.PROPOSED
        and proposal.meeting is not None
        and meeting_is_public(proposal.meeting)
    )


def in_voting(neighbourhood: Neighbourhood) -> QuerySet[Proposal]:
    """What the board votes on now; what ends first comes first."""
    return motions_of(neighbourhood).filter(state=ProposalState.VOTING).order_by("box__closes_at", "pk")


def to_be_placed(neighbourhood: Neighbourhood) -> QuerySet[Proposal]:
    """What was proposed and is not voted on yet."""
    return motions_of(neighbourhood).filter(state=ProposalState.PROPOSED)


def decided(neighbourhood: Neighbourhood) -> QuerySet[Proposal]:
    """What the board decided, the latest first."""
    found = motions_of(neighbourhood).filter(state__in=DECIDED)
    return found.select_related(*ALONG).order_by("-box__result__counted_at", "-pk")


def motions_at(meeting: Meeting) -> QuerySet[Proposal]:
    """What stands on the agenda of a meeting, in the order in which it was proposed. What was taken back is gone."""
    found = Proposal.objects.filter(meeting=meeting, kind=ProposalKind.MOTION)
    return found.exclude(state=ProposalState.WITHDRAWN).select_related(*ALONG).order_by("proposed_at", "pk")


def waits_for(proposals: Sequence[Proposal | ValueVote], person: Party) -> set[int]:
    """Of votes that go on, those in which this person has still to vote: their numbers. Two queries."""
    boxes = [one.box_id for one in proposals if one.box_id is not None]
    mine = Q(person_id=person.canonical_id) | Q(person__same_person_as_id=person.canonical_id)
    voted = set(RecordedVote.objects.filter(mine, box__in=boxes).values_list("box_id", flat=True))
    entitled = set(
        BallotBox.objects.filter(
            Q(roll__entries__person_id=person.canonical_id)
            | Q(roll__entries__person__same_person_as_id=person.canonical_id),
            pk__in=boxes,
            roll__entries__is_included=True,
        ).values_list("pk", flat=True)
    )
    return {one.pk for one in proposals if one.box_id in entitled - voted}


def is_entitled(box: BallotBox, person: Party) -> bool:
    """Whether this person is on the roll of a vote."""
    return entries_of_person(box.roll, person).filter(is_included=True).exists()


def own_vote(box: BallotBox, person: Party) -> Vote | None:
    """What this person voted so far; they alone are told so while the vote goes on."""
    mine = Q(person_id=person.canonical_id) | Q(person__same_person_as_id=person.canonical_id)
    rows = list(box.recorded_votes.filter(mine).order_by("number", "pk"))
    return _vote(person, rows) if rows else None


def everybody_voted(box: BallotBox) -> bool:
    """Whether all on the roll voted or stepped aside."""
    return still_to_vote(box) == 0


def still_to_vote(box: BallotBox) -> int:
    """How many on the roll did neither vote nor step aside. Who, and what the others voted, it does not say."""
    entitled = {entry.person.canonical_id for entry in _entitled([box.roll_id])}
    voted = box.recorded_votes.select_related("person")
    return len(entitled - {row.person.canonical_id for row in voted})


def votes_of(box: BallotBox) -> list[Vote]:
    """Every member on the roll with the vote that counts; nothing before the count."""
    return votes_in([box]).get(box.pk, [])


def votes_in(boxes: Sequence[BallotBox]) -> dict[int, list[Vote]]:
    """The same of several votes, by the number of each box. Two queries, however many there are."""
    counted = [box for box in boxes if box.state == BoxState.COUNTED]
    cast: dict[tuple[int, int], list[RecordedVote]] = {}
    rows = RecordedVote.objects.filter(box__in=counted).select_related("person")
    for row in rows.order_by("number", "pk"):
        cast.setdefault((row.box_id, row.person.canonical_id), []).append(row)
    found: dict[int, list[Vote]] = {box.pk: [] for box in counted}
    box_of = {box.roll_id: box.pk for box in counted}
    for entry in _entitled(list(box_of)):
        box = box_of[entry.roll_id]
        found[box].append(_vote(entry.person, cast.get((box, entry.person.canonical_id), [])))
    for votes in found.values():
        votes.sort(key=lambda vote: (ORDER.index(vote.choice), vote.person.display_name))
    return found


ORDER = ("yes", "no", "blank", RECUSED, "")


def _entitled(rolls: Sequence[int]) -> QuerySet[RollEntry]:
    names = ("person__person_details", "person__organisation_details")
    return RollEntry.objects.filter(roll__in=rolls, is_included=True).select_related(*names).order_by("pk")


def _vote(person: Party, rows: list[RecordedVote]) -> Vote:
    if not rows:
        return Vote(person=person, choice="")
    choices = [_choice(row) for row in rows]
    return Vote(person=person, choice=choices[-1], reason=rows[-1].reason, earlier=choices[:-1])


def _choice(row: RecordedVote) -> str:
    """The one answer of a ballot with one option."""
    return RECUSED if row.choice == RECUSED else next(iter(json.loads(row.choice).values()))


def voters_of(box: BallotBox) -> QuerySet[User]:
    """The logins of who may vote; both of somebody who has two."""
    entitled = box.roll.entries.filter(is_included=True).values("person")
    found = User.objects.filter(Q(person__in=entitled) | Q(person__same_person_as__in=entitled))
    return found.filter(is_active=True).order_by("pk")
