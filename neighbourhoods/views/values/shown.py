"""The page of a value decision, for whoever looks. The same whether it has a page in the tree or not yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from neighbourhoods.forms.values import CommentForm
from neighbourhoods.models import ConsentAbout, HowWeDecidePage, ValueComment, ValueDecision, ValueVote
from neighbourhoods.permissions import seat_in_force
from neighbourhoods.queries.appeals import appeals_of
from neighbourhoods.queries.ballots import RECUSED, turnout
from neighbourhoods.queries.guidelines import is_outside
from neighbourhoods.queries.items import name_of_category, per_unit, question_about, words_of
from neighbourhoods.queries.motions import is_entitled
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.queries.value_leaders import leads_about
from neighbourhoods.queries.value_record import (
    STILL_TO_COME,
    Happened,
    Record,
    Round,
    record_of,
)
from neighbourhoods.queries.value_waits import waits_for
from neighbourhoods.queries.values import is_for_board, support_until, supports
from neighbourhoods.queries.voting import decisions_page, has_voted
from neighbourhoods.states import BoxState, ValueState
from neighbourhoods.views.boardroom.words import VoteLine, sums_of, vote_lines
from neighbourhoods.views.decisions import sibling_url
from neighbourhoods.views.values import told
from neighbourhoods.views.values.items import demand_words
from neighbourhoods.views.values.steps import steps_of
from neighbourhoods.views.vote.sheet import Sheet, sheet_on
from people.acting import person_behind
from people.models import Party

MAY_WITHDRAW = frozenset({ValueState.PROPOSED, ValueState.ADMITTED, ValueState.CONSULTATION})
# The steps of which everybody reads the reason.
WITH_REASON = (*told.ENDINGS, "send_back")
# The steps that the board takes by voting against: each of them gives reasons of their own.
BY_VOTING = frozenset({"send_back", "reject"})
# Until the votes are cast an amount can still be named for which the municipality has to agree.
BEFORE = frozenset(
    {ValueState.DRAFT, ValueState.PROPOSED, ValueState.ADMITTED, ValueState.CONSULTATION, ValueState.VOTING}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a step was taken: as one text, or as what each who was against said."""

    event: str
    at: datetime
    text: str
    said: Sequence[VoteLine] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One vote as the page shows it: while it goes on how many voted, afterwards what came out."""

    title: str
    vote: ValueVote
    cast: int
    sheet: Sheet | None
    lines: Sequence[VoteLine]
    recused: Sequence[VoteLine]
    sums: Sequence[str]
    may_vote: bool
    has_voted: bool
    # Whether every amount stands on this page, or on the page of its own result.
    is_whole: bool

    @property
    def anchor(self) -> str:
        """The id of its section: there can be more than one vote on the page."""
        return f"round-{self.vote.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who looks, and what they are to this decision."""

    person: Party | None = None
    lives_here: bool = False
    supports: bool = False
    is_own: bool = False
    sits: bool = False
    leads: bool = False


def visitor_of(request: HttpRequest, decision: ValueDecision) -> Visitor:
    """Nobody who is signed out is anything to it."""
    if not request.user.is_authenticated:
        return Visitor()
    person, place, on = person_behind(request), decision.neighbourhood, clock.today()
    sits = seat_in_force(person, place, on)
    is_proposed = decision.state == ValueState.PROPOSED
    return Visitor(
        person=person,
        lives_here=is_proposed and lives_in(person, place),
        supports=is_proposed and supports(decision, person),
        is_own=decision.proposed_by is not None and decision.proposed_by.canonical_id == person.canonical_id,
        sits=bool(sits),
        leads=bool(sits) and leads_about(decision, person, on),
    )


def check_may_see(request: HttpRequest, decision: ValueDecision) -> None:
    """:raises Http404: for a draft to whoever does not sit on the board, just as when there is none."""
    if is_for_board(decision) and not visitor_of(request, decision).sits:
        raise Http404


def shown(decision: ValueDecision, request: HttpRequest, *, form: BaseForm | None = None) -> dict[str, Any]:
    """What the page is drawn from. `form` is one that was sent and refused: its errors stand on top."""
    now = clock.now()
    record, visitor = record_of(decision, clock.day_of(now)), visitor_of(request, decision)
    rounds = _rounds(record, visitor)
    appealed, wait = _appealed(record), waits_for(record, now)
    return {
        "decision": decision,
        "neighbourhood": decision.neighbourhood,
        "coin": decision.neighbourhood.coin,
        "item": decision.item,
        "words": words_of(decision.item),
        "question": question_about(decision.item, is_ending=decision.is_ending),
        "category": name_of_category(decision.item.category),
        "per": per_unit(decision.item.unit),
        "record": record,
        "visitor": visitor,
        "guideline": record.guideline,
        "indications": record.indications,
        "is_running": decision.state in STILL_TO_COME,
        "has_ended": decision.state in told.ENDS,
        "is_outside": _is_outside(record),
        "demand": record.demand,
        "demand_words": demand_words(record.demand),
        "mark": told.mark_of(record, wait),
        "verdict": told.verdict_of(record, wait),
        "next": told.lead_of(record, wait),
        "steps": steps_of(record, wait),
        "support_until": support_until(decision),
        "reasons": _reasons(record),
        "effect": told.effect_of(record),
        "cover": told.cover_words(record),
        "rounds": rounds,
        "open_round": next((one for one in rounds if one.vote.box.state == BoxState.OPEN), None),
        "form": form,
        "comment_form": form if isinstance(form, CommentForm) else CommentForm(),
        "can_react": decision.state == ValueState.CONSULTATION
        and decision.consulted_until is not None
        and now < decision.consulted_until,
        "comments": [_Reaction(one) for one in record.comments],
        "may_withdraw": visitor.is_own and decision.state in MAY_WITHDRAW and not record.rounds,
        "urls": _urls(decision, request),
        **(_appeal(appealed, visitor, request) if appealed else {}),
    }


