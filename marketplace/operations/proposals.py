"""Work that is laid before a team, and what its members say to it. A yes to a shift signs them up."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from ledger.operations import KeyReused
from marketplace.models import Offer, Participation, Shift, Team, TeamAnswer, TeamProposal
from marketplace.operations.doors import person_of
from marketplace.operations.taking_part import sign_up, withdraw
from marketplace.operations.teams import TeamEnded
from marketplace.operations.words import check_words
from marketplace.operations.work_news import tell
from marketplace.queries.activities import coming
from marketplace.queries.offers import on_market
from marketplace.queries.reach import places_of
from marketplace.states import ParticipationState
from marketplace.work_sight import TeamSide, side_in_team
from people.models import Party
from people.queries import canonical

LONGEST: Final = 500
CAN_LEAVE: Final = frozenset({ParticipationState.WAITING, ParticipationState.SIGNED_UP})


class ProposalTooLong(Refusal):
    """It does not fit in its row."""

    code = "team_proposal_too_long"
    sentence = _("Use no more than 500 characters.")
    field: ClassVar[str | None] = "text"


class NotForTeam(Refusal):
    """It is over, full of another place, or nothing that is wanted."""

    code = "team_not_for_team"
    sentence = _("A team in %(place)s cannot take this up, or not any more. Choose something else.")


class ProposedAlready(Refusal):
    """Once is enough."""

    code = "team_proposed_already"
    sentence = _("The team has this before it already.")


class WorkedAlready(Refusal):
    """Who was there cannot say no to it any more."""

    code = "team_worked_already"
    sentence = _("This has begun, or you were there. You cannot say no to it any more.")


def propose(
    *,
    team: Team,
    shift: Shift | None = None,
    offer: Offer | None = None,
    text: str = "",
    key: UUID,
    actor: Actor,
    at: datetime,
) -> TeamProposal:
    """This will lay a shift, or a job that is wanted on the market, before a team. Its other members and its coach get
    a mail. The same key again gives the same proposal.

    :raises NotAllowed: to who is not in the team.
    :raises TeamEnded, NotForTeam, ProposedAlready: nothing was proposed.
    :raises ProposalTooLong, BlockedWord: about what was written.
    """
    person = _insider(team, actor, at)
    words = text.strip()
    if len(words) > LONGEST:
        raise ProposalTooLong
    check_words(team.neighbourhood, words, party=person)
    with transaction.atomic():
        _lock(team)
        if known := TeamProposal.objects.filter(key=key).first():
            return _same_again(known, team, shift, offer)
        if not _is_open(team, shift, offer, at):
            raise NotForTeam(place=team.neighbourhood.name)
        if TeamProposal.objects.filter(team=team, shift=shift, offer=offer).exists():
            raise ProposedAlready
        proposal = TeamProposal.objects.create(
            team=team,
            shift=shift,
            offer=offer,
            text=words,
            proposed_by=canonical(person),
            proposed_at=at,
            key=key,
        )
        record("team.propose", subject=proposal, actor=actor, at=at, about=[proposal.proposed_by])
        tell("team.propose", proposal, actor=actor, at=at)
    return proposal


def answer(
    *,
    proposal: TeamProposal,
    joins: bool,
    key: UUID,
    actor: Actor,
    at: datetime,
    knows_maximum: bool = False,
) -> TeamAnswer:
    """This will keep what a member says. A yes to a shift signs them up, where they are not yet; a no after it takes
    them off again. A yes to a job says to the team that they want it: answering it on the market is their own.

    :raises NotAllowed: to who is not a member; a coach proposes and does not answer.
    :raises TeamEnded, WorkedAlready: nothing was changed.
    :raises Refusal: whatever signing up is refused for; then there is no yes either.
    """
    team = proposal.team
    person = canonical(person_of(actor))
    if side_in_team(team, person, day_of(at)) != TeamSide.MEMBER:
        raise NotAllowed
    if team.ended_at is not None:
        raise TeamEnded
    with transaction.atomic():
        # The shift is locked first, in there: its order holds for everybody.
        if proposal.shift is not None:
            _take_up(proposal.shift, person, joins, key, actor, at, knows_maximum)
        Party.objects.select_for_update(no_key=True).get(pk=person.pk)
        said, _is_new = TeamAnswer.objects.update_or_create(
            proposal=proposal, person=person, defaults={"joins": joins, "at": at}
        )
        record(
            "team.answer", subject=said, actor=actor, at=at, about=[person], after="YES" if joins else "NO"
        )
    return said


def _take_up(
    shift: Shift, person: Party, joins: bool, key: UUID, actor: Actor, at: datetime, knows_maximum: bool
) -> None:
    mine = _participation(shift, person)
    if joins and mine is None:
        sign_up(shift=shift, person=person, key=key, actor=actor, at=at, knows_maximum=knows_maximum)
    if not joins and mine is not None:
        if mine.state not in CAN_LEAVE or shift.starts_at <= at:
            raise WorkedAlready
        withdraw(participation=mine, actor=actor, at=at)


def _participation(shift: Shift, person: Party) -> Participation | None:
    found = Participation.objects.filter(shift=shift, person=person)
    return found.exclude(state=ParticipationState.WITHDRAWN).select_related("shift__activity").first()


def _insider(team: Team, actor: Actor, at: datetime) -> Party:
    person = person_of(actor)
    if side_in_team(team, person, day_of(at)) not in {TeamSide.COACH, TeamSide.MEMBER}:
        raise NotAllowed
    return person


def _lock(team: Team) -> None:
    """:raises TeamEnded: when it is over."""
    team.refresh_from_db(fields=["ended_at"], from_queryset=Team.objects.select_for_update(no_key=True))
    if team.ended_at is not None:
        raise TeamEnded


def _is_open(team: Team, shift: Shift | None, offer: Offer | None, at: datetime) -> bool:
    """Whether the members of a team can sign up for this, or answer it."""
    if shift is not None:
        return coming(at).filter(pk=shift.pk, activity__neighbourhood=team.neighbourhood_id).exists()
    if offer is None or not offer.is_demand or offer.terms is None:
        return False
    if not on_market(day_of(at)).filter(pk=offer.pk).exclude(stock=0).exists():
        return False
    return team.neighbourhood in places_of(offer.terms)


def _same_again(known: TeamProposal, team: Team, shift: Shift | None, offer: Offer | None) -> TeamProposal:
    """:raises KeyReused: when the form was sent before, for something else."""
    theirs = (known.team_id, known.shift_id, known.offer_id)
    if theirs != (team.pk, shift.pk if shift else None, offer.pk if offer else None):
        raise KeyReused
    return known
