"""Counting what is in a closed box."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.counting import canonical, count
from neighbourhoods.models import BallotBox, Result
from neighbourhoods.operations.ballots.boxes import check_adds_up
from neighbourhoods.permissions import check, may_run_elections, sits_on_board
from neighbourhoods.queries.ballots import waits_for_paper
from neighbourhoods.queries.results import check_closed, paper_of
from neighbourhoods.states import BALLOT_BOX


class PaperMissing(Refusal):
    """Ballots on paper were handed out and have not been entered. Details: `number`."""

    code = "paper_missing"
    sentence = _("The ballots on paper (%(number)d) must be entered first, by two people.")


def count_box(*, box: BallotBox, actor: Actor, at: datetime) -> Result:
    """Count the votes and keep the sheet. The same votes give the same sheet, whoever counts them and how often.

    It counts before it locks anything, because many ballots take seconds. Nothing can change meanwhile: a box whose
    paper has been entered takes no ballot any more.

    :raises NotClosedYet: to everybody, before voting is over.
    :raises NotAllowed: to anybody but the system, polling officers and, for votes with names, the board.
    :raises PaperMissing: until two people entered the ballots on paper.
    :raises UrnDoesNotAddUp: when there are not as many ballots as marks.
    :raises MoveRefused: when it was counted before.
    """
    check_closed(box)
    by_board = not box.is_secret and sits_on_board(actor, box.neighbourhood, day_of(at))
    check(by_board or may_run_elections(actor, box.neighbourhood, day_of(at)))
    BALLOT_BOX.after(BallotBox.objects.get(pk=box.pk).state, "count")
    missing = waits_for_paper(box)
    if missing > 0:
        raise PaperMissing(number=missing)
    if box.is_secret:
        check_adds_up(box)
    sheet = count(paper_of(box))
    with transaction.atomic():
        transition(box, "count", actor=actor, at=at)
        return Result.objects.create(
            box=box, sheet=canonical(sheet), input_hash=sheet["input_hash"], counted_at=at
        )
