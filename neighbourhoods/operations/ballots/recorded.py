"""Votes with names: the board decides in public. The last vote of a member counts; the ones before it stay known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.counting import BadChoice, canonical, check_choice
from neighbourhoods.models import BallotBox, RecordedVote
from neighbourhoods.operations.ballots.casting import BadBallot
from neighbourhoods.operations.ballots.voters import check_may_vote, check_open, hold_open, locked_entries
from neighbourhoods.permissions import check, is_self, seat_in_force
from neighbourhoods.queries.ballots import RECUSED, asks_why_not, has_interest
from people.models import Party


class NotRecorded(Refusal):
    """This box takes secret ballots."""

    code = "not_recorded"
    sentence = _("This vote is secret: nobody votes in it with their name.")


class SeatExpired(Refusal):
    """On the roll, and no longer on the board."""

    code = "seat_expired"
    sentence = _("Your seat on the board has ended, so you cannot vote for the board any more.")


class SteppedAside(Refusal):
    """Whoever has an interest votes on nothing, also not afterwards."""

    code = "stepped_aside"
    sentence = _("You stepped aside in this vote, so you do not vote in it.")


class HasInterest(Refusal):
    """Nobody decides on their own interest, also not through a second login."""

    code = "has_interest"
    sentence = _("You have an interest in this, so you do not vote on it. The other members decide.")


class WhyNotMissing(Refusal):
    """Whoever is sent back a decision may know why."""

    code = "why_not_missing"
    sentence = _("Write down why you vote no. Everybody will read it.")
    field = "reason"


def record_vote(
    *, box: BallotBox, person: Party, choice: Any, reason: str, actor: Actor, at: datetime
) -> RecordedVote:
    """A board member votes, with their name and, if they like, a reason. Voting again changes it until voting is over.

    :raises NotAllowed: to anybody but the person.
    :raises NotOnRoll, LeftOut, TooEarly, TooLate: as for every vote.
    :raises HasInterest: when it is about what they have an interest in.
    :raises SeatExpired: when the seat is not in force on this day.
    :raises SteppedAside: after that.
    :raises BadBallot: when the choice does not fit the ballot.
    :raises WhyNotMissing: for a no without a reason, where one is asked.
    :raises NotRecorded: for a secret vote.
    """
    try:
        checked = check_choice(
            box.method, choice, options=box.options, low=box.low, high=box.high, step=box.step
        )
    except BadChoice as error:
        raise BadBallot(code=error.code) from None
    if _says_no(checked) and not reason.strip() and asks_why_not(box):
        raise WhyNotMissing
    return _write(box, person, canonical(checked), reason, actor, at)


def recuse(*, box: BallotBox, person: Party, reason: str, actor: Actor, at: datetime) -> RecordedVote:
    """A board member steps aside because of an interest: their votes count no more, and they are left out of all sums.

    :raises NotAllowed, NotOnRoll, LeftOut, TooEarly, TooLate, SeatExpired, NotRecorded: as `record_vote`.
    :raises SteppedAside: when they did already.
    """
    return _write(box, person, RECUSED, reason, actor, at)


def _says_no(choice: Any) -> bool:
    return isinstance(choice, dict) and "no" in choice.values()


def _write(
    box: BallotBox, person: Party, choice: str, reason: str, actor: Actor, at: datetime
) -> RecordedVote:
    check(is_self(actor, person))
    if box.is_secret:
        raise NotRecorded
    with transaction.atomic():
        held = hold_open(box)
        check_open(held, at)
        entry = check_may_vote(locked_entries(held, person))  # of two votes of one person the second waits
        if choice != RECUSED and has_interest(held, person, day_of(at)):
            raise HasInterest
        if seat_in_force(person, held.neighbourhood, day_of(at)) is None:
            raise SeatExpired
        last = RecordedVote.objects.filter(box=held, person_id=entry.person_id).order_by("-number").first()
        if last is not None and last.choice == RECUSED:
            raise SteppedAside
        return RecordedVote.objects.create(
            box=held, person_id=entry.person_id, number=last.number + 1 if last else 1, choice=choice,
            reason=reason.strip(), at=at,
        )  # fmt: skip
