"""The consultation: the board says what is put to the vote, and everybody can react before it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.amounts import format_amount
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import MoveRefused, transition
from neighbourhoods.models import Decider, ValueDecision
from neighbourhoods.operations.values.items import LARGEST, check_amount
from neighbourhoods.operations.values.leading import leader_about
from neighbourhoods.operations.values.proposing import about, check_volume, check_wanted, locked
from neighbourhoods.queries.cover import lacks_volume
from neighbourhoods.queries.items import value_on
from neighbourhoods.queries.values import FEWEST_STEPS, Terms, default_bounds, default_terms
from neighbourhoods.states import VALUE_DECISION, ValueState

CONSULT_WITHIN: Final = timedelta(days=14)  # then the clock begins, with terms of its own
LAST_LOOK: Final = timedelta(days=3)  # between a change of the terms and the vote, at least
CHANGEABLE = (ValueState.PROPOSED, ValueState.ADMITTED, ValueState.CONSULTATION)


class BoundsRefused(Refusal):
    """Residents choose an amount between two, and there is something to choose."""

    code = "value_bounds"
    sentence = _(
        "Choose a lowest and a highest amount with at least three steps between them, and let the steps fit exactly."
    )
    field = "high"


class BoundsMissing(Refusal):
    """Without them nobody can fill in the ballot."""

    code = "value_bounds_missing"
    sentence = _("Say between which amounts residents choose, and in which steps.")
    field = "low"


class NoBoundsHere(Refusal):
    """Who says yes or no chooses no amount."""

    code = "value_no_bounds"
    sentence = _("Leave the lowest and the highest amount empty: this is a vote with yes or no.")
    field = "low"


class OutsideBounds(Refusal):
    """What was proposed can be chosen."""

    code = "value_outside_bounds"
    sentence = _("The proposed amount must lie between the lowest and the highest, on one of the steps.")
    field = "proposed"


class TooNarrow(Refusal):
    """Who sets the bounds does not decide the outcome: what holds now, and what residents could choose before, stay
    among the amounts. Details: `least`, `most`, as people read them."""

    code = "value_bounds_too_narrow"
    sentence = _("Leave room: the lowest amount is at most %(least)s and the highest at least %(most)s.")
    field = "low"


class ProposedMissing(Refusal):
    """A board says yes or no to an amount."""

    code = "value_proposed_missing"
    sentence = _("Enter the amount that is proposed.")
    field = "proposed"


class VolumeNotSaid(Refusal):
    """What residents earn is paid from pots: before anybody votes, everybody sees what it costs."""

    code = "value_volume_not_said"
    sentence = _("Say how often a month you expect this, so that everybody sees what it costs.")
    field = "volume"


class VolumeKnown(Refusal):
    """What was said before the vote, voters reckoned with."""

    code = "value_volume_known"
    sentence = _("How often this is expected is known already, or is not asked here.")
    field = "volume"


class EndingHasNoAmount(Refusal):
    """Whether something keeps a value is another question than how much."""

    code = "value_ending_has_no_amount"
    sentence = _("This proposal asks for no value at all, so it has no amount.")
    field = "proposed"


class SupportedAsItIs(Refusal):
    """Residents support what they read."""

    code = "value_supported_as_it_is"
    sentence = _("Residents support this proposal as it stands. You can change it once it is on the agenda.")


class ConsultationOver(Refusal):
    """What people reacted to is what they vote on."""

    code = "value_consultation_over"
    sentence = _("The time to react is over, so nothing changes any more before the vote.")


def consult(*, decision: ValueDecision, terms: Terms | None, actor: Actor, at: datetime) -> None:
    """Put the terms of a vote before everybody, and let them react for as many days as the policy says. The system does
    so when no board did. Without `terms` those are taken that stand, or else the usual ones.

    :raises BoardOnly, LeadersOnly, HasInterest: to whoever may not.
    :raises BoundsMissing, BoundsRefused, NoBoundsHere, OutsideBounds, ProposedMissing, EndingHasNoAmount,
        AmountRefused, VolumeRefused, TooFarAhead: for terms that make no vote.
    :raises VolumeNotSaid: to the board, about what residents earn.
    :raises MoveRefused: when it is not on the agenda.
    """
    if not actor.is_system:
        leader_about(actor, decision, at)
    with transaction.atomic():
        found = locked(decision)
        VALUE_DECISION.after(found.state, "consult")
        terms = terms or default_terms(found, day_of(at))
        _check_terms(found, terms, at)
        if not actor.is_system:
            _check_volume_said(found, terms)
        until = at + timedelta(days=found.policy.consultation_days)
        transition(
            decision, "consult", actor=actor, at=at, about=about(found),
            along={**_columns(terms), "consulted_until": until},
        )  # fmt: skip


def change_terms(*, decision: ValueDecision, terms: Terms, actor: Actor, at: datetime) -> None:
    """Change what will be put to the vote, until the time to react is over. The same terms again change nothing.

    :raises BoardOnly, LeadersOnly, HasInterest: to whoever may not.
    :raises SupportedAsItIs: while residents support it as it stands.
    :raises ConsultationOver: from the moment at which the vote is due. TooNarrow: when the bounds would decide.
    :raises Refusal: what `consult` says about terms.
    :raises MoveRefused: before there is a proposal, and from the vote on.
    """
    leader_about(actor, decision, at)
    with transaction.atomic():
        found = locked(decision)
        _check_changeable(found, at)
        _check_terms(found, terms, at)
        if found.state != ValueState.PROPOSED:
            _check_volume_said(found, terms)
        columns = _columns(terms)
        if any(getattr(found, name) != value for name, value in columns.items()):
            if found.state == ValueState.PROPOSED and found.supports.exists():
                raise SupportedAsItIs
            if found.consulted_until is not None:  # time to look at them for who reacted already
                columns["consulted_until"] = max(found.consulted_until, at + LAST_LOOK)
            ValueDecision.objects.filter(pk=found.pk).update(**columns)
            record("value_decision.change", subject=found, actor=actor, at=at, about=about(found))
    decision.refresh_from_db()


def name_volume(*, decision: ValueDecision, volume: int, actor: Actor, at: datetime) -> None:
    """Say how many units a month are expected of what was decided without anybody saying so. Without that nobody knows
    whether the pots hold enough, and it cannot begin.

    :raises BoardOnly, LeadersOnly, HasInterest: to whoever may not.
    :raises VolumeRefused: for no number of units.
    :raises VolumeKnown: when it is known, or no pot pays for this.
    :raises MoveRefused: when it is not decided yet, or no longer waits to begin.
    """
    leader_about(actor, decision, at)
    check_volume(volume)
    with transaction.atomic():
        found = locked(decision)
        if found.state != ValueState.APPEAL:
            raise MoveRefused
        if not lacks_volume(found):
            raise VolumeKnown
        ValueDecision.objects.filter(pk=found.pk).update(volume=volume)
        record("value_decision.change", subject=found, actor=actor, at=at, about=about(found))
    decision.refresh_from_db()


def _check_volume_said(decision: ValueDecision, terms: Terms) -> None:
    if terms.volume is None and decision.item.is_earned and not decision.is_ending:
        raise VolumeNotSaid


def _check_changeable(decision: ValueDecision, at: datetime) -> None:
    if decision.state not in CHANGEABLE:
        raise MoveRefused
    if decision.consulted_until is not None and at >= decision.consulted_until:
        raise ConsultationOver


def _columns(terms: Terms) -> dict[str, Any]:
    return {
        "proposed": terms.proposed, "volume": terms.volume, "low": terms.low, "high": terms.high,
        "step": terms.step, "wanted_on": terms.wanted_on,
    }  # fmt: skip


def _check_terms(decision: ValueDecision, terms: Terms, at: datetime) -> None:
    check_volume(terms.volume)
    check_wanted(terms.wanted_on, at)
    bounds = (terms.low, terms.high, terms.step)
    by_residents = decision.policy.decider != Decider.BOARD and not decision.is_ending
    _check_proposed(decision, terms, by_residents)
    if not by_residents:
        if bounds != (None, None, None):
            raise NoBoundsHere
        return
    if bounds != (None, None, None):
        _check_bounds(terms)
        _check_room(decision, terms, day_of(at))
    elif decision.state in (ValueState.ADMITTED, ValueState.CONSULTATION):
        raise BoundsMissing


def _check_proposed(decision: ValueDecision, terms: Terms, by_residents: bool) -> None:
    if decision.is_ending:
        if terms.proposed is not None:
            raise EndingHasNoAmount
    elif terms.proposed is not None:
        check_amount(terms.proposed)
    elif not by_residents or decision.proposed is not None:
        raise ProposedMissing


def _check_bounds(terms: Terms) -> None:
    """The steps begin at the lowest amount; the ballot takes no others."""
    low, high, step = terms.low, terms.high, terms.step
    if low is None or high is None or step is None:
        raise BoundsMissing
    if step <= 0 or not 0 < low < high <= LARGEST:
        raise BoundsRefused
    steps, rest = divmod(high - low, step)
    if rest or steps < FEWEST_STEPS:
        raise BoundsRefused
    if terms.proposed is not None and terms.proposed not in range(low, high + 1, step):
        raise OutsideBounds


def _check_room(decision: ValueDecision, terms: Terms, on: date) -> None:
    """A value that lies outside the guideline need not stay among the amounts: the guideline made it so."""
    told, present = default_bounds(decision, on), value_on(decision.item, on)
    room = [present] if present is not None and told[0] <= present <= told[1] else []
    if decision.votes.exists() and decision.low is not None and decision.high is not None:
        room += [decision.low, decision.high]
    if not room or terms.low is None or terms.high is None:
        return
    if terms.low > min(room) or terms.high < max(room):
        decimals, language = decision.neighbourhood.coin.decimals, get_language() or settings.LANGUAGE_CODE
        least, most = (format_amount(one, language, decimals) for one in (min(room), max(room)))
        raise TooNarrow(least=least, most=most)
