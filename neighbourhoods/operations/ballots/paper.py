"""Entering the ballots on paper of a closed box: two people, one after the other, and both the same.

Of what the first one entered nothing is kept but a number and a slow, salted hash: a few ballots of a few known voters
do not lie about until the second one comes. Of two ballots there are few possible ones, and whoever has the hash could
try them all: so the site's secret key, which the database does not hold, goes into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import transition
from neighbourhoods.counting import INVALID, BadChoice, canonical, check_choice
from neighbourhoods.models import Ballot, BallotBox, Channel, PaperCount
from neighbourhoods.operations.ballots.boxes import check_adds_up
from neighbourhoods.operations.ballots.casting import BadBallot
from neighbourhoods.operations.ballots.mixing import BATCH, mix, sweep_after
from neighbourhoods.operations.ballots.voters import person_acting
from neighbourhoods.operations.impartial import check_is_no_candidate, election_of
from neighbourhoods.permissions import is_polling_officer
from neighbourhoods.queries.ballots import marks, waits_for_paper
from neighbourhoods.queries.results import check_closed
from neighbourhoods.states import BoxState
from people.models import Party


class NoPaper(Refusal):
    """No ballots on paper were handed out, or all of them are in."""

    code = "no_paper"
    sentence = _("There are no ballots on paper to enter.")


class WrongNumber(Refusal):
    """As many as were handed out. Details: `entered`, `marked`."""

    code = "wrong_number"
    sentence = _(
        "You entered %(entered)d ballots, but %(marked)d people voted on paper. Enter each ballot, also an empty or "
        "invalid one."
    )


class EnteredAlready(Refusal):
    """Two people, not one twice: also not under a second number."""

    code = "entered_already"
    sentence = _("You entered the ballots on paper already. Somebody else does it next.")


class PaperDiffers(Refusal):
    """The two did not enter the same."""

    code = "paper_differs"
    sentence = _(
        "This is not the same as what somebody else entered. Compare each ballot once more with the paper. Are you "
        "sure of it? Say so, then a third person enters them too."
    )


@sensitive_variables()
def enter_paper(
    *, box: BallotBox, choices: Sequence[Any], actor: Actor, at: datetime, is_sure: bool = False
) -> bool:
    """Enter all ballots on paper, in any order; INVALID stands for one that cannot be read.

    Gives whether they are in the box now: not after the first person, but once two entered the same. When a second
    person's entry differs it is refused, and nothing of it is kept; `is_sure` keeps it beside the first, and whichever
    of the two a third person enters as well is the one that goes in.

    :raises NotClosedYet: before voting is over.
    :raises NotAllowed: to anybody but a polling officer of the neighbourhood.
    :raises OfficerStands: to a candidate.
    :raises NoPaper: when none were handed out, or they are in already.
    :raises WrongNumber: when it is not as many as are marked on the roll.
    :raises BadBallot: when one of them does not fit the ballot.
    :raises EnteredAlready: to whoever did before.
    :raises PaperDiffers: when another person entered something else.
    """
    check_closed(box)
    officer = person_acting(actor)
    if not is_polling_officer(officer, box.neighbourhood, day_of(at)):
        raise NotAllowed
    check_is_no_candidate(actor, election_of(box))
    ballots = sorted(_written(box, choice) for choice in choices)
    entered = _under_our_key(box, ballots)
    with transaction.atomic():
        locked = (
            BallotBox.objects.select_for_update(no_key=True, of=("self",))
            .select_related("roll")
            .get(pk=box.pk)
        )
        _check_wanted(locked, len(ballots))
        earlier = _earlier(locked, officer)
        is_same = any(check_password(entered, one.digest or "") for one in earlier)
        if is_same or is_sure or not earlier:
            PaperCount.objects.create(
                box=locked, entered_by_id=officer.canonical_id, ballots=len(ballots), digest=make_password(entered),
                at=at,
            )  # fmt: skip
        if is_same:
            _put_in(locked, ballots, actor, at)
    if earlier and not is_same:
        raise PaperDiffers
    box.refresh_from_db()
    return is_same


@sensitive_variables()
def _under_our_key(box: BallotBox, ballots: list[str]) -> str:
    return salted_hmac(f"paper of {box.ref}", canonical(ballots), algorithm="sha256").hexdigest()


@sensitive_variables()
def _written(box: BallotBox, choice: Any) -> str:
    if choice == INVALID:
        return canonical(INVALID)
    try:
        return canonical(
            check_choice(box.method, choice, options=box.options, low=box.low, high=box.high, step=box.step)
        )
    except BadChoice as error:
        raise BadBallot(code=error.code) from None


def _check_wanted(box: BallotBox, entered: int) -> None:
    if box.state != BoxState.CLOSED or waits_for_paper(box) <= 0:
        raise NoPaper
    marked = marks(box)[Channel.PAPER]
    if entered != marked:
        raise WrongNumber(entered=entered, marked=marked)


def _earlier(box: BallotBox, officer: Party) -> list[PaperCount]:
    """What others entered. It is read after the box was locked: of two at the same moment, one is the second."""
    found = list(box.paper_counts.select_related("entered_by").order_by("pk"))
    if any(one.entered_by.canonical_id == officer.canonical_id for one in found):
        raise EnteredAlready
    return found


@sensitive_variables("ballots")
def _put_in(box: BallotBox, ballots: Iterable[str], actor: Actor, at: datetime) -> None:
    """All are mixed again, so that those on paper do not stand together; what was entered is kept nowhere else."""
    transition(box, "add_paper", actor=actor, at=at)
    Ballot.objects.bulk_create([Ballot(box=box, choice=choice) for choice in ballots], batch_size=BATCH)
    mix(box)
    check_adds_up(box)
    PaperCount.objects.filter(box=box).update(digest=None)
    sweep_after()
    transition(box, "mixed", actor=actor, at=at)
