"""Casting a secret ballot.

Two rows are written in one transaction, the mark on the roll and the ballot, and nothing else: no audit line, task,
message or session, and no log line with a person or a choice. docs/secrecy.md tells what that keeps from whom.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from neighbourhoods.counting import BadChoice, canonical, check_choice
from neighbourhoods.models import Ballot, BallotBox, Channel, Proxy
from neighbourhoods.operations.ballots.voters import (
    check_open,
    claim,
    hold_open,
    locked_entries,
    person_acting,
)
from neighbourhoods.operations.impartial import check_is_no_candidate, election_of
from neighbourhoods.permissions import check, check_not_own, is_polling_officer, is_self
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.queries.rolls import entries_of_person
from people.models import Party

logger = logging.getLogger("neighbourhoods.ballots")

# Without signs that look like each other. Twelve of them are sixty bits: nobody guesses one.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

WHAT_IS_WRONG = {
    "shape": _("This ballot cannot be read. Open the page again and fill it in anew."),
    "unknown_option": _("Something stands on this ballot that cannot be chosen. Open the page again."),
    "twice": _("You gave the same choice two places. Give each choice one place."),
    "missing": _("Answer every question: yes, no or blank."),
    "unknown_answer": _("Answer with yes, no or blank."),
    "out_of_bounds": _("This amount is lower or higher than is allowed."),
    "off_step": _("This amount lies between two steps. Choose one of the steps."),
}


class BadBallot(Refusal):
    """The choice does not fit the ballot. Details: `code`, of `counting.BadChoice`."""

    code = "bad_ballot"
    sentence = _("This ballot cannot be read. Open the page again and fill it in anew.")

    def __str__(self) -> str:
        return str(WHAT_IS_WRONG.get(self.details["code"], self.sentence))


class ChangedForm(Refusal):
    """The form was made for another vote, or for other options."""

    code = "changed_form"
    sentence = _("This form does not belong to this vote. Open the page again. Your vote was not cast.")


class NotSecret(Refusal):
    """This box takes votes with names."""

    code = "not_secret"
    sentence = _("This vote is not secret: the board votes in it, with names.")


class NoProxy(Refusal):
    """The other person did not ask this one to vote for them, or took it back."""

    code = "no_proxy"
    sentence = _("You cannot vote for this person: you have no proxy of theirs any more.")


@sensitive_variables("choice", "ballot", "receipt")
def cast(
    *,
    box: BallotBox,
    person: Party,
    choice: Any,
    wants_receipt: bool,
    form_hash: str,
    actor: Actor,
    at: datetime,
    on_behalf_of: Party | None = None,
) -> str:
    """Put a ballot into the box. It cannot be changed or taken back, because nobody can find it again.

    Gives the receipt code, which is kept nowhere beside the ballot, or nothing when none is wanted. With
    `on_behalf_of` it is the ballot of somebody who gave this person a proxy.

    :raises NotAllowed: to anybody but the person, administrators and the system among them.
    :raises NotOnRoll, LeftOut, AlreadyVoted, TooEarly, TooLate, NotSecret, NoProxy:
    :raises ChangedForm: when the form was made for something else.
    :raises BadBallot: when the choice does not fit the ballot.
    """
    with _told_of_refusals(box):
        check(is_self(actor, person))
        ballot = _ballot(box, choice, form_hash)
        receipt = new_receipt() if wants_receipt else None
        with transaction.atomic():
            held = hold_open(box)
            check_open(held, at)
            if on_behalf_of is None:
                _vote_for_oneself(held, person, Channel.ONLINE)
            else:
                _check_proxy(held, on_behalf_of, person)
                claim(held, on_behalf_of, Channel.PROXY)
            _put_in(held, ballot, receipt)
    return receipt or ""


@sensitive_variables("choice", "ballot", "receipt")
def cast_assisted(
    *,
    box: BallotBox,
    voter: Party,
    choice: Any,
    wants_receipt: bool = False,
    form_hash: str,
    actor: Actor,
    at: datetime,
) -> str:
    """A voter fills in the ballot with the help of a polling officer, on the officer's device. Gives a receipt as
    `cast` does.

    :raises NotAllowed: to anybody but a polling officer of the neighbourhood.
    :raises OfficerStands: to a candidate.
    :raises OwnMatter: to the voter: whoever can do it alone does it alone.
    :raises NotOnRoll, LeftOut, AlreadyVoted, TooEarly, TooLate, NotSecret, ChangedForm, BadBallot: as `cast`.
    """
    with _told_of_refusals(box):
        officer = _officer(box, voter, actor, at)
        ballot = _ballot(box, choice, form_hash)
        receipt = new_receipt() if wants_receipt else None
        with transaction.atomic():
            held = hold_open(box)
            check_open(held, at)
            _vote_for_oneself(held, voter, Channel.ASSISTED, marked_by=officer)
            _put_in(held, ballot, receipt)
    return receipt or ""


def mark_paper(*, box: BallotBox, voter: Party, actor: Actor, at: datetime) -> None:
    """A polling officer hands out a ballot on paper: from now on this person has voted.

    :raises NotAllowed: to anybody but a polling officer of the neighbourhood.
    :raises OfficerStands: to a candidate.
    :raises OwnMatter: to the voter.
    :raises NotOnRoll, LeftOut, AlreadyVoted, TooEarly, TooLate, NotSecret:
    """
    with _told_of_refusals(box):
        officer = _officer(box, voter, actor, at)
        if not box.is_secret:
            raise NotSecret
        with transaction.atomic():
            held = hold_open(box)
            check_open(held, at)
            _vote_for_oneself(held, voter, Channel.PAPER, marked_by=officer)


def new_receipt() -> str:
    """A code by which a voter finds their ballot among those that are published: "K3M4-N5P6-Q7R8"."""
    signs = [secrets.choice(SIGNS) for _sign in range(12)]
    return "-".join("".join(signs[start : start + 4]) for start in (0, 4, 8))


@contextmanager
def _told_of_refusals(box: BallotBox) -> Iterator[None]:
    """One line in the log for a cast that is refused: which box and why. Never who, and never the choice."""
    try:
        yield
    except Refusal as refusal:
        logger.info("cast refused box=%s code=%s", box.ref, refusal.code)
        raise


@sensitive_variables()
def _ballot(box: BallotBox, choice: Any, hash_of_form: str) -> str:
    """The choice as it is kept. What a box asks never changes, so this needs no lock."""
    if not box.is_secret:
        raise NotSecret
    if hash_of_form != form_hash(box):
        raise ChangedForm
    try:
        checked = check_choice(
            box.method, choice, options=box.options, low=box.low, high=box.high, step=box.step
        )
    except BadChoice as error:
        raise BadBallot(code=error.code) from None
    return canonical(checked)


def _vote_for_oneself(
    box: BallotBox, voter: Party, channel: Channel, *, marked_by: Party | None = None
) -> None:
    """Whoever votes needs nobody else to do it any more."""
    claim(box, voter, channel, marked_by=marked_by)
    Proxy.objects.filter(entry__in=entries_of_person(box.roll, voter)).delete()


def _check_proxy(box: BallotBox, giver: Party, holder: Party) -> None:
    """Whether there is one is asked before whether the giver voted: that is told to nobody else. The entries are locked
    first, as by the giver who votes or takes it back at this moment.

    :raises NoProxy:
    """
    entries = locked_entries(box, giver)
    proxy = Proxy.objects.filter(entry__in=entries).select_related("holder").first()
    if proxy is None or proxy.holder.canonical_id != holder.canonical_id:
        raise NoProxy


def _officer(box: BallotBox, voter: Party, actor: Actor, at: datetime) -> Party:
    officer = person_acting(actor)
    if not is_polling_officer(officer, box.neighbourhood, day_of(at)):
        raise NotAllowed
    check_not_own(actor, voter)
    check_is_no_candidate(actor, election_of(box))
    return officer


@sensitive_variables()
def _put_in(box: BallotBox, ballot: str, receipt: str | None) -> None:
    Ballot.objects.create(box=box, choice=ballot, receipt=receipt)
