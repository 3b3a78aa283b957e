"""A value decision in words: how far it is, what it came to, what happens when, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.amounts import format_amount
from core.clock import day_of
from neighbourhoods.models import Decider, ValueDecision
from neighbourhoods.operations.values import lapses_at
from neighbourhoods.queries.cover import would_need_cover
from neighbourhoods.queries.items import per_unit, units
from neighbourhoods.queries.value_record import Record, Round
from neighbourhoods.queries.value_waits import Wait, has_to_be_paid
from neighbourhoods.queries.values import support_until
from neighbourhoods.states import ValueState
from neighbourhoods.views.decisions import day, hour
from neighbourhoods.views.values.waiting import waiting_lead, waiting_mark

ENDS = frozenset({ValueState.REJECTED, ValueState.NO_QUORUM, ValueState.WITHDRAWN, ValueState.ANNULLED})
# The ways in which a decision ends without a value, and the one in which it goes back.
ENDINGS = ("turn_away", "expire", "withdraw", "reject", "miss_quorum", "refuse_consent", "annul", "lapse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a decision came to, or what is asked: the largest thing on its page."""

    amount: int | None = None
    words: str = ""
    beside: Sequence[str] = ()


def whole_day(when: date) -> str:
    return date_format(when, "j F Y")


def written(amount: int | None, decision: ValueDecision) -> str:
    """An amount as people read it."""
    language = get_language() or settings.LANGUAGE_CODE
    return "" if amount is None else format_amount(amount, language, decision.neighbourhood.coin.decimals)


# --- How far it is ----------------------------------------------------------------------------------------------------


def mark_of(record: Record, wait: Wait | None = None) -> tuple[str, str]:
    """How far it is: a disc, and words with the day that counts now; `wait` is what a decided value waits for."""
    decision = record.decision
    state = ValueState(decision.state)
    if state in ENDS:
        return "no", _ended(record)
    if wait is not None:
        return "half", waiting_mark(wait, _on(decision.effective_on))
    if state in {ValueState.DECIDED, ValueState.AWAITING_CONSENT}:
        return "half", _("Decided. It waits for the municipality")
    if state == ValueState.VOTING:
        return "half", _voting(record)
    disc, words, moment = {
        ValueState.DRAFT: ("open", _("A draft. Only the board can see it."), ""),
        ValueState.PROPOSED: ("open", _("Proposed. You can support it until %(moment)s"), day(support_until(decision))),
        ValueState.ADMITTED: ("open", _("On the agenda since %(moment)s"), _day(decision.admitted_at)),
        ValueState.CONSULTATION: ("half", _("You can react until %(moment)s"), _hour(decision.consulted_until)),
        ValueState.AWAITING_BOARD: (
            "half", _("The residents have voted. The board answers until %(moment)s"), _hour(decision.board_until),
        ),
        ValueState.APPEAL: ("half", _("Decided. You can appeal until %(moment)s"), _hour(decision.appeals_until)),
        ValueState.IN_FORCE: ("done", _("In force since %(moment)s"), _on(decision.effective_on)),
        ValueState.SUPERSEDED: (
            "done", _("In force from %(moment)s, until a newer value followed"), _on(decision.effective_on),
        ),
    }[state]  # fmt: skip
    return disc, words % {"moment": moment} if moment else words


def _ended(record: Record) -> str:
    outcome, ended = capfirst(record.decision.get_state_display()), record.last(*ENDINGS)
    return _("%(outcome)s on %(day)s") % {"outcome": outcome, "day": day(ended.at)} if ended else outcome


def _voting(record: Record) -> str:
    box = record.rounds[0].box if record.rounds else None
    moment = {"moment": _hour(box.closes_at if box else None)}
    if record.decision.policy.decider == Decider.BOARD:
        return _("The board votes until %(moment)s") % moment
    return _("Residents vote until %(moment)s") % moment


# --- What it came to --------------------------------------------------------------------------------------------------


def verdict_of(record: Record, wait: Wait | None = None) -> Verdict:
    """The value that was decided, chosen or asked for, with what it is now beside it."""
    decision = record.decision
    coins = f"{decision.neighbourhood.coin.name_plural} {per_unit(decision.item.unit)}"
    is_decided = decision.decided_at is not None
    if decision.state in ENDS:
        return _kept(record, coins)
    now = _now(record)
    if decision.is_ending:
        words = _("No value any more") if is_decided else _("No value any more?")
        return Verdict(words=words, beside=[_from(decision, wait)] if is_decided else [now])
    if is_decided and decision.decided is not None:
        return Verdict(amount=decision.decided, beside=[coins, _from(decision, wait)])
    chosen = _chosen(record)
    if chosen is not None:
        return Verdict(
            amount=chosen, beside=[_("chosen by the residents, in %(coins)s") % {"coins": coins}, now]
        )
    return _asked(record, coins)


def _asked(record: Record, coins: str) -> Verdict:
    """What somebody proposes, with what holds now beside it; the other way round where that would steer."""
    decision = record.decision
    if decision.proposed is not None and not _residents_vote(decision):
        return Verdict(
            amount=decision.proposed, beside=[_("proposed, in %(coins)s") % {"coins": coins}, _now(record)]
        )
    return Verdict(
        amount=record.present,
        words="" if record.present else _("No value yet"),
        beside=[coins, _asked_for(decision)],
    )


def _kept(record: Record, coins: str) -> Verdict:
    """Nothing came of it: what holds is the largest, and not what was asked for."""
    refused = written(record.amount, record.decision)
    asked = _("%(amount)s did not go through") % {"amount": refused} if refused else ""
    if record.present is None:
        return Verdict(words=_("No value"), beside=[_("it kept no value"), asked])
    return Verdict(amount=record.present, beside=[coins, _("it stayed as it was"), asked])


