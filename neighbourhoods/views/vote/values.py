"""What the voter's pages say of a vote about a value: what somebody should know before, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.amounts import format_amount
from neighbourhoods.models import BallotBox, Decider, Indication, ValueVote
from neighbourhoods.queries.guidelines import guideline_for
from neighbourhoods.states import ValueState

MOST_INDICATIONS = 3
MARKS = {
    "provisional": "half", "waiting": "half", "final": "done", "annulled": "no", "rejected": "no", "again": "no",
}  # fmt: skip
FROM_A_DAY = frozenset({ValueState.APPEAL, ValueState.IN_FORCE, ValueState.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Something to know before voting: whose it is, and the amount in minor units or the words."""

    label: str
    amount: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of a counted vote: how sure the result is, in a word and a sentence; from which day it holds, and the
    amount when it became another one than was chosen."""

    phase: str
    words: str
    from_on: date | None = None
    became: int | None = None

    @property
    def mark(self) -> str:
        """Which disc stands before the sentence."""
        return MARKS[self.phase]


# --- Before -----------------------------------------------------------------------------------------------------------


def known_before(vote: ValueVote, on: date) -> list[Known]:
    """The value of now, what organisations indicate, what the municipality wants. Not what was proposed: the amount
    that one person has in mind would steer the others. It stands on the page of the decision."""
    present = vote.box.present
    known = Known(label=_("Value now"), amount=present, words=_("none yet") if present is None else "")
    return [known, *_guideline(vote, on), *_indications(vote)]


def _guideline(vote: ValueVote, on: date) -> list[Known]:
    decision = vote.decision
    municipality = decision.neighbourhood.municipality
    found = guideline_for(municipality, decision.item.category, decision.item.unit, on)
    if found is None or found.low is None or found.high is None:
        return []
    between = _("between %(low)s and %(high)s") % {
        "low": _written(vote, found.low),
        "high": _written(vote, found.high),
    }
    return [Known(label=_("The municipality says"), words=between)]


def _indications(vote: ValueVote) -> list[Known]:
    """The last word of each organisation, the newest first."""
    rows = Indication.objects.filter(item=vote.decision.item_id)
    newest: dict[int, Indication] = {}
    for one in rows.select_related("organisation__organisation_details").order_by("-made_at", "-pk"):
        newest.setdefault(one.organisation_id, one)
    said = list(newest.values())[:MOST_INDICATIONS]
    return [
        Known(label=_("%(name)s says") % {"name": one.organisation.display_name}, amount=one.amount)
        for one in said
    ]


# --- After ------------------------------------------------------------------------------------------------------------


def came_of(vote: ValueVote, *, chosen: int | None, is_decided: bool, deadline: datetime | None) -> Came:
    """Where the decision stands for which this was a vote. `chosen` and `is_decided` are what the count says."""
    decision = vote.decision
    if told := _not_yet_or_not_at_all(vote, is_decided=is_decided):
        return told
    holds = is_decided and decision.state in FROM_A_DAY
    return Came(
        phase="final" if deadline is None else "provisional", words=how_sure(vote.box, deadline),
        from_on=decision.effective_on if holds else None,
        became=decision.decided if holds and decision.decided != chosen else None,
    )  # fmt: skip


def how_sure(box: BallotBox, deadline: datetime | None) -> str:
    """Whether a result stands, and until when it can be appealed when it does not yet."""
    if deadline is not None:
        return _("Provisional result. You can appeal until %(day)s") % {"day": _day(deadline)}
    return _("Decided. Counted on %(day)s") % {"day": _day(box.result.counted_at)}


def annulled() -> Came:
    return Came(phase="annulled", words=_("This result was annulled after an appeal"))


def _not_yet_or_not_at_all(vote: ValueVote, *, is_decided: bool) -> Came | None:
    """Where what was counted is not what was decided; else nothing."""
    state, counted = vote.decision.state, {"day": _day(vote.box.result.counted_at)}
    if state == ValueState.ANNULLED:
        return annulled()
    if vote.decider != Decider.BOARD and _was_asked_again(vote):
        sentence = _("Counted on %(day)s. The board sent it back, so it is voted on again.")
        return Came(phase="again", words=sentence % counted)
    if state == ValueState.REJECTED and is_decided:
        return Came(phase="rejected", words=_("Counted on %(day)s. After that it was rejected.") % counted)
    waits_for = {
        ValueState.AWAITING_BOARD: _("Counted on %(day)s. Now the board says whether it agrees."),
        ValueState.AWAITING_CONSENT: _("Counted on %(day)s. Now the municipality says whether it agrees."),
    }
    sentence = waits_for.get(ValueState(state), "")
    return Came(phase="waiting", words=sentence % counted) if sentence else None


def _was_asked_again(vote: ValueVote) -> bool:
    """Whether the residents vote anew, or will."""
    if vote.decision.state == ValueState.CONSULTATION:
        return True
    return vote.decision.votes.filter(decider=vote.decider, number__gt=vote.number).exists()


def _written(vote: ValueVote, minor: int) -> str:
    return format_amount(minor, get_language() or "nl", vote.box.neighbourhood.coin.decimals)


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "l j F Y")
