"""A value decision as data: the JSON that its CSV is made of, out of the record that its page is drawn from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from core.amounts import plain_amount
from neighbourhoods.models import DemandSignal, Indication, ValueComment, ValueDecision, ValueGuideline
from neighbourhoods.queries.demand import NAMES, Week
from neighbourhoods.queries.value_record import Record, Round
from neighbourhoods.queries.values import moderation_of
from neighbourhoods.states import ValueState

FORMAT = "socialcoin-value-decision 1"

Json = dict[str, Any]


def as_json(record: Record) -> Json:
    """The same for a computer. Amounts are text as in the price list: "9.00". Only `result` of a vote is as it was
    counted: there they are whole numbers of the coin's smallest part (`decimals`).

    Names of residents are left out: the page shows who proposed and who reacted, a file would carry that anywhere.
    Votes of the board have names, for a board answers for them.
    """
    decision, item = record.decision, record.decision.item
    decimals = decision.neighbourhood.coin.decimals
    is_proposed = decision.state == ValueState.PROPOSED
    return {
        "format": FORMAT,
        "ref": str(decision.ref),
        "neighbourhood": decision.neighbourhood.slug,
        "coin": decision.neighbourhood.coin.code,
        "decimals": decimals,
        "item": {
            "ref": str(item.ref),
            "kind": item.kind,
            "unit": item.unit,
            "category": item.category.slug,
            "cpa": item.category.cpa,
            "names": {text.locale.language_code: text.name for text in item.texts.all()},
        },
        "state": decision.state,
        "is_ending": decision.is_ending,
        "present": plain_amount(record.present, decimals),
        "proposed": plain_amount(decision.proposed, decimals),
        "decided": plain_amount(decision.decided, decimals),
        "effective_on": _day(decision.effective_on),
        "text": {"language": decision.language, "why": decision.text, "who_asks": decision.evidence},
        "bounds": {name: plain_amount(getattr(decision, name), decimals) for name in ("low", "high", "step")},
        "moments": {
            name: _moment(getattr(decision, name))
            for name in ("proposed_at", "admitted_at", "consulted_until", "board_until", "decided_at", "appeals_until")
        },
        # Reckoned with who lives there today: of no meaning any more once it is on the agenda.
        "support": {"supporters": record.supporters, "needed": record.needed} if is_proposed else None,
        "guideline": _guideline(record.guideline, decimals),
        "indications": [_indication(one, decimals) for one in record.indications],
        "demand": [_week(one) for one in record.demand.weeks] if record.demand.is_known else [],
        "signals": [_signal(one) for one in record.signals],
        "effect": _effect(record, decimals),
        "votes": [_round(one, decimals) for one in record.rounds],
        "consents": [
            {"about": one.about, "is_given": one.is_given, "reason": one.reason, "at": _moment(one.at)}
            for one in record.consents
        ],
        "steps": [
            {"event": one.event, "at": _moment(one.at), "reason": one.reason} for one in record.happened
        ],
        "versions": [
            {
                "effective_on": _day(one.effective_on), "amount": plain_amount(one.amount, decimals),
                "decision": str(one.decision.ref),
            }
            for one in record.versions
        ],
        "reactions": [_comment(one) for one in record.comments],
    }  # fmt: skip


def moderation_as_json(decision: ValueDecision) -> list[Json]:
    """Each time that a reaction was hidden or shown again, and why. Neither what it said nor who said it."""
    return [
        {
            "reaction": str(comment.ref),
            "reacted_at": _moment(comment.at),
            "deed": line.event.partition(".")[2],
            "at": _moment(line.at),
            "reason": line.note.text if hasattr(line, "note") else "",
        }
        for line, comment in moderation_of(decision)
    ]


def _guideline(one: ValueGuideline | None, decimals: int) -> Json | None:
    if one is None:
        return None
    return {
        "low": plain_amount(one.low, decimals),
        "high": plain_amount(one.high, decimals),
        "version": one.version,
        "from_on": _day(one.from_on),
        "note": one.note,
    }


def _indication(one: Indication, decimals: int) -> Json:
    return {
        "organisation": one.organisation.display_name, "amount": plain_amount(one.amount, decimals),
        "grounds": one.grounds, "language": one.language, "at": _moment(one.made_at),
    }  # fmt: skip


def _week(one: Week) -> Json:
    return {"week_on": _day(one.monday), **{name: getattr(one.figures, name) for name in NAMES}}


def _signal(one: DemandSignal) -> Json:
    names = ("measure", "number", "limit")
    between = {"from_on": _day(one.from_on), "until_on": _day(one.until_on)}
    return {**between, **{name: getattr(one, name) for name in names}}


def _effect(record: Record, decimals: int) -> Json | None:
    if record.effect is None:
        return None
    found = {
        "volume": record.effect.volume,
        "a_month": plain_amount(record.effect.a_month, decimals),
        "now_a_month": plain_amount(record.effect.now_a_month, decimals),
    }
    if record.cover is None:
        return found
    names = ("needed", "others", "available", "short_by")
    return {**found, "cover": {name: plain_amount(getattr(record.cover, name), decimals) for name in names}}


def _round(one: Round, decimals: int) -> Json:
    return {
        "number": one.vote.number,
        "decider": one.vote.decider,
        "amount": plain_amount(one.vote.amount, decimals),
        "box": str(one.box.ref),
        "method": one.box.method,
        "opens_at": _moment(one.box.opens_at),
        "closes_at": _moment(one.box.closes_at),
        "state": one.box.state,
        "result": one.result,
        "result_amounts_in": "minor units",
        "named": [
            {"name": vote.person.display_name, "vote": vote.choice, "reason": vote.reason} for vote in one.named
        ],
        "rulings": [
            {"outcome": ruling.state, "ruling": ruling.ruling, "at": _moment(ruling.ruled_at)}
            for ruling in one.rulings
        ],
    }  # fmt: skip


def _comment(one: ValueComment) -> Json:
    return {
        "ref": str(one.ref),
        "at": _moment(one.at),
        "text": "" if one.hidden_at else one.text,
        "language": one.language,
        "hidden_at": _moment(one.hidden_at),
        "hidden_reason": one.hidden_reason if one.hidden_at else "",
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
