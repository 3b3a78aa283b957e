"""The polling office drafts an election and announces it; what was announced can still be cancelled before voting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import MoveRefused, transition
from neighbourhoods.models import DecisionPolicy, Election, Neighbourhood, Proposal, Subject
from neighbourhoods.operations import ballots
from neighbourhoods.operations.elections.dates import ElectionDates, check_announceable, check_order
from neighbourhoods.operations.impartial import check_is_no_candidate
from neighbourhoods.permissions import check, may_run_elections
from neighbourhoods.queries.elections import running_election
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.states import BoxState, ElectionState

Announced = Callable[[Election], None]
# Called when an election is announced, in the same transaction: whoever shows it makes its page.
on_announced: list[Announced] = []


class OneAtATime(Refusal):
    """A neighbourhood chooses one board at a time."""

    code = "one_election_at_a_time"
    sentence = _("There is already an election in this neighbourhood. Wait until its result is final.")


class NeedsReason(Refusal):
    """Residents are told why."""

    code = "needs_reason"
    sentence = _("Write down why. Everybody can read it.")
    field = "reason"


class CalledByResidents(Refusal):
    """The polling office does not send away what the residents called for."""

    code = "called_by_residents"
    sentence = _("The residents called for this election. It cannot be cancelled.")


def draft_election(
    *,
    neighbourhood: Neighbourhood,
    values: ElectionDates,
    key: UUID,
    actor: Actor,
    at: datetime,
    called_by: Proposal | None = None,
    replaces: Election | None = None,
) -> Election:
    """This will draft an election, which only the polling office sees. The same key again gives the first draft.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises NotInOrder, SeatsRefused, AnotherPlace: see `dates.check_order`.
    :raises NoPolicy: when the neighbourhood has not said how it elects.
    """
    check(may_run_elections(actor, neighbourhood, day_of(at)))
    check_order(values, neighbourhood)
    policy = election_policy(neighbourhood)
    with transaction.atomic():
        made, is_new = Election.objects.get_or_create(
            key=key,
            defaults={
                **as_fields(values),
                "neighbourhood": neighbourhood,
                "policy": policy,
                "called_by": called_by,
                "replaces": replaces,
            },
        )
        if is_new:
            record("election.draft", subject=made, actor=actor, at=at, after=made.state)
    return made


def change_draft(*, election: Election, values: ElectionDates, actor: Actor, at: datetime) -> None:
    """This will change what nobody has been told yet.

    :raises NotAllowed: to anybody but the polling office.
    :raises MoveRefused: once it is announced.
    :raises NotInOrder, SeatsRefused, AnotherPlace: see `dates.check_order`.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    check_order(values, election.neighbourhood)
    with transaction.atomic():
        locked = lock(election)
        if locked.state != ElectionState.DRAFT:
            raise MoveRefused
        Election.objects.filter(pk=locked.pk).update(**as_fields(values))
        record("election.change_draft", subject=locked, actor=actor, at=at)
    election.refresh_from_db()


def announce(*, election: Election, actor: Actor, at: datetime) -> None:
    """This will announce an election: from now on it stands as it is, under the newest version of the policy.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises OneAtATime: when there is another one that is not final yet.
    :raises Refusal: what `dates.check_announceable` says of its moments.
    :raises MoveRefused: when it was announced or cancelled before.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    with transaction.atomic():
        # One board at a time: two drafts that are announced at the same moment cannot both find the place free.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=election.neighbourhood_id)
        locked = lock(election)
        if running_election(locked.neighbourhood):
            raise OneAtATime
        policy = election_policy(locked.neighbourhood)
        values = of_election(locked)
        check_order(values, locked.neighbourhood)
        check_announceable(values, policy, at, is_called=bool(locked.called_by_id))
        transition(election, "announce", actor=actor, at=at, along={"policy": policy})
        election.refresh_from_db()
        for tell in on_announced:
            tell(election)


def cancel(*, election: Election, reason: str, actor: Actor, at: datetime) -> None:
    """This will call off an election before anybody has voted. The reason is public.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises OfficerStands: to a candidate.
    :raises CalledByResidents: when residents called for it; only the clock ends it then, when nobody stands.
    :raises NeedsReason: without one.
    :raises MoveRefused: once voting has begun.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    check_is_no_candidate(actor, election)
    if not reason.strip():
        raise NeedsReason
    with transaction.atomic():
        locked = lock(election)
        if not actor.is_system and _was_called(locked):
            raise CalledByResidents
        transition(election, "cancel", actor=actor, at=at, reason=reason.strip())
        if locked.box and locked.box.state == BoxState.READY:
            ballots.void_box(box=locked.box, reason=reason.strip(), actor=actor, at=at)


def _was_called(election: Election) -> bool:
    """Whether residents called for it, or for the one that it is held anew for."""
    held: Election | None = election
    while held is not None:
        if held.called_by_id:
            return True
        held = held.replaces
    return False


def lock(election: Election) -> Election:
    """The election as it is now, held until the transaction ends."""
    rows = Election.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("neighbourhood", "policy", "roll", "box").get(pk=election.pk)


def election_policy(neighbourhood: Neighbourhood) -> DecisionPolicy:
    """:raises NoPolicy: when there is none."""
    return policy_for(neighbourhood, Subject.ELECTION)


def as_fields(values: ElectionDates) -> dict[str, object]:
    return {field.name: getattr(values, field.name) for field in fields(values)}


def of_election(election: Election) -> ElectionDates:
    """What was filled in for an election, for a form that changes it."""
    return ElectionDates(**{field.name: getattr(election, field.name) for field in fields(ElectionDates)})
