"""What happens in a value decision, in order, each step with its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from neighbourhoods.models import ConsentAbout, Decider, ValueDecision
from neighbourhoods.queries.value_record import Record
from neighbourhoods.queries.value_waits import Wait
from neighbourhoods.states import ValueState
from neighbourhoods.views.decisions import Step, day, hour
from neighbourhoods.views.values.told import ENDINGS, ENDS, whole_day

_ORDER = (
    ValueState.DRAFT, ValueState.PROPOSED, ValueState.ADMITTED, ValueState.CONSULTATION, ValueState.VOTING,
    ValueState.AWAITING_BOARD, ValueState.DECIDED, ValueState.AWAITING_CONSENT, ValueState.APPEAL, ValueState.IN_FORCE,
    ValueState.SUPERSEDED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A step: when it is or was, where that is known, else what can be said of it beforehand."""

    title: str
    state: ValueState
    when: str = ""
    beforehand: str = ""

    @property
    def place(self) -> int:
        return _ORDER.index(self.state)


def steps_of(record: Record, wait: Wait | None = None) -> list[Step]:
    """All that happens, in order, each with its day. One that ended stops where it ended; `wait` is what a decided
    value waits for."""
    decision, rows = record.decision, _rows(record, wait)
    if decision.state in ENDS:
        return _stopped(record, rows)
    here = _ORDER.index(ValueState.IN_FORCE if wait else ValueState(decision.state))
    is_over = decision.state in {ValueState.IN_FORCE, ValueState.SUPERSEDED}
    return [
        Step(
            title=row.title,
            text=row.when or ("" if is_over or row.place < here else row.beforehand),
            is_done=is_over or row.place < here,
            is_now=row.place == here and not is_over,
        )
        for row in rows
    ]


def _rows(record: Record, wait: Wait | None) -> list[_Row]:
    decision, policy = record.decision, record.decision.policy
    rows = [
        _Row(title=_("Proposed"), when=day(decision.proposed_at), state=ValueState.PROPOSED),
        _Row(
            title=_("On the agenda"), state=ValueState.ADMITTED,
            when=day(decision.admitted_at) if decision.admitted_at else "", beforehand=_agenda(record),
        ),
        _Row(
            title=_("Everybody can react"), state=ValueState.CONSULTATION,
            when=_until(decision.consulted_until), beforehand=_days(policy.consultation_days),
        ),
        _Row(
            title=_who_votes(decision), state=ValueState.VOTING,
            when=_until(_closes(record)), beforehand=_days(policy.voting_days),
        ),
    ]  # fmt: skip
    if policy.decider == Decider.BOTH:
        title = _("The board confirms it, or sends it back once")
        when, beforehand = _until(decision.board_until), _days(policy.voting_days)
        rows.append(_Row(title=title, state=ValueState.AWAITING_BOARD, when=when, beforehand=beforehand))
    if decision.state == ValueState.AWAITING_CONSENT or _answered(record):
        is_refused = record.last("refuse_consent") is not None
        title = _("The municipality answers") if is_refused else _("The municipality agrees")
        beforehand = _("the amount lies outside its guideline")
        when = _answered(record)
        rows.append(_Row(title=title, state=ValueState.AWAITING_CONSENT, when=when, beforehand=beforehand))
    return [
        *rows,
        _Row(
            title=_("Time to appeal"), state=ValueState.APPEAL,
            when=_until(decision.appeals_until), beforehand=_days(policy.appeal_days),
        ),
        _Row(title=_("In force"), state=ValueState.IN_FORCE, when=_in_force(decision, wait)),
    ]  # fmt: skip


def _stopped(record: Record, rows: Sequence[_Row]) -> list[Step]:
    decision, ended = record.decision, record.last(*ENDINGS)
    reached = _ORDER.index(_reached(record))
    end = Step(
        title=capfirst(decision.get_state_display()),
        text=day(ended.at) if ended else "",
        is_done=False,
        is_now=True,
    )
    return [
        *(
            Step(title=row.title, text=row.when, is_done=True, is_now=False)
            for row in rows
            if row.place <= reached
        ),
        end,
    ]


def _reached(record: Record) -> ValueState:
    """How far it had come when it ended."""
    decision = record.decision
    confirmed = decision.policy.decider == Decider.BOTH and any(
        one.vote.decider == Decider.BOARD for one in record.rounds
    )
    came = [
        (decision.appeals_until is not None, ValueState.APPEAL),
        (record.last("ask_consent") is not None, ValueState.AWAITING_CONSENT),
        (confirmed, ValueState.AWAITING_BOARD),
        (bool(record.rounds), ValueState.VOTING),
        (decision.consulted_until is not None, ValueState.CONSULTATION),
        (decision.admitted_at is not None, ValueState.ADMITTED),
    ]
    return next((state for is_so, state in came if is_so), ValueState.PROPOSED)


def _agenda(record: Record) -> str:
    return ngettext(
        "when %(number)d resident supports it, or when the board sees that somebody asks for it",
        "when %(number)d residents support it, or when the board sees that somebody asks for it",
        record.needed,
    ) % {"number": record.needed}


def _who_votes(decision: ValueDecision) -> str:
    by_board = decision.policy.decider == Decider.BOARD
    return _("The board votes, with names") if by_board else _("The residents vote, in secret")


def _closes(record: Record) -> datetime | None:
    """When the last vote that decides ended, or ends. One that was sent back is voted on anew."""
    decision = record.decision
    if decision.state == ValueState.CONSULTATION:
        return None
    by_board = decision.policy.decider == Decider.BOARD
    return next(
        (one.box.closes_at for one in record.rounds if (one.vote.decider == Decider.BOARD) == by_board), None
    )


def _answered(record: Record) -> str:
    """When the municipality answered about its guideline."""
    answers = (one for one in record.consents if one.about == ConsentAbout.GUIDELINE)
    return next((day(one.at) for one in answers), "")


def _in_force(decision: ValueDecision, wait: Wait | None) -> str:
    if wait not in {None, Wait.DAY}:
        return _("not yet")
    if decision.effective_on:
        return whole_day(decision.effective_on)
    if decision.wanted_on:
        return _("on %(day)s, when it is final by then") % {"day": whole_day(decision.wanted_on)}
    return _("the day after the time to appeal")


def _until(moment: datetime | None) -> str:
    return _("until %(moment)s") % {"moment": hour(moment)} if moment else ""


def _days(days: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
