"""What happens by the clock: one step after the other, for every election and whatever else registers here.

Each step is a transaction of its own and asks again, under lock, whether it is still due. So two processes can do this
at the same time, one that was killed is taken up by the next, after a long outage several steps happen at once, and a
clock that jumps back undoes nothing: a state never leads back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from core.actor import Actor
from core.refusals import Refusal
from core.states import MoveRefused
from neighbourhoods.models import Election, Proposal, ProposalKind
from neighbourhoods.operations.elections.freezing import (
    NoCandidates,
    cancel_without_candidates,
    freeze,
    open_nominations,
    open_voting,
)
from neighbourhoods.operations.elections.outcome import (
    IS_OVER,
    close_voting,
    confirm_result,
    count_votes,
    publish_result,
)
from neighbourhoods.operations.elections.reminders import due_reminder, remind
from neighbourhoods.operations.motions import close_vote
from neighbourhoods.queries.elections import was_reminded
from neighbourhoods.states import ELECTION, ElectionState, ProposalState

log = logging.getLogger("neighbourhoods.elections")
MOST_STEPS = 20  # more than a whole election has


@dataclass
class Advanced:
    """What came of it: how many steps, what waits for somebody and why, what went wrong."""

    steps: int = 0
    waiting: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


Deed = tuple[str, Callable[[], object]]
# Whatever else happens by the clock says what is due at a moment: names, and what to do, each in its own transaction.
by_the_clock: list[Callable[[datetime], list[Deed]]] = []


def advance(*, now: datetime) -> Advanced:
    """This will do all that is due at this moment. What goes wrong with one thing does not stop the others."""
    done = Advanced()
    running = Election.objects.exclude(state__in=ELECTION.ends).order_by("pk")
    for pk in list(running.values_list("pk", flat=True)):
        name = f"election {pk}"
        for _step in range(MOST_STEPS):
            if not _do(name, partial(_step_on, pk, now), done):
                break
        else:
            done.failed.append(f"{name}: the same step again and again")
    for due in by_the_clock:
        _do_all(due, now, done)
    return done


def _do_all(due: Callable[[datetime], list[Deed]], now: datetime, done: Advanced) -> None:
    try:
        deeds = due(now)
    except Exception:
        log.exception("what is due by %s could not be told", due.__name__)
        done.failed.append(due.__name__)
        return
    for name, deed in deeds:
        _do(name, deed, done)


def _do(name: str, deed: Callable[[], object], done: Advanced) -> bool:
    """Whether it was done, and so something else may be due now."""
    try:
        is_done = deed() is not False
    except MoveRefused:
        return True  # another process was quicker: look again
    except Refusal as refusal:
        done.waiting.append(f"{name}: {refusal.code}")
        return False
    except Exception:
        log.exception("%s could not be moved on", name)
        done.failed.append(name)
        return False
    done.steps += is_done
    return is_done


def _step_on(pk: int, now: datetime) -> bool:
    """Do the one thing that is due, if any. A mail that is due goes before the state moves on."""
    election = Election.objects.select_related("neighbourhood", "policy", "box").get(pk=pk)
    moment = due_reminder(election, now)
    if moment and not was_reminded(election, moment):
        return remind(election=election, moment=moment, at=now)
    is_due, deed = STEPS.get(election.state, (_never, freeze))
    if not is_due(election, now):
        return False
    deed(election=election, actor=Actor.system(), at=now)
    return True


def _never(_election: Election, _now: datetime) -> bool:
    """A draft waits for the polling office; what is over stays over."""
    return False


def _since(moment: str) -> Callable[[Election, datetime], bool]:
    """Due from a moment of the election on; at once when it has none."""

    def is_due(election: Election, now: datetime) -> bool:
        since: datetime | None = getattr(election, moment)
        return since is None or now >= since

    return is_due


def _is_over(election: Election, now: datetime) -> bool:
    return election.box is not None and (election.box.state in IS_OVER or now >= election.box.closes_at)


def _freeze_or_cancel(*, election: Election, actor: Actor, at: datetime) -> None:
    try:
        freeze(election=election, actor=actor, at=at)
    except NoCandidates:
        cancel_without_candidates(election=election, at=at)


# What comes next from each state, and from when on.
STEPS: dict[str, tuple[Callable[[Election, datetime], bool], Callable[..., object]]] = {
    ElectionState.ANNOUNCED: (_since("nominations_from"), open_nominations),
    ElectionState.NOMINATIONS: (_since("freezes_at"), _freeze_or_cancel),
    ElectionState.ROLL_FROZEN: (_since("opens_at"), open_voting),
    ElectionState.VOTING: (_is_over, close_voting),
    ElectionState.CLOSED: (_since("closes_at"), count_votes),
    ElectionState.COUNTED: (_since("closes_at"), publish_result),
    ElectionState.PROVISIONAL: (_since("appeals_until"), confirm_result),
}


def motions_due(now: datetime) -> list[Deed]:
    """Votes of a board whose time is over."""
    found = Proposal.objects.filter(
        kind=ProposalKind.MOTION, state=ProposalState.VOTING, box__closes_at__lte=now
    )
    rows = found.select_related("neighbourhood", "box").order_by("pk")
    return [
        (f"motion {one.pk}", partial(close_vote, proposal=one, actor=Actor.system(), at=now)) for one in rows
    ]


by_the_clock.append(motions_due)
