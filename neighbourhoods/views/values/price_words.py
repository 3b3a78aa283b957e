"""What the price list and the page of an item say in the same words: amounts, days, and what is going on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.amounts import format_amount
from neighbourhoods.models import Decider, ItemKind, ValueDecision, ValuedItem, ValueVote
from neighbourhoods.queries.items import per_unit
from neighbourhoods.states import BoxState, ValueState

if TYPE_CHECKING:
    from ledger.models import Coin


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is going on about an item, in one line: a phase of a coin, and words."""

    phase: str
    words: str


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def amount_words(minor: int, coin: Coin) -> str:
    return format_amount(minor, language(), coin.decimals)


def day_words(day: date) -> str:
    return date_format(day, "j F Y")


def verb(item: ValuedItem) -> str:
    """Before an amount: residents get it, or pay it."""
    if item.is_earned:
        return _("you get")
    return _("you pay") if item.kind == ItemKind.FEE else _("costs")


def verb_per_unit(item: ValuedItem) -> str:
    """Beneath an amount: "you get, per hour"."""
    return f"{verb(item)}, {per_unit(item.unit)}"


def decision_url(decision: ValueDecision) -> str:
    return reverse("value_decision", args=[decision.ref])


def mark_of(decision: ValueDecision | None, *, now_worth: int | None, coin: Coin, today: date) -> Mark | None:
    """What everybody should know who looks at a price: that it is going to change, or that they can say something
    about it. A proposal that may yet come to nothing is told on the page of the item alone."""
    if decision is None or decision.state == ValueState.PROPOSED:
        return None
    if decision.state == ValueState.APPEAL:
        return Mark(phase="half", words=_decided(decision, now_worth, coin, today))
    if decision.state == ValueState.VOTING:
        return Mark(phase="half", words=_voting(decision))
    if decision.state == ValueState.CONSULTATION and decision.consulted_until:
        until = date_format(localtime(decision.consulted_until), "j F, H:i")
        return Mark(phase="half", words=_("Open for reactions until %(moment)s") % {"moment": until})
    words = {
        ValueState.ADMITTED: _("On the agenda"),
        ValueState.AWAITING_BOARD: _("The board still has to confirm a new value"),
        ValueState.AWAITING_CONSENT: _("The municipality still has to agree to a new value"),
    }
    return Mark(phase="open", words=words.get(ValueState(decision.state), _("A new value is being decided")))


def _decided(decision: ValueDecision, now_worth: int | None, coin: Coin, today: date) -> str:
    """ "From 1 January 2027: 9.00, higher than now". When that day is past something still stands in the way."""
    if decision.effective_on is None or decision.effective_on <= today:
        if decision.decided is None:
            return _("Decided: no value any more. It does not hold yet.")
        return _("Decided: %(amount)s. It does not hold yet.") % {
            "amount": amount_words(decision.decided, coin)
        }
    day = day_words(decision.effective_on)
    if decision.decided is None:
        return _("No value any more from %(day)s") % {"day": day}
    words = _("From %(day)s: %(amount)s")
    if now_worth is not None and decision.decided > now_worth:
        words = _("Goes up to %(amount)s from %(day)s")
    elif now_worth is not None and decision.decided < now_worth:
        words = _("Goes down to %(amount)s from %(day)s")
    elif now_worth is not None:
        words = _("Stays %(amount)s, also from %(day)s")
    return words % {"day": day, "amount": amount_words(decision.decided, coin)}


def _voting(decision: ValueDecision) -> str:
    vote = last_vote(decision)
    if vote is None or vote.box.state != BoxState.OPEN:
        return _("The votes are being counted")
    if vote.decider == Decider.BOARD:
        return _("The board is voting on this")
    until = date_format(localtime(vote.box.closes_at), "j F, H:i")
    return _("You can vote on this until %(moment)s") % {"moment": until}


def last_vote(decision: ValueDecision) -> ValueVote | None:
    """The newest vote about a decision; its votes came along with it."""
    return max(decision.votes.all(), key=lambda vote: vote.number, default=None)
