"""Opening, extending and closing a box. At closing all ballots are written anew, in an order that tells nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import BallotBox, Channel, Election
from neighbourhoods.operations.ballots.mixing import mix, sweep_after
from neighbourhoods.operations.ballots.voters import TooLate
from neighbourhoods.operations.impartial import check_is_no_candidate, election_of
from neighbourhoods.permissions import check, may_run_elections, sits_on_board
from neighbourhoods.queries.ballots import marks
from neighbourhoods.states import BALLOT_BOX, BoxState, RollState


class RollNotFrozen(Refusal):
    """Who may vote is not fixed yet."""

    code = "roll_not_frozen"
    sentence = _("Fix the electoral roll first.")


class NotTheTime(Refusal):
    """The moment that was announced has not come."""

    code = "not_the_time"
    sentence = _("The moment that was announced for this has not come yet.")


class UrnDoesNotAddUp(Refusal):
    """There are not as many ballots as marks on the roll. Nothing is counted until somebody has found out why.

    Details: `ballots`, `marks`.
    """

    code = "urn_does_not_add_up"
    sentence = _(
        "There are %(ballots)d ballots, but %(marks)d people are marked as having voted. Do not count. "
        "Ask whoever runs the site to find out why."
    )


class ReasonMissing(Refusal):
    """Whoever changes what was announced says why."""

    code = "ballots_reason_missing"
    sentence = _("Write down why.")
    field = "reason"


class NotLater(Refusal):
    """Voting can be made longer, never shorter."""

    code = "not_later"
    sentence = _("Choose a moment after the one at which voting would end now.")
    field = "closes_at"


class TooMuchLater(Refusal):
    """A vote that began cannot be ended early: a slip of the pen would keep it open for years."""

    code = "too_much_later"
    sentence = _("At once you can give time until %(moment)s at the latest.")
    field = "closes_at"


@BALLOT_BOX.guard("open")
def roll_is_frozen(box: BallotBox, actor: Actor) -> None:
    if box.roll.state != RollState.FROZEN:
        raise RollNotFrozen


def open_box(*, box: BallotBox, actor: Actor, at: datetime) -> None:
    """Voting begins.

    :raises NotAllowed: to anybody but the system, polling officers and, for votes with names, the board.
    :raises NotTheTime: before the moment that was announced.
    :raises RollNotFrozen: while the roll can still change.
    :raises MoveRefused: when it was opened before.
    """
    _check_may_run(box, actor, at)
    if at < box.opens_at:
        raise NotTheTime
    transition(box, "open", actor=actor, at=at)


def close_box(*, box: BallotBox, actor: Actor, at: datetime) -> None:
    """Voting is over and stays over. A secret box is mixed: every ballot gets a new number and a new place.

    A vote with names may be closed before its time: everybody in the room has voted.

    :raises NotAllowed: to anybody but the system, polling officers and, for votes with names, the board.
    :raises NotTheTime: before the moment that was announced, for a secret vote.
    :raises UrnDoesNotAddUp: when ballots and marks differ; the box stays as it was.
    :raises MoveRefused: when it is not open.
    """
    _check_may_run(box, actor, at)
    with transaction.atomic():
        locked = (
            BallotBox.objects.select_for_update(no_key=True, of=("self",))
            .select_related("roll")
            .get(pk=box.pk)
        )
        if box.is_secret and locked.state == BoxState.OPEN and at < locked.closes_at:
            raise NotTheTime
        transition(locked, "close", actor=actor, at=at)
        if locked.is_secret:
            mix(locked)
            check_adds_up(locked, without={Channel.PAPER})
            sweep_after()
        transition(locked, "mixed", actor=actor, at=at)
    box.refresh_from_db()


def extend_box(*, box: BallotBox, closes_at: datetime, reason: str, actor: Actor, at: datetime) -> None:
    """Voting lasts longer than announced, for a reason that everybody can read: the site could not be reached. The
    election of this box says the same moment. Each time by no more than the days to vote that the rules give.

    :raises NotAllowed: to anybody but the system and polling officers.
    :raises OfficerStands: to a candidate.
    :raises ReasonMissing: without a reason.
    :raises NotLater: when it would not end later.
    :raises TooMuchLater: when it would end too much later.
    :raises TooLate: when voting is over by the clock, or by its state.
    """
    check(may_run_elections(actor, box.neighbourhood, day_of(at)))
    check_is_no_candidate(actor, election_of(box))
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        locked = BallotBox.objects.select_for_update(no_key=True, of=("self",)).get(pk=box.pk)
        if locked.state not in {BoxState.READY, BoxState.OPEN} or at >= locked.closes_at:
            raise TooLate
        if closes_at <= locked.closes_at:
            raise NotLater
        latest = timezone.localtime(locked.closes_at) + timedelta(days=locked.policy.voting_days)
        if closes_at > latest:
            raise TooMuchLater(moment=date_format(latest, "j F Y, H:i"))
        BallotBox.objects.filter(pk=box.pk).update(closes_at=closes_at)
        Election.objects.filter(box=box).update(closes_at=closes_at)
        record(
            "ballot_box.extend", subject=locked, actor=actor, at=at, reason=reason.strip(),
            before=locked.closes_at.isoformat(), after=closes_at.isoformat(),
        )  # fmt: skip
    box.refresh_from_db()


def void_box(*, box: BallotBox, reason: str, actor: Actor, at: datetime) -> None:
    """There will be no vote with this box: what it was for was called off before voting began.

    :raises NotAllowed: to anybody but the system, polling officers and, for votes with names, the board.
    :raises MoveRefused: once it was open.
    """
    _check_may_run(box, actor, at)
    transition(box, "void", actor=actor, at=at, reason=reason)


def check_adds_up(box: BallotBox, *, without: frozenset[str] | set[Channel] = frozenset()) -> None:
    """:raises UrnDoesNotAddUp: when there are not as many ballots as marks on the roll."""
    marked = sum(number for channel, number in marks(box).items() if channel not in without)
    ballots = box.ballots.count()
    if ballots != marked:
        raise UrnDoesNotAddUp(ballots=ballots, marks=marked)


def _check_may_run(box: BallotBox, actor: Actor, at: datetime) -> None:
    on = day_of(at)
    by_board = not box.is_secret and sits_on_board(actor, box.neighbourhood, on)
    check(by_board or may_run_elections(actor, box.neighbourhood, on))