class _Reaction:
    """A reaction, or in its place why the board hid it."""

    def __init__(self, comment: ValueComment) -> None:
        self.comment = comment
        self.is_hidden = comment.hidden_at is not None
        self.name = comment.author.display_name
        # Words that are erased leave an empty place.
        self.text = "" if self.is_hidden else comment.text


def _rounds(record: Record, visitor: Visitor) -> list[Shown]:
    """The votes, the latest first. Of the residents' votes the latest stands on the page whole."""
    found: list[Shown] = []
    for one in record.rounds:
        sheet = sheet_on(one.box) if one.result is not None else None
        is_whole = sheet is not None and one.box.is_secret and not any(before.is_whole for before in found)
        found.append(_round(record, one, sheet, visitor, is_whole=is_whole))
    return found


def _round(record: Record, one: Round, sheet: Sheet | None, visitor: Visitor, *, is_whole: bool) -> Shown:
    is_open = one.box.state == BoxState.OPEN
    lines = [(vote.choice, line) for vote, line in zip(one.named, vote_lines(one.named), strict=True)]
    entitled = is_open and visitor.person is not None and (one.box.is_secret or visitor.sits)
    voted = entitled and one.box.is_secret and visitor.person is not None
    return Shown(
        title=told.title_of_round(one, record.decision),
        vote=one.vote,
        cast=turnout(one.box) if is_open else 0,
        sheet=sheet,
        lines=[line for choice, line in lines if choice != RECUSED],
        recused=[line for choice, line in lines if choice == RECUSED],
        sums=sums_of(one.result["sheet"]) if one.result is not None and not one.box.is_secret else [],
        may_vote=entitled and visitor.person is not None and is_entitled(one.box, visitor.person),
        has_voted=voted and visitor.person is not None and has_voted(one.box.roll, visitor.person),
        is_whole=is_whole,
    )


def _is_outside(record: Record) -> bool:
    """Whether the amount that is asked for would need the consent of the municipality."""
    asked = record.decision.proposed
    return asked is not None and record.decision.state in BEFORE and is_outside(record.guideline, asked)


def _reasons(record: Record) -> list[Reason]:
    found = (_reason(record, one) for one in record.happened if one.event in WITH_REASON)
    return [one for one in found if one.text]


def _reason(record: Record, one: Happened) -> Reason:
    text = one.reason
    if one.event == "refuse_consent":
        answers = (
            said for said in record.consents if said.about == ConsentAbout.GUIDELINE and not said.is_given
        )
        text = next((said.reason for said in answers), text)
    said = _against(record, text) if one.event in BY_VOTING else []
    return Reason(event=one.event, at=one.at, text=text, said=said)


def _against(record: Record, text: str) -> list[VoteLine]:
    """What each said who voted against, in the vote of which a text is all the reasons together."""
    for one in record.rounds:
        against = [vote for vote in one.named if vote.choice == "no" and vote.reason]
        if against and all(vote.reason in text for vote in against):
            return vote_lines(against)
    return []


def _appealed(record: Record) -> Round | None:
    """The vote that an appeal is about: the one that can be appealed now, else the last with a ruling."""
    rounds = record.rounds
    return next((one for one in rounds if one.appeals_until), None) or next(
        (one for one in rounds if one.rulings), None
    )


def _appeal(one: Round, visitor: Visitor, request: HttpRequest) -> dict[str, Any]:
    box = one.box
    sheet = sheet_on(box) if one.result is not None else None
    return {
        "box": box,
        "deadline": one.appeals_until,
        "rulings": one.rulings,
        "appeal": appeals_of(box, visitor.person).first() if visitor.person else None,
        "sheet": sheet,
        "few": bool(sheet and sheet.is_few),
        "input_hash": box.result.input_hash if sheet else "",
        "json_url": request.build_absolute_uri(reverse("vote_result_json", args=[box.ref])),
    }


def _urls(decision: ValueDecision, request: HttpRequest) -> dict[str, str]:
    language = get_language() or settings.LANGUAGE_CODE
    listed = decisions_page(decision.neighbourhood, language)
    return {
        "decisions": (listed.get_url(request) if listed else "") or "",
        "how": sibling_url(listed, HowWeDecidePage, request) if listed else "",
        "item": reverse("valued_item", args=[decision.item.ref]),
        "page": reverse("value_decision", args=[decision.ref]),
    }


def crumbs_of(decision: ValueDecision, request: HttpRequest) -> list[tuple[str, str]]:
    """The way back from a page that stands outside the tree."""
    decisions = _urls(decision, request)["decisions"]
    return [(_("Voting"), reverse("votes")), *([(_("Decisions"), decisions)] if decisions else [])]
