"""Nominations open, and end with candidates, roll and ballot box fixed; then voting opens."""

from __future__ import annotations

from datetime import datetime
from secrets import SystemRandom
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.counting import Method
from neighbourhoods.models import BallotBox, Election, Nomination, Roll, Subject
from neighbourhoods.operations import ballots, rolls
from neighbourhoods.operations.elections.candidates import check_candidate, leave_off
from neighbourhoods.operations.elections.dates import days_late, later
from neighbourhoods.operations.elections.drafting import cancel, lock
from neighbourhoods.operations.elections.words import in_our_language
from neighbourhoods.operations.impartial import check_is_no_candidate
from neighbourhoods.permissions import check, may_run_elections
from neighbourhoods.queries.elections import announced_at
from neighbourhoods.queries.policies import policy_at
from neighbourhoods.states import ELECTION, BoxState, NominationState


class NotYet(Refusal):
    """A moment that everybody was told has not come."""

    code = "not_yet"
    sentence = _("It is too early for this. Wait until %(moment)s.")


class NoCandidates(Refusal):
    """Nobody stands, so there is nothing to vote on."""

    code = "no_candidates"
    sentence = _("Nobody stands for election. Without a candidate there is no vote.")


def open_nominations(*, election: Election, actor: Actor, at: datetime) -> None:
    """This will build the roll and let nominations begin. The day on which that happens is the reference day.

    When it comes late (the site stood still), all that follows moves by as many days: nobody loses time.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises NotYet: before the moment that was announced.
    :raises MoveRefused: when they were opened before, or the election was cancelled.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    with transaction.atomic():
        locked = lock(election)
        ELECTION.after(locked.state, "open_nominations")
        check_moment(locked.nominations_from, at)
        roll = rolls.build_roll(
            neighbourhood=locked.neighbourhood,
            policy=locked.policy,
            reference_on=day_of(at),
            actor=actor,
            at=at,
        )
        days = days_late(locked.nominations_from, at)
        moments = ("nominations_until", "freezes_at", "opens_at", "closes_at") if days else ()
        moved: dict[str, Any] = {name: later(getattr(locked, name), days) for name in moments}
        transition(
            election,
            "open_nominations",
            actor=actor,
            at=at,
            along={"roll": roll, **moved},
            reason=_late(days),
        )


def freeze(*, election: Election, actor: Actor, at: datetime) -> BallotBox:
    """This will fix who stands and who may vote, and make the ballot box: at `freezes_at` by the clock, or from then on
    by the polling office. Never sooner: until that moment people were told that they can object, answer and withdraw.

    Who does not qualify (any more) is left off, with a reason; a nomination without an answer lapses.
    With no more candidates than seats, voters say yes or no to each, by the rules that held when it was announced. When
    voting should have begun already, it moves.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises OfficerStands: to a candidate.
    :raises NotYet: before the moment that was announced.
    :raises ObjectionsOpen: while objections to the roll wait for an answer.
    :raises NoCandidates: when nobody stands.
    :raises NoPolicy: when it is not written down how candidates are confirmed.
    :raises MoveRefused: when it was frozen before, or cancelled.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    check_is_no_candidate(actor, election)
    with transaction.atomic():
        locked = lock(election)
        ELECTION.after(locked.state, "freeze")
        roll = roll_of(locked)
        check_moment(locked.freezes_at, at)
        candidates = _candidates(locked, at)
        rolls.freeze_roll(roll=roll, actor=actor, at=at)
        _number(candidates, actor, at)
        days = days_late(locked.opens_at, at)
        moments = {name: later(getattr(locked, name), days) for name in ("opens_at", "closes_at")}
        box = _make_box(locked, roll, len(candidates), moments)
        transition(election, "freeze", actor=actor, at=at, along={"box": box, **moments}, reason=_late(days))
    return box


def cancel_without_candidates(*, election: Election, at: datetime) -> None:
    """This will end an election for which nobody stands, by the clock.

    :raises MoveRefused: when it was frozen or cancelled before.
    """
    with in_our_language():
        reason = gettext("Nobody stood for election.")
    cancel(election=election, reason=reason, actor=Actor.system(), at=at)