def _residents_vote(decision: ValueDecision) -> bool:
    """In the largest type what somebody asks for would steer those who name their own amount now."""
    return decision.state == ValueState.VOTING and decision.policy.decider != Decider.BOARD


def _asked_for(decision: ValueDecision) -> str:
    if decision.proposed is None:
        return ""
    return _("proposed: %(amount)s") % {"amount": written(decision.proposed, decision)}


def _chosen(record: Record) -> int | None:
    """What the residents chose, while the board still has to answer."""
    if record.decision.state != ValueState.AWAITING_BOARD:
        return None
    chosen = (one.result for one in record.rounds if one.vote.decider != Decider.BOARD)
    result = next(chosen, None)
    if result is None:
        return None
    amount: int | None = result.get("sheet", result)["outcome"].get("amount")
    return amount


def _now(record: Record) -> str:
    amount = written(record.present, record.decision)
    return _("now %(amount)s") % {"amount": amount} if amount else _("now it has no value")


def _from(decision: ValueDecision, wait: Wait | None) -> str:
    if wait not in {None, Wait.DAY}:
        return _("it does not hold yet")
    return _("from %(day)s") % {"day": _on(decision.effective_on)} if decision.effective_on else ""


def lead_of(record: Record, wait: Wait | None = None) -> str:
    """What happens now, in a sentence or two."""
    decision = record.decision
    state, present = ValueState(decision.state), {"amount": written(record.present, decision)}
    if state == ValueState.APPEAL and (wait or record.present is not None):
        agreed = _("Did you sign up before? Then you get what was agreed then.")
        stays = waiting_lead(wait or Wait.DAY, present["amount"])
        return f"{stays} {agreed}" if decision.item.is_earned and record.present is not None else stays
    if state in {ValueState.IN_FORCE, ValueState.SUPERSEDED} and record.present is not None:
        return _("Before that it was %(amount)s.") % present
    if state == ValueState.AWAITING_CONSENT:
        agrees = _(
            "The amount lies outside the guideline of the municipality, so the municipality has to agree."
        )
        return f"{agrees} {_ends(decision)}".strip()
    words = {
        ValueState.AWAITING_BOARD: _(
            "The board confirms what the residents chose, or sends it back once with its reasons."
        ),
        ValueState.ADMITTED: _("Soon everybody can react to it. After that there is a vote."),
    }
    return words.get(state, "")


# --- What it costs ----------------------------------------------------------------------------------------------------


def effect_of(record: Record) -> list[str]:
    """What it costs a month, and whether there is money for it, each in a plain sentence."""
    decision, effect = record.decision, record.effect
    if decision.is_ending or record.amount is None:
        return []
    if effect is None:
        unknown = [_("Nobody said yet how often a month. So nobody knows what it costs.")]
        if has_to_be_paid(record):
            unknown += [
                _("It cannot begin before the board says how often, or the municipality agrees."),
                _ends(decision),
            ]
        return unknown
    told = {
        "volume": units(decision.item.unit, effect.volume),
        "a_month": written(effect.a_month, decision),
        "now": written(effect.now_a_month, decision),
    }
    if decision.item.is_earned:
        said = [_("With %(volume)s a month this costs %(a_month)s a month. That is as many euros.") % told]
    else:
        said = [_("With %(volume)s a month residents pay %(a_month)s a month together.") % told]
    if record.present is not None:
        said.append(_("At the value of now it is %(now)s.") % told)
    return said


def cover_words(record: Record) -> tuple[bool, str]:
    """Whether the pots hold enough, and that in a sentence. Nothing where no pot pays, or where nobody asks that."""
    cover, decision = record.cover, record.decision
    if cover is None or not cover.months:
        return True, ""
    told = {
        "available": written(cover.available, decision),
        "others": written(cover.others, decision),
        "short": written(cover.short_by, decision),
        "months": ngettext("%(number)d month", "%(number)d months", cover.months) % {"number": cover.months},
    }
    held = _("There is no pot that pays for this.")
    if cover.pots:
        held = _("The pots that may pay for this hold %(available)s.") % told
    if cover.others:
        others = _("Other activities need %(others)s of that.") % told
        held = f"{held} {others}"
    if not cover.is_short:
        enough = _("So there is enough for at least %(months)s.") % told
        return True, f"{held} {enough}"
    short = _("For %(months)s that is %(short)s too little.") % told
    if not would_need_cover(decision, record.present):
        no_dearer = _("It costs no more than now, so it does not wait for money.")
        return True, f"{held} {short} {no_dearer}"
    wait = _("It cannot begin before there is enough money, or the municipality agrees.")
    ends = f" {_ends(decision)}" if has_to_be_paid(record) else ""
    return False, f"{held} {short} {wait}{ends}"


def _ends(decision: ValueDecision) -> str:
    """Until when something waits."""
    moment = lapses_at(decision)
    if moment is None:
        return ""
    last = whole_day(day_of(moment))
    return _("If that has not happened on %(day)s, it ends and nothing changes.") % {"day": last}


# --- A vote -----------------------------------------------------------------------------------------------------------


def title_of_round(one: Round, decision: ValueDecision) -> str:
    if one.vote.decider != Decider.BOARD:
        return _("The vote of the residents")
    if one.vote.amount is None:
        return _("The vote of the board")
    return _("The vote of the board about %(amount)s") % {"amount": written(one.vote.amount, decision)}


def _hour(moment: datetime | None) -> str:
    return hour(moment) if moment else "–"


def _day(moment: datetime | None) -> str:
    return day(moment) if moment else "–"


def _on(when: date | None) -> str:
    return whole_day(when) if when else "–"
