"""The votes in a value decision: which ones there were, what residents chose, how far a board may go from that.

Reading this module tells the ballot box what such a vote is about, and appeals who may make one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.amounts import format_amount
from core.clock import day_of
from neighbourhoods.counting import Method, canonical
from neighbourhoods.models import (
    Appeal,
    BallotBox,
    Decider,
    Residency,
    ValueDecision,
    ValueVote,
)
from neighbourhoods.queries import appeals, ballots
from neighbourhoods.queries.appeals import OPEN
from neighbourhoods.queries.items import per_unit, question_about, words_of
from neighbourhoods.queries.results import sheet_of
from neighbourhoods.queries.values import concerned, has_interest
from neighbourhoods.states import BoxState, ResidencyState, ValueState
from people.models import Mandate, Party

OPTION = "1"  # of a vote with yes and no


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Between which amounts, both included, a board may confirm what residents chose."""

    low: int
    high: int


def votes_about(decision: ValueDecision) -> QuerySet[ValueVote]:
    """Every vote in a decision, the first one in front."""
    return decision.votes.select_related("box__roll", "box__policy", "box__result", "meeting").order_by(
        "number"
    )


def last_vote(decision: ValueDecision, decider: str | None = None) -> ValueVote | None:
    """The vote that was opened last, or the last one of the residents or of the board."""
    found = votes_about(decision)
    return (found.filter(decider=decider) if decider else found).last()


def residents_amount(decision: ValueDecision) -> int | None:
    """What the residents chose in their last vote, in minor units; None when they chose no value any more.

    :raises NotCounted: before the count.
    """
    vote = last_vote(decision, Decider.RESIDENTS)
    if vote is None or vote.box.method != Method.MEDIAN:
        return None
    amount: int | None = sheet_of(vote.box)["outcome"]["amount"]
    return amount


def margin_of(decision: ValueDecision) -> Margin | None:
    """The amounts among which a board may confirm, exactly reckoned; None when there is no amount to confirm.

    :raises NotCounted: before the count.
    """
    chosen = residents_amount(decision)
    if chosen is None:
        return None
    part = decision.policy.margin * chosen
    most = part.numerator // part.denominator  # an amount that is no whole number lies within when this does
    return Margin(low=max(1, chosen - most), high=chosen + most)


def was_sent_back(decision: ValueDecision) -> bool:
    """Whether the residents were asked a second time."""
    return decision.votes.filter(decider=Decider.RESIDENTS).count() > 1


def running_confirmation(decision: ValueDecision) -> ValueVote | None:
    """The vote of the board about what residents chose, from its opening to its count."""
    vote = last_vote(decision)
    return vote if vote and is_confirmation(vote) and vote.box.state != BoxState.COUNTED else None


def appeals_open(decision: ValueDecision) -> bool:
    """Whether an appeal about any vote in this decision waits for a ruling."""
    return Appeal.objects.filter(box__value_vote__decision=decision, state__in=OPEN).exists()


def is_confirmation(vote: ValueVote) -> bool:
    """Whether the board votes about what residents chose."""
    return vote.decider == Decider.BOARD and vote.decision.policy.decider == Decider.BOTH


# --- What the ballot box asks -----------------------------------------------------------------------------------------


def _labels(box: BallotBox) -> ballots.Words:
    """Of a vote with yes and no: the amount that is asked about, else the whole question."""
    vote = box.value_vote
    item = vote.decision.item
    if vote.amount is None:
        return {OPTION: question_about(item, is_ending=vote.decision.is_ending)}
    return {
        OPTION: _("%(name)s: %(amount)s %(per_unit)s")
        % {
            "name": words_of(item).name,
            "amount": format_amount(vote.amount, get_language() or "nl", box.neighbourhood.coin.decimals),
            "per_unit": per_unit(item.unit),
        }
    }


def _stands_for(box: BallotBox) -> ballots.Words:
    """Also for a vote without options: a ballot with an amount must not end up in a vote about something else."""
    vote = box.value_vote
    decision = vote.decision
    asked = [str(decision.ref), vote.number, str(decision.item.ref), decision.item.unit, vote.amount]
    return {OPTION: hashlib.sha256(canonical([*asked, decision.is_ending]).encode()).hexdigest()}


def _has_interest(box: BallotBox, person: Party, on: date) -> bool:
    return has_interest(box.value_vote.decision, person, on)


def _asks_why_not(box: BallotBox) -> bool:
    return is_confirmation(box.value_vote)


ballots.owners["value_vote"] = ballots.Owner(
    labels=_labels, stands_for=_stands_for, has_interest=_has_interest, asks_why_not=_asks_why_not
)


# --- What appeals ask -------------------------------------------------------------------------------------------------


def _deadline(vote: ValueVote) -> datetime | None:
    """While it is decided and not in force. The decision is read now, not as the vote remembers it."""
    decision = ValueDecision.objects.get(pk=vote.decision_id)
    return decision.appeals_until if decision.state == ValueState.APPEAL else None


def _is_party_to(vote: ValueVote, numbers: QuerySet[Party]) -> bool:
    """Who proposed it, and who acted since then for an organisation that it concerns. They may appeal; on the panel
    they do not rule on it."""
    decision = vote.decision
    if decision.proposed_by_id and numbers.filter(pk=decision.proposed_by_id).exists():
        return True
    acted = Mandate.objects.filter(person__in=numbers.order_by(), principal__in=concerned(decision))
    return acted.filter(Q(until_on__isnull=True) | Q(until_on__gte=day_of(decision.proposed_at))).exists()


def _lives_there(vote: ValueVote, numbers: QuerySet[Party]) -> bool:
    """A value holds for all who live there, also one that the board decided."""
    living = Residency.objects.filter(
        neighbourhood=vote.decision.neighbourhood_id, state=ResidencyState.ATTESTED
    )
    return living.filter(person__in=numbers.order_by()).exists()


appeals.add_owner(
    appeals.Owner(name="value_vote", deadline=_deadline, stands_in=_is_party_to, holds_for=_lives_there)
)