def open_voting(*, election: Election, actor: Actor, at: datetime) -> None:
    """This will let voting begin. When it begins late, it ends as many days later.

    :raises NotAllowed: to anybody but the polling office and the system.
    :raises NotYet: before the moment that was announced.
    :raises MoveRefused: when it began before, or the election was cancelled.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    with transaction.atomic():
        locked = lock(election)
        ELECTION.after(locked.state, "open")
        box = box_of(locked)
        check_moment(box.opens_at, at)
        days = days_late(box.opens_at, at)
        closes_at = later(box.closes_at, days)
        # Not `extend_box`: that is for a vote that goes on, and here its end may lie behind us already.
        BallotBox.objects.filter(pk=box.pk, state=BoxState.READY).update(closes_at=closes_at)
        ballots.open_box(box=box, actor=actor, at=at)
        transition(election, "open", actor=actor, at=at, along={"closes_at": closes_at}, reason=_late(days))


def box_of(election: Election) -> BallotBox:
    """The ballot box of an election that has one by its state; the guards of the steps before saw to that."""
    if election.box is None:
        raise RuntimeError(f"election {election.pk} has no ballot box though it is {election.state}")
    return election.box


def roll_of(election: Election) -> Roll:
    if election.roll is None:
        raise RuntimeError(f"election {election.pk} has no roll though it is {election.state}")
    return election.roll


def check_moment(moment: datetime, at: datetime) -> None:
    """:raises NotYet: before it."""
    if at < moment:
        raise NotYet(moment=in_words(moment))


def in_words(moment: datetime) -> str:
    """A moment as people write it, in the language of who reads it now."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def _candidates(election: Election, at: datetime) -> list[Nomination]:
    """Who comes on the ballot: accepted, living here, not running it, and each person once."""
    waiting = election.nominations.filter(state=NominationState.PROPOSED).select_related("candidate")
    with in_our_language():
        no_answer, twice = (
            gettext("There was no answer in time."),
            gettext("This person is already on the ballot."),
        )
        for one in waiting.order_by("pk"):
            leave_off(one, no_answer, Actor.system(), at)
        kept: dict[int, Nomination] = {}
        accepted = election.nominations.filter(state=NominationState.ACCEPTED)
        for one in accepted.select_related("candidate__person_details").order_by("accepted_at", "pk"):
            why = twice if one.candidate.canonical_id in kept else _why_not(one, election, at)
            if why:
                leave_off(one, why, Actor.system(), at)
            else:
                kept[one.candidate.canonical_id] = one
    return list(kept.values())


def _why_not(nomination: Nomination, election: Election, at: datetime) -> str:
    try:
        check_candidate(nomination.candidate, election, day_of(at))
    except Refusal as refusal:
        return str(refusal)
    return ""


def _number(candidates: list[Nomination], actor: Actor, at: datetime) -> None:
    """Numbers by lot: they are keys, and whoever accepted first has nothing from it."""
    if not candidates:
        raise NoCandidates
    SystemRandom().shuffle(candidates)
    for number, one in enumerate(candidates, start=1):
        transition(one, "put_on_ballot", actor=actor, at=at, about=(one.candidate,), along={"number": number})


def _make_box(election: Election, roll: Roll, candidates: int, moments: dict[str, datetime]) -> BallotBox:
    policy = election.policy
    if candidates <= election.seats:
        # As it was announced: whoever writes policies may know by now who stands.
        told_at = announced_at(election) or roll.built_at
        policy = policy_at(election.neighbourhood, Subject.CONFIRMATION, told_at)
    has_seats = policy.method in {Method.STV, Method.APPROVAL}
    return BallotBox.objects.create(
        neighbourhood=election.neighbourhood,
        policy=policy,
        roll=roll,
        method=policy.method,
        secrecy=policy.secrecy,
        options=[str(number) for number in range(1, candidates + 1)],
        seats=election.seats if has_seats else None,
        **moments,
    )


def _late(days: int) -> str:
    """What is written down when the moments move."""
    if not days:
        return ""
    with in_our_language():
        words = ngettext(
            "This began late. What follows was moved by %(days)s day.",
            "This began late. What follows was moved by %(days)s days.",
            days,
        )
    return words % {"days": days}
