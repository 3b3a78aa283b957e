"""How far a value decision is, in words and with a disc, and what the board has to do about it."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core import clock
from neighbourhoods.models import Decider, ValueDecision
from neighbourhoods.queries.items import question_about
from neighbourhoods.queries.value_waits import is_late, is_waiting
from neighbourhoods.queries.values import lacks_amount
from neighbourhoods.states import ValueState
from neighbourhoods.views.boardroom.words import Phase

DISCS = {
    ValueState.DRAFT: "open",
    ValueState.PROPOSED: "open",
    ValueState.ADMITTED: "open",
    ValueState.CONSULTATION: "half",
    ValueState.VOTING: "half",
    ValueState.AWAITING_BOARD: "half",
    ValueState.DECIDED: "half",
    ValueState.AWAITING_CONSENT: "half",
    ValueState.APPEAL: "half",
    ValueState.IN_FORCE: "done",
    ValueState.SUPERSEDED: "done",
    ValueState.REJECTED: "no",
    ValueState.NO_QUORUM: "no",
    ValueState.WITHDRAWN: "no",
    ValueState.ANNULLED: "no",
}


def phase_of_value(decision: ValueDecision) -> Phase:
    return DISCS[ValueState(decision.state)], capfirst(decision.get_state_display())


def question_of(decision: ValueDecision) -> str:
    return question_about(decision.item, is_ending=decision.is_ending)


NEXT = {
    ValueState.DRAFT: _("Only the board sees this. It is proposed when its page is published."),
    ValueState.PROPOSED: _("It comes on the agenda with enough support, or when somebody asks for it."),
    ValueState.ADMITTED: _(
        "Ask everybody what they think. If nobody does so, it begins by itself after 14 days."
    ),
    ValueState.CONSULTATION: _("Everybody can react until %(moment)s. Then the vote begins."),
    ValueState.AWAITING_BOARD: _(
        "The board answers until %(moment)s. Without an answer, what the residents chose stands."
    ),
    ValueState.AWAITING_CONSENT: _("It is outside the guideline, so the municipality answers first."),
    ValueState.APPEAL: _("People can appeal until %(moment)s."),
}
NOT_YET = _("Decided, but it does not hold yet.")
BEGINS = _("Decided. It begins on %(day)s.")
NO_AMOUNT = _("Say which amount the board votes on. If nobody does so within 14 days, it ends.")
VOTING = {Decider.BOARD: _("The board votes."), Decider.RESIDENTS: _("The residents vote, in secret.")}
# The moment until which each lasts.
UNTIL = {
    ValueState.CONSULTATION: "consulted_until",
    ValueState.AWAITING_BOARD: "board_until",
    ValueState.APPEAL: "appeals_until",
}


def next_of(decision: ValueDecision) -> str:
    """What happens now, in one sentence; nothing for what is over."""
    state = ValueState(decision.state)
    if state == ValueState.VOTING:
        by_board = decision.policy.decider == Decider.BOARD
        return str(VOTING[Decider.BOARD if by_board else Decider.RESIDENTS])
    if state == ValueState.ADMITTED and lacks_amount(decision):
        return str(NO_AMOUNT)
    now = clock.now()
    if is_late(decision, now):
        return str(NOT_YET)
    if is_waiting(decision, now) and decision.effective_on:
        return str(BEGINS) % {"day": date_format(decision.effective_on, "j F Y")}
    moment = getattr(decision, UNTIL[state]) if state in UNTIL else None
    return str(NEXT.get(state, "")) % {"moment": _moment(moment)}


def _moment(moment: datetime | None) -> str:
    return date_format(localtime(moment), "l j F Y, H:i") if moment else ""
