"""Residents call for a new election. Enough of them in time, and there is one; the sitting board stays until then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.counting.paper import MOST_SEATS
from neighbourhoods.models import DecisionPolicy, Neighbourhood, Proposal, ProposalKind, Subject, Support
from neighbourhoods.operations.elections import announce, by_the_clock, draft_election, suggest_dates
from neighbourhoods.operations.elections.words import in_our_language
from neighbourhoods.permissions import check, is_self
from neighbourhoods.queries.elections import (
    last_final,
    needed_support,
    open_recall,
    running_election,
    support_until,
    supports,
)
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.queries.recalls import callers_count, is_old_enough, is_overtaken, least_age
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.queries.seats import board_of
from neighbourhoods.queries.support import supporters
from neighbourhoods.states import ProposalState
from people.models import Party
from people.queries import numbers_of

LONGEST_TITLE, LONGEST_TEXT = 150, 4000


class OnlyResidents(Refusal):
    """Who lives there calls for an election there."""

    code = "only_residents"
    sentence = _("Only people who live in %(neighbourhood)s can do this.")


class TooYoungToCall(Refusal):
    """The age from which the rules let somebody call and support."""

    code = "too_young_to_call"
    sentence = _("You can do this from the age of %(years)s.")


class NoBoard(Refusal):
    """Nobody sits there who could be replaced."""

    code = "no_board"
    sentence = _("There is no board now. Ask the municipality when the first election will be.")


class ElectionComing(Refusal):
    """There will be a new board anyway."""

    code = "election_coming"
    sentence = _("An election has already been announced. You can vote in it, or stand for it.")


class RecallRunning(Refusal):
    """One call at a time."""

    code = "recall_running"
    sentence = _("There is already a call for a new election. You can support it.")


class NeedsWords(Refusal):
    """Others read what they are asked to support."""

    code = "needs_words"
    sentence = _("Say what you ask for, and why.")
    field = "text"


class CallOver(Refusal):
    """Support is gathered for some weeks, and then it is over."""

    code = "call_over"
    sentence = _("The time for this call is over. You can begin a new one.")


class AlreadySupported(Refusal):
    """Everybody counts once."""

    code = "already_supported"
    sentence = _("You already support this.")


class NotSupported(Refusal):
    """There is nothing to take back."""

    code = "not_supported"
    sentence = _("You do not support this, so there is nothing to take back.")


class NotYourCall(Refusal):
    """Who began it takes it back."""

    code = "not_your_call"
    sentence = _("Only the person who began this call can take it back.")


def start(
    *,
    neighbourhood: Neighbourhood,
    person: Party,
    title: str,
    text: str,
    key: UUID,
    actor: Actor,
    at: datetime,
    language: str = settings.LANGUAGE_CODE,
) -> Proposal:
    """This will begin a call for a new election; whoever begins it supports it. The same key again gives the first.

    :raises NotAllowed: to anybody but the person.
    :raises OnlyResidents, TooYoungToCall, NoBoard, ElectionComing, RecallRunning, NeedsWords: when it cannot begin.
    :raises NoPolicy: when it is not written down how many must support it.
    """
    check(is_self(actor, person))
    words = {"title": title.strip(), "text": text.strip()}
    if not all(words.values()) or len(words["title"]) > LONGEST_TITLE or len(words["text"]) > LONGEST_TEXT:
        raise NeedsWords
    with transaction.atomic():
        # Two that begin at the same moment take turns: the second finds the first.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        same = Proposal.objects.filter(key=key).first()
        if same:
            return same
        policy = policy_for(neighbourhood, Subject.RECALL)
        _check_may_begin(neighbourhood, policy, person, at)
        made = Proposal.objects.create(
            neighbourhood=neighbourhood, policy=policy, kind=ProposalKind.RECALL,
            language=language, proposed_by_id=person.canonical_id, proposed_at=at, key=key, **words,
        )  # fmt: skip
        record("proposal.start_recall", subject=made, actor=actor, at=at, about=[made.proposed_by])
        _support(made, person, at)
    return made


def support(*, proposal: Proposal, person: Party, actor: Actor, at: datetime) -> bool:
    """This will add a resident's support. Says whether the election was called with it.

    No line in the trail: nobody but the person themself sees who supports a call, and it can be taken back.

    :raises NotAllowed: to anybody but the person.
    :raises OnlyResidents, TooYoungToCall: to whoever lives elsewhere, or is not old enough.
    :raises CallOver, AlreadySupported: when it adds nothing.
    """
    check(is_self(actor, person))
    with transaction.atomic():
        locked = _locked(proposal, at)
        _check_may_ask(locked.neighbourhood, locked.policy, person, at)
        if supports(locked, person):
            raise AlreadySupported
        return _support(locked, person, at)


def take_back_support(*, proposal: Proposal, person: Party, actor: Actor, at: datetime) -> None:
    """This will take a resident's support away again, while the call runs.

    :raises NotAllowed: to anybody but the person.
    :raises CallOver, NotSupported: when there is nothing to take back.
    """
    check(is_self(actor, person))
    with transaction.atomic():
        locked = _locked(proposal, at)
        gone, _models = locked.supports.filter(person__in=numbers_of(person).order_by()).delete()
        if not gone:
            raise NotSupported


def withdraw(*, proposal: Proposal, actor: Actor, at: datetime) -> None:
    """This will take the whole call back, by who began it. Others can begin a new one.

    :raises NotYourCall: to anybody else.
    :raises MoveRefused: when it is over.
    """
    if not is_self(actor, proposal.proposed_by):
        raise NotYourCall
    transition(proposal, "withdraw", actor=actor, at=at, about=(proposal.proposed_by,))


def recalls_due(now: datetime) -> list[tuple[str, Callable[[], object]]]:
    """The calls that did not find enough support in time, or that a new board overtook: each expires. And those that
    found it while an election ran that was then called off: each is called."""
    calls = Proposal.objects.filter(kind=ProposalKind.RECALL, state=ProposalState.PROPOSED)
    due: list[tuple[str, Callable[[], object]]] = []
    for call in calls.select_related("policy", "proposed_by", "neighbourhood").order_by("pk"):
        if now >= support_until(call) or is_overtaken(call):
            due.append((f"recall {call.pk}", partial(expire, proposal=call, at=now)))
        elif _is_enough(call, now):
            due.append((f"recall {call.pk}", partial(call_supported, proposal=call, at=now)))
    return due


by_the_clock.append(recalls_due)


def call_supported(*, proposal: Proposal, at: datetime) -> bool:
    """This will call the election for which there was enough support already, by the clock. Says whether it did.

    :raises CallOver: when it was called, taken back or expired before.
    """
    with transaction.atomic():
        locked = _locked(proposal, at)
        if not _is_enough(locked, at):
            return False
        _call(locked, at)
        return True


def expire(*, proposal: Proposal, at: datetime) -> None:
    """This will end a call, by the clock.

    :raises MoveRefused: when it was called, taken back or expired before.
    """
    transition(proposal, "expire", actor=Actor.system(), at=at, about=(proposal.proposed_by,))


def _check_may_begin(
    neighbourhood: Neighbourhood, policy: DecisionPolicy, person: Party, at: datetime
) -> None:
    _check_may_ask(neighbourhood, policy, person, at)
    if not board_of(neighbourhood, day_of(at)).exists():
        raise NoBoard
    if running_election(neighbourhood):
        raise ElectionComing
    if open_recall(neighbourhood):
        raise RecallRunning


def _check_may_ask(neighbourhood: Neighbourhood, policy: DecisionPolicy, person: Party, at: datetime) -> None:
    if not lives_in(person, neighbourhood):
        raise OnlyResidents(neighbourhood=neighbourhood.name)
    if not is_old_enough(person, policy, day_of(at)):
        raise TooYoungToCall(years=least_age(policy))


def _locked(proposal: Proposal, at: datetime) -> Proposal:
    """:raises CallOver: when it is."""
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("policy", "neighbourhood").get(pk=proposal.pk, kind=ProposalKind.RECALL)
    if locked.state != ProposalState.PROPOSED or at >= support_until(locked):
        raise CallOver
    return locked


def _support(proposal: Proposal, person: Party, at: datetime) -> bool:
    """The row of the proposal is locked, so that the one who makes it enough is one."""
    try:
        with transaction.atomic():
            Support.objects.create(proposal=proposal, person_id=person.canonical_id)
    except IntegrityError:
        raise AlreadySupported from None
    if not _is_enough(proposal, at):
        return False
    _call(proposal, at)
    return True


def _is_enough(proposal: Proposal, at: datetime) -> bool:
    """Whether there can be an election now: enough of those who can support it do, and none is coming anyway."""
    policy, neighbourhood = proposal.policy, proposal.neighbourhood
    enough = needed_support(policy.support_needed, callers_count(neighbourhood, policy, day_of(at)))
    if supporters(proposal) < enough or running_election(neighbourhood):
        return False
    return not is_overtaken(proposal)


def _call(proposal: Proposal, at: datetime) -> None:
    """The system calls: whose support made it enough stands nowhere."""
    system, neighbourhood = Actor.system(), proposal.neighbourhood
    policy = policy_for(neighbourhood, Subject.ELECTION)
    last = last_final(neighbourhood, day_of(at))
    with in_our_language():
        title = gettext("New board election, called for by residents")
    seats = last.seats if last else board_of(neighbourhood, day_of(at)).count() or 1
    values = suggest_dates(
        policy, title=title, seats=min(seats, MOST_SEATS), from_on=day_of(at) + timedelta(days=1)
    )
    key = derive_key(scope="election.called", owner=proposal.pk, form_id=proposal.key)
    election = draft_election(
        neighbourhood=neighbourhood, values=values, key=key, actor=system, at=at, called_by=proposal
    )
    announce(election=election, actor=system, at=at)
    transition(proposal, "call", actor=system, at=at, about=(proposal.proposed_by,))
