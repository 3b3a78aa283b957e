"""How a proposal gets on the agenda: enough residents support it, demand asks for it, or the board sees who does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused, transition
from neighbourhoods.models import Neighbourhood, Subject, ValueDecision, ValuedItem, ValueSupport
from neighbourhoods.operations.elections.freezing import check_moment
from neighbourhoods.operations.elections.words import in_our_language
from neighbourhoods.operations.recalls import AlreadySupported, NotSupported, OnlyResidents
from neighbourhoods.operations.values.consulting import CONSULT_WITHIN
from neighbourhoods.operations.values.leading import leader_about
from neighbourhoods.operations.values.proposing import (
    LONGEST_EVIDENCE,
    AlreadyRunning,
    EvidenceTooLong,
    about,
    locked,
    reason_for_all,
)
from neighbourhoods.permissions import acting_person
from neighbourhoods.queries.items import words_of
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.queries.support import supporters
from neighbourhoods.queries.values import (
    lacks_amount,
    needed,
    running_on,
    support_until,
    supports,
)
from neighbourhoods.states import VALUE_DECISION, ValueState
from people.models import Party
from people.queries import numbers_of

# What else happens when a decision comes on the agenda, in the same transaction.
on_admitted: list[Callable[[ValueDecision], None]] = []


class NotWaitingForSupport(Refusal):
    """It is on the agenda already, is over, or the weeks for support are."""

    code = "value_not_waiting_for_support"
    sentence = _(
        "Nobody can support this now: it is on the agenda already, it is over, or its time has passed."
    )


class EvidenceMissing(Refusal):
    """A board puts on the agenda what somebody needs; what it likes to see, it proposes and finds support for."""

    code = "value_evidence_missing"
    sentence = _("Say who asks for it, for example a school or a waiting list.")
    field = "evidence"


class SupportRunning(Refusal):
    """Residents have the days that were promised."""

    code = "value_support_running"
    sentence = _("The time to support this is not over yet.")


def support(*, decision: ValueDecision, actor: Actor, at: datetime) -> bool:
    """A resident supports a proposal. Says whether it came on the agenda with that.

    No line in the trail: nobody but the person themself sees who supports it, and it can be taken back.

    :raises OnlyResidents: to whoever lives elsewhere. NotAllowed: to the system.
    :raises NotWaitingForSupport, AlreadySupported: when it adds nothing.
    """
    person = _person(actor)
    with transaction.atomic():
        found = _waiting(decision, at)
        if not lives_in(person, found.neighbourhood):
            raise OnlyResidents(neighbourhood=found.neighbourhood.name)
        if supports(found, person):
            raise AlreadySupported
        _add(found, person)
        if supporters(found) < needed(found):
            return False
        _admit(decision, found, actor=Actor.system(), at=at)  # whose support made it enough stands nowhere
    return True


def take_back_support(*, decision: ValueDecision, actor: Actor, at: datetime) -> None:
    """Take one's support away again, while it waits for more.

    :raises NotWaitingForSupport, NotSupported: when there is nothing to take back.
    """
    person = _person(actor)
    with transaction.atomic():
        found = _waiting(decision, at)
        gone, _models = found.supports.filter(person__in=numbers_of(person).order_by()).delete()
        if not gone:
            raise NotSupported


def admit(*, decision: ValueDecision, actor: Actor, at: datetime, evidence: str = "") -> None:
    """Put a proposal on the agenda. The board's leaders do so when it is known who asks for it; they can add that as
    `evidence`. The system does when demand crossed a limit.

    :raises BoardOnly, LeadersOnly: to anybody else. HasInterest: to a leader who has one.
    :raises EvidenceMissing, EvidenceTooLong: when nobody reads who asks for it.
    :raises MoveRefused: when it waits for that no more.
    """
    if not actor.is_system:
        leader_about(actor, decision, at)
    with transaction.atomic():
        found = locked(decision)
        VALUE_DECISION.after(found.state, "admit")
        _add_evidence(found, evidence)
        _admit(decision, found, actor=actor, at=at)


def take_up(
    *, item: ValuedItem, evidence: str, key: UUID, at: datetime, language: str = settings.LANGUAGE_CODE
) -> ValueDecision:
    """Put an item on the agenda because demand crossed a limit: the system does, without a proposer and without an
    amount, for no price follows from demand. The same key again gives the same.

    :raises AlreadyRunning: when a decision about it goes on; the caller adds its signal to that one.
    :raises NoPolicy: when nobody said yet how values are decided there.
    """
    system = Actor.system()
    with transaction.atomic():
        place = Neighbourhood.objects.select_for_update(no_key=True).get(pk=item.neighbourhood_id)
        same = ValueDecision.objects.filter(key=key).first()
        if same:
            return same
        running = running_on(item)
        if running:
            raise AlreadyRunning(name=words_of(item).name, ref=running.ref)
        made = ValueDecision.objects.create(
            neighbourhood=place, item=item, policy=policy_for(place, Subject.VALUE, item.category),
            state=ValueState.PROPOSED, evidence=evidence, language=language, proposed_at=at, key=key,
        )  # fmt: skip
        record("value_decision.propose", subject=made, actor=system, at=at, after=made.state)
        _admit(made, made, actor=system, at=at)
    return made


def turn_away(*, decision: ValueDecision, reason: str, actor: Actor, at: datetime) -> None:
    """Do not put a proposal on the agenda, with a reason that everybody reads.

    :raises BoardOnly, LeadersOnly, HasInterest: to whoever may not.
    :raises NeedsReason, ReasonTooLong: without one, or with too many words.
    :raises MoveRefused: when it does not wait for support any more.
    """
    leader_about(actor, decision, at)
    words = reason_for_all(reason)
    transition(decision, "turn_away", actor=actor, at=at, about=about(decision), reason=words)


def expire(*, decision: ValueDecision, at: datetime) -> None:
    """End a proposal that found too little support in its days, by the clock; and what demand brought up for a board
    that votes on amounts, when nobody said which in the days to begin: no price follows from demand.
    When the support that it found is enough by now, because fewer live there, it comes on the agenda.

    :raises SupportRunning, NotYet: before its time is over.
    :raises MoveRefused: when it goes on by itself, or is over.
    """
    with transaction.atomic():
        found = locked(decision)
        VALUE_DECISION.after(found.state, "expire")
        with in_our_language():
            reason = _why_it_expires(found, at)
        if found.state == ValueState.PROPOSED and supporters(found) >= needed(found):
            _admit(decision, found, actor=Actor.system(), at=at)
            return
        transition(decision, "expire", actor=Actor.system(), at=at, about=about(found), reason=reason)


def _why_it_expires(decision: ValueDecision, at: datetime) -> str:
    if decision.state == ValueState.PROPOSED:
        if at < support_until(decision):
            raise SupportRunning
        return gettext("Too few residents supported it in time.")
    if decision.admitted_at is None or not lacks_amount(decision):
        raise MoveRefused
    check_moment(decision.admitted_at + CONSULT_WITHIN, at)
    return gettext("Nobody said in time which amount the board had to vote on.")


@VALUE_DECISION.guard("admit")
def somebody_needs_it(decision: ValueDecision, actor: Actor) -> None:
    """Nobody is paid for what nobody asks for: a board says who does."""
    if not actor.is_system and not decision.evidence:
        raise EvidenceMissing


def _admit(decision: ValueDecision, found: ValueDecision, *, actor: Actor, at: datetime) -> None:
    transition(decision, "admit", actor=actor, at=at, about=about(found), along={"admitted_at": at})
    for tell in on_admitted:
        tell(decision)


def _add_evidence(decision: ValueDecision, evidence: str) -> None:
    """What the board adds stands behind what the proposer wrote."""
    if not evidence.strip():
        return
    words = "\n\n".join(filter(None, [decision.evidence, evidence.strip()]))
    if len(words) > LONGEST_EVIDENCE:
        raise EvidenceTooLong
    ValueDecision.objects.filter(pk=decision.pk).update(evidence=words)


def _person(actor: Actor) -> Party:
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    return person


def _waiting(decision: ValueDecision, at: datetime) -> ValueDecision:
    """The row is locked, so that the one who makes it enough is one."""
    found = locked(decision)
    if found.state != ValueState.PROPOSED or at >= support_until(found):
        raise NotWaitingForSupport
    return found


def _add(decision: ValueDecision, person: Party) -> None:
    try:
        with transaction.atomic():
            ValueSupport.objects.create(decision=decision, person_id=person.canonical_id)
    except IntegrityError:
        raise AlreadySupported from None
