"""Questions about teams: which, who is in one, what was proposed. Who may see a team says `marketplace.work_sight`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from marketplace.models import (
    Activity,
    Offer,
    Participation,
    Team,
    TeamAnswer,
    TeamMember,
    TeamProposal,
)
from marketplace.queries import activities, offers
from marketplace.states import ParticipationState
from people.models import Party
from people.queries import numbers_of

ALONG = (
    "neighbourhood__coin", "neighbourhood__party__organisation_details", "neighbourhood__municipality",
    "organisation__organisation_details", "coach__person_details",
)  # fmt: skip
OVER = frozenset({ParticipationState.WITHDRAWN})


def team_at(ref: UUID) -> Team | None:
    """The team with this number in its address."""
    return Team.objects.filter(ref=ref).select_related(*ALONG).first()


def coached_by(person: Party) -> QuerySet[Team]:
    """The teams that somebody coaches or coached, the running ones first."""
    found = Team.objects.filter(coach__in=numbers_of(person).order_by())
    return found.select_related(*ALONG).order_by("ended_at", "-made_at", "-pk")


def memberships_of(person: Party) -> QuerySet[TeamMember]:
    """The teams that somebody is in or is asked for, the latest first."""
    found = TeamMember.objects.filter(person__in=numbers_of(person).order_by(), left_at__isnull=True)
    return found.select_related(*(f"team__{one}" for one in ALONG)).order_by("-asked_at", "-pk")


def asks_open(person: Party) -> int:
    """How many teams wait for an answer of somebody."""
    return memberships_of(person).filter(joined_at__isnull=True, team__ended_at__isnull=True).count()


def member_in(team: Team, person: Party) -> TeamMember | None:
    """Somebody in a team, or asked for it; under whichever number."""
    found = TeamMember.objects.filter(team=team, left_at__isnull=True)
    return found.filter(person__in=numbers_of(person).order_by()).select_related("person").first()


def members_of(team: Team) -> QuerySet[TeamMember]:
    """Who said yes, in the order in which they came."""
    inside = TeamMember.objects.filter(team=team, joined_at__isnull=False, left_at__isnull=True)
    return inside.select_related("person__person_details").order_by("joined_at", "pk")


def shares_team(person: Party, other: Party, on: date) -> bool:
    """Whether two people are in a team that goes on, or one coaches it and the other is in it."""
    mine = numbers_of(person).order_by()
    theirs = TeamMember.objects.filter(
        person__in=numbers_of(other).order_by(), joined_at__isnull=False, left_at__isnull=True,
        team__ended_at__isnull=True,
    )  # fmt: skip
    inside = TeamMember.objects.filter(person__in=mine, joined_at__isnull=False, left_at__isnull=True)
    return theirs.filter(Q(team__in=inside.values("team")) | Q(team__coach__in=mine)).exists()


def teams_to_propose_to(person: Party) -> QuerySet[Team]:
    """The running teams that somebody can lay something before: those that they are in or coach."""
    mine = numbers_of(person).order_by()
    inside = TeamMember.objects.filter(person__in=mine, joined_at__isnull=False, left_at__isnull=True)
    running = Team.objects.filter(ended_at__isnull=True)
    found = running.filter(Q(coach__in=mine) | Q(pk__in=inside.values("team")))
    return found.select_related(*ALONG).order_by("name", "pk")


def proposals_of(team: Team) -> QuerySet[TeamProposal]:
    """What was laid before a team, the latest first, with what a list of them reads."""
    return with_all(TeamProposal.objects.filter(team=team))


def proposal_at(ref: UUID) -> TeamProposal | None:
    """The proposal with this number in its address, with its team."""
    return with_all(TeamProposal.objects.filter(ref=ref)).first()


def with_all(proposals: QuerySet[TeamProposal]) -> QuerySet[TeamProposal]:
    """The same proposals with their shift or job, and who answered: a fixed number of queries."""
    return proposals.select_related(
        *(f"team__{one}" for one in ALONG), "shift", "proposed_by__person_details"
    ).prefetch_related(
        Prefetch("shift__activity", activities.with_all(Activity.objects.all())),
        Prefetch("offer", offers.with_all(Offer.objects.all())),
        Prefetch("answers", TeamAnswer.objects.select_related("person__person_details").order_by("at", "pk")),
    )


def taking_part(proposals: Sequence[TeamProposal]) -> dict[tuple[int, int], str]:
    """How far members are who said yes to a shift: per shift and person the state. Who withdrew since is not in it."""
    people = {answer.person_id for one in proposals for answer in one.answers.all() if answer.joins}
    shifts = {one.shift_id for one in proposals if one.shift_id}
    found = Participation.objects.filter(shift__in=shifts, person__in=people).exclude(state__in=OVER)
    return {(row.shift_id, row.person_id): row.state for row in found}
