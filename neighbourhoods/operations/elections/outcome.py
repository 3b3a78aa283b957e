"""Voting ends, the votes are counted, the result stands or is annulled, and a board begins."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Appeal, Election, Interest, Nomination, Seat
from neighbourhoods.operations import ballots
from neighbourhoods.operations.elections.candidates import interest_lines
from neighbourhoods.operations.elections.dates import suggest_dates
from neighbourhoods.operations.elections.drafting import draft_election, election_policy, lock
from neighbourhoods.operations.elections.freezing import box_of, check_moment
from neighbourhoods.operations.seats import NotAResident, install_elected, make_room
from neighbourhoods.permissions import check, may_rule, may_run_elections
from neighbourhoods.queries.appeals import open_appeals
from neighbourhoods.queries.elections import elected_keys
from neighbourhoods.queries.voting import on_ballot
from neighbourhoods.states import ELECTION, AppealState, BoxState

IS_OVER = frozenset({BoxState.CLOSED, BoxState.COUNTED})


class AppealsOpen(Refusal):
    """A result is not final while somebody's appeal against it waits."""

    code = "appeals_open"
    sentence = _("There are appeals that have not been decided. The result is not final before they are.")


class NoUpheldAppeal(Refusal):
    """Only an appeal undoes a result."""

    code = "no_upheld_appeal"
    sentence = _("A result can only be annulled when an appeal against it is upheld.")


@ELECTION.guard("confirm")
def appeals_are_decided(election: Election, _actor: Actor) -> None:
    """The row is locked, and who appeals locks it first: nobody slips in behind this question."""
    if open_appeals(box_of(election)).exists():
        raise AppealsOpen


@ELECTION.guard("annul")
def an_appeal_was_upheld(election: Election, _actor: Actor) -> None:
    if not Appeal.objects.filter(box=election.box_id, state=AppealState.UPHELD).exists():
        raise NoUpheldAppeal


def close_voting(*, election: Election, actor: Actor, at: datetime) -> None:
    """This will end the voting, at its moment. A vote that is over stays over, whatever the clock says later.

    Closing the box is a transaction of its own (its old rows are wiped behind it), so this can be called again when it
    was interrupted in between.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises NotYet: before the moment at which it ends.
    :raises MoveRefused: when it is over already.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    fresh = Election.objects.select_related("box").get(pk=election.pk)
    ELECTION.after(fresh.state, "close")
    box = box_of(fresh)
    if box.state not in IS_OVER:
        check_moment(box.closes_at, at)
        ballots.close_box(box=box, actor=actor, at=at)
    transition(election, "close", actor=actor, at=at)


def count_votes(*, election: Election, actor: Actor, at: datetime) -> None:
    """This will count, once the ballots on paper are in the box too. Nothing is locked while it counts: that may take
    seconds, and nothing can change any more.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises Refusal: what `ballots.count_box` says, while paper is missing.
    :raises MoveRefused: before voting is over, and when they were counted before.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    fresh = Election.objects.select_related("box").get(pk=election.pk)
    ELECTION.after(fresh.state, "count")
    if box_of(fresh).state != BoxState.COUNTED:
        ballots.count_box(box=box_of(fresh), actor=actor, at=at)
    transition(election, "count", actor=actor, at=at)


def publish_result(*, election: Election, actor: Actor, at: datetime) -> None:
    """This will make the result known. From now on there are so many days for appeals.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises MoveRefused: before the count, and when it was published before.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    with transaction.atomic():
        locked = lock(election)
        ELECTION.after(locked.state, "publish")
        until = at + timedelta(days=locked.policy.appeal_days)
        transition(election, "publish", actor=actor, at=at, along={"appeals_until": until})


def confirm_result(*, election: Election, actor: Actor, at: datetime) -> list[Seat]:
    """This will make the result final and give the elected their seats. The old board ends the day before.

    Whoever was elected and does not live there any more gets none: that chair is empty from the beginning.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises NotYet: while appeals can still be filed.
    :raises AppealsOpen: while one waits.
    :raises MoveRefused: when it is final already, or annulled.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    with transaction.atomic():
        locked = lock(election)
        ELECTION.after(locked.state, "confirm")
        if locked.appeals_until is not None:
            check_moment(locked.appeals_until, at)
        transition(election, "confirm", actor=actor, at=at)
        return _begin_term(locked, at)


def annul(*, election: Election, reason: str, actor: Actor, at: datetime) -> Election:
    """This will undo a provisional result because an appeal was upheld. A new election is drafted in its place.

    :raises NotAllowed: to anybody but the appeals panel.
    :raises NoUpheldAppeal: without an appeal that was upheld.
    :raises MoveRefused: when the result is final, or was annulled before.
    """
    check(actor.is_system or may_rule(actor, election.neighbourhood, day_of(at)))
    with transaction.atomic():
        locked = lock(election)
        ELECTION.after(locked.state, "annul")
        transition(election, "annul", actor=actor, at=at, reason=reason)
        policy = election_policy(locked.neighbourhood)
        tomorrow = day_of(at) + timedelta(days=1)
        values = suggest_dates(policy, title=locked.title, seats=locked.seats, from_on=tomorrow)
        key = derive_key(scope="election.replaces", owner=locked.pk, form_id=locked.key)
        return draft_election(
            neighbourhood=locked.neighbourhood,
            values=values,
            key=key,
            actor=Actor.system(),
            at=at,
            replaces=locked,
        )


def _begin_term(election: Election, at: datetime) -> list[Seat]:
    """Seats are never given for days that have passed: a result that became final late begins the day it does."""
    from_on = max(election.term_from_on, day_of(at))
    elected = _elected(election)
    if not elected:
        return []  # no quorum, or nobody confirmed: the sitting board stays until somebody is chosen
    make_room(neighbourhood=election.neighbourhood, from_on=from_on, at=at)
    seats = []
    for nomination in elected:
        try:
            seats.append(
                install_elected(
                    person=nomination.candidate,
                    election=election,
                    from_on=from_on,
                    actor=Actor.system(),
                    at=at,
                )
            )
        except NotAResident:
            record(
                "nomination.no_seat",
                subject=nomination,
                actor=Actor.system(),
                at=at,
                about=[nomination.candidate],
            )
        else:
            declare_interests(nomination, seats[-1], at)
    return seats


def declare_interests(nomination: Nomination, seat: Seat, at: datetime) -> None:
    """What a candidate declared stands beside the member from the first day on; what stands there already is kept."""
    person = nomination.candidate_id
    present = set(
        Interest.objects.filter(
            person=person, neighbourhood=seat.neighbourhood, until_on__isnull=True
        ).values_list("text", flat=True)
    )
    for line in interest_lines(nomination.interests):
        if line not in present:
            made = Interest.objects.create(
                person_id=person, neighbourhood=seat.neighbourhood, text=line, from_on=seat.from_on
            )
            record(
                "interest.declare", subject=made, actor=Actor.system(), at=at, about=[nomination.candidate]
            )


def _elected(election: Election) -> list[Nomination]:
    """In the order of the result, each person once: two who turned out to be one person get one seat."""
    by_key = {str(one.number): one for one in on_ballot(election)}
    found: dict[int, Nomination] = {}
    for key in elected_keys(election):
        found.setdefault(by_key[key].candidate.canonical_id, by_key[key])
    return list(found.values())
