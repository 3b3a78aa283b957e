"""What was decided: the guideline is asked, appeals begin, and on its day the value comes into force, or an appeal
undoes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Appeal, Neighbourhood, ValueDecision, ValueVersion, ValueVote
from neighbourhoods.operations.appeals import when_upheld
from neighbourhoods.operations.elections.freezing import NotYet, check_moment
from neighbourhoods.operations.elections.outcome import AppealsOpen, NoUpheldAppeal
from neighbourhoods.operations.values.proposing import about, locked
from neighbourhoods.operations.values.window import appeal_window
from neighbourhoods.permissions import check, may_rule
from neighbourhoods.queries.cover import check_cover
from neighbourhoods.queries.guidelines import guideline_for, is_outside
from neighbourhoods.queries.items import value_on
from neighbourhoods.queries.value_votes import appeals_open
from neighbourhoods.states import VALUE_DECISION, AppealState

# Who else is told that the municipality is asked to agree. In the transaction of the deed, as its last step.
on_asked: list[Callable[[ValueDecision], None]] = []


class AnotherToday(Refusal):
    """What something is worth changes once a day at the most, and never for a day that has been. Details: `day`."""

    code = "another_value_today"
    sentence = _("Another value of this began on %(day)s. This one begins on a later day.")


@VALUE_DECISION.guard("take_effect")
def appeals_are_decided(decision: ValueDecision, _actor: Actor) -> None:
    """Who appeals locks the vote first, and so does whoever asks this: nobody slips in behind the question."""
    if appeals_open(decision):
        raise AppealsOpen


@VALUE_DECISION.guard("annul")
def an_appeal_was_upheld(decision: ValueDecision, _actor: Actor) -> None:
    if not Appeal.objects.filter(box__value_vote__decision=decision, state=AppealState.UPHELD).exists():
        raise NoUpheldAppeal


def settle(*, decision: ValueDecision, event: str, amount: int | None, actor: Actor, at: datetime) -> None:
    """This will write down what was decided, in minor units (None: no value any more), and go on at once: to the
    municipality when it lies outside its guideline, else to the time for appeals. `event` says who decided: the vote
    ("decide"), the board that confirmed ("confirm"), or its silence ("stay_silent").

    Called within a transaction, with the decision locked.

    :raises MoveRefused: when that event leads nowhere from the present state.
    """
    along = {"decided": amount, "decided_at": at}
    transition(decision, event, actor=actor, at=at, about=about(decision), along=along)
    if amount is not None and _is_asked(decision, amount, day_of(at)):
        transition(decision, "ask_consent", actor=actor, at=at, about=about(decision))
        for tell in on_asked:
            tell(decision)
    else:
        along = appeal_window(decision, at)
        transition(decision, "publish", actor=actor, at=at, about=about(decision), along=along)


def take_effect(*, decision: ValueDecision, actor: Actor, at: datetime) -> ValueVersion:
    """This will have a value hold from today on. The one before it ends with that; nothing that was paid changes.

    When something kept it waiting, it begins on the day on which that is over, never on one that has been.

    :raises NotAllowed: to anybody but the system.
    :raises NotYet: while appeals can be made, and before the day that was announced.
    :raises AppealsOpen: while one waits.
    :raises AnotherToday: when another value of the same began today, or on a day that has still to come.
    :raises VolumeMissing, CoverShort: when the pots hold too little for it.
    :raises MoveRefused: when it holds already, or was annulled.
    """
    check(actor.is_system)
    with transaction.atomic():
        found, former = _locked_with_former(decision)
        VALUE_DECISION.after(found.state, "take_effect")
        _check_day(found, at)
        appeals_are_decided(found, actor)
        today = day_of(at)
        if former is not None and former.effective_on >= today:
            raise AnotherToday(day=date_format(former.effective_on, "j F Y"))
        check_cover(found, today)
        made = ValueVersion.objects.create(
            item=found.item, effective_on=today, amount=found.decided, decision=found, made_on=today
        )
        if former is not None:
            before = former.decision
            transition(before, "supersede", actor=actor, at=at, about=about(before))
        transition(
            decision, "take_effect", actor=actor, at=at, about=about(found), along={"effective_on": today}
        )
    return made


def annul(*, decision: ValueDecision, appeal: Appeal, actor: Actor, at: datetime) -> None:
    """This will undo a decision that is not in force yet, because an appeal was upheld. What held goes on to hold.

    :raises NotAllowed: to anybody but the appeals panel.
    :raises NoUpheldAppeal: without an appeal that was upheld.
    :raises MoveRefused: when it is in force, or was annulled before.
    """
    check(actor.is_system or may_rule(actor, decision.neighbourhood, day_of(at)))
    with transaction.atomic():
        found = locked(decision)
        transition(decision, "annul", actor=actor, at=at, about=about(found), reason=appeal.ruling)


def lock_before(decision: ValueDecision) -> None:
    """This will lock what is locked before a decision that ends or comes into force.

    First the neighbourhood: of two values that need the same money the second sees what the first one takes. Then its
    votes, as whoever appeals does. After these whoever asks locks the decision (`locked`).
    """
    Neighbourhood.objects.select_for_update(no_key=True).get(pk=decision.neighbourhood_id)
    list(ValueVote.objects.select_for_update(no_key=True).filter(decision=decision).order_by("pk"))


@when_upheld("value_vote")
def undo_decision(thing: ValueVote, *, appeal: Appeal, actor: Actor, at: datetime) -> None:
    """The result of that vote does not stand, and so the decision does not."""
    annul(decision=thing.decision, appeal=appeal, actor=actor, at=at)


def _is_asked(decision: ValueDecision, amount: int, on: date) -> bool:
    """Whether the municipality is asked about it: outside its guideline, and not what held all along."""
    item = decision.item
    guideline = guideline_for(decision.neighbourhood.municipality, item.category, item.unit, on)
    return is_outside(guideline, amount) and amount != value_on(item, on)


def _locked_with_former(decision: ValueDecision) -> tuple[ValueDecision, ValueVersion | None]:
    """The decision, and the version that its own will follow with the decision behind that. Of the decisions the one
    with the lower key first."""
    lock_before(decision)
    versions = ValueVersion.objects.filter(item=decision.item_id).order_by("-effective_on")
    former = versions.first()
    keys = {decision.pk, former.decision_id} if former else {decision.pk}
    rows = {pk: locked(ValueDecision(pk=pk)) for pk in sorted(keys)}
    if former is not None:
        former.decision = rows[former.decision_id]
    return rows[decision.pk], former


def _check_day(decision: ValueDecision, at: datetime) -> None:
    if decision.appeals_until is not None:
        check_moment(decision.appeals_until, at)
    if decision.effective_on is not None and day_of(at) < decision.effective_on:
        raise NotYet(moment=date_format(decision.effective_on, "j F Y"))
