"""What the board does about values: its table, one decision on it, and the vote with names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from neighbourhoods.forms.boardroom import AsideForm, VoteForm
from neighbourhoods.models import BallotBox, Decider, ValueDecision, ValueVote
from neighbourhoods.operations import ballots
from neighbourhoods.queries import values as queries
from neighbourhoods.queries.ballots import RECUSED
from neighbourhoods.queries.board_values import (
    TABLE,
    board_votes,
    on_the_table,
    page_of_decision,
    page_to_write_below,
    votes_going_on,
    waiting_for_leaders,
)
from neighbourhoods.queries.cover import cover_of_decision, lacks_volume
from neighbourhoods.queries.items import per_unit, value_on
from neighbourhoods.queries.meetings import interests_of
from neighbourhoods.queries.motions import is_entitled, own_vote, still_to_vote, votes_of, waits_for
from neighbourhoods.queries.results import sheet_of
from neighbourhoods.queries.support import supporters
from neighbourhoods.queries.value_leaders import leads_about
from neighbourhoods.queries.value_votes import last_vote, margin_of, residents_amount
from neighbourhoods.states import BoxState, ValueState
from neighbourhoods.views.boardroom.base import Ask, Crumbs, Room, in_boardroom
from neighbourhoods.views.boardroom.value_words import next_of, phase_of_value, question_of
from neighbourhoods.views.boardroom.words import Matter, figures_of, sums_of, vote_lines, word_of
from neighbourhoods.views.vote.sheet import sheet_on

OPTION = "1"
# What steers nothing is done by who leads the board, also with an interest; the rest by who has none.
BY_WHO_LEADS = frozenset({"close", "open", "confirm"})


@in_boardroom
def board_values(request: HttpRequest, room: Room) -> HttpResponse:
    """All that is being decided about values, and drafts, which the board alone sees."""
    rows = [
        (one, question_of(one), *phase_of_value(one), next_of(one))
        for one in on_the_table(room.neighbourhood)
    ]
    parent = page_to_write_below(room.neighbourhood)
    write_url = reverse("wagtailadmin_pages:add_subpage", args=[parent.pk]) if parent else ""
    return room.show("values", room.crumbs(), rows=rows, write_url=write_url)


@in_boardroom
def board_value(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """One decision: how far it is, what I can do, and how the board voted."""
    return show_value(room, decision_in(room, ref))


@in_boardroom
def vote(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """For, against or blank, with my name."""
    found = decision_in(room, ref)
    box = open_box(found)
    form = VoteForm(room.posted, asks_why_not=found.state == ValueState.AWAITING_BOARD)
    if room.sent(
        form,
        lambda values: ballots.record_vote(
            box=box, person=room.person, choice={OPTION: values["choice"]}, reason=values["reason"], **room.by()
        ),
        _("Your vote is written down. You can change it until the vote is closed."),
    ):  # fmt: skip
        return room.go("board_value", ref)
    return show_value(room, found, form) if request.method == "POST" else room.go("board_value", ref)


@in_boardroom
def step_aside(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """I have an interest in this, so I do not vote."""
    found = decision_in(room, ref)
    box = open_box(found)
    form = AsideForm(room.posted)
    if room.sent(
        form,
        lambda values: ballots.recuse(box=box, person=room.person, reason=values["reason"], **room.by()),
        _("You stepped aside. You do not count in this vote."),
    ):
        return room.go("board_value", ref)
    ask = Ask(
        title=_("Do you step aside?"),
        lead=_(
            "Do so when this is about you, your family, your work or your money. The board then counts without you."
        ),
        note=_("You cannot take this back. A vote that you cast counts no more."),
        button=_("Step aside"),
        back_url=room.url("board_value", ref),
        back=_("Back to the vote"),
    )
    return room.ask(ask, form, way_to(room, found))


def decision_in(room: Room, ref: UUID) -> ValueDecision:
    """:raises Http404: when there is none, or one of another neighbourhood."""
    found = queries.decision_at(ref)
    if found is None or found.neighbourhood_id != room.neighbourhood.pk:
        raise Http404
    return found


def open_vote_of(decision: ValueDecision) -> ValueVote | None:
    """The vote of the board that goes on."""
    return next((one for one in board_votes(decision) if one.box.state == BoxState.OPEN), None)


def open_box(decision: ValueDecision) -> BallotBox:
    """:raises Http404: while the board does not vote."""
    found = open_vote_of(decision)
    if found is None:
        raise Http404
    return found.box


def way_to(room: Room, decision: ValueDecision) -> Crumbs:
    return room.crumbs(
        (_("Values"), room.url("board_values")),
        (question_of(decision), room.url("board_value", decision.ref)),
    )


def matters_of_values(room: Room) -> list[Matter]:
    """The votes about values that wait for this member, and for chair and secretary what they have to take further."""
    going = votes_going_on(room.neighbourhood)
    waiting = waits_for(going, room.person)
    votes = [
        Matter(
            title=question_of(one.decision),
            words=_("Vote on this value"),
            url=room.url("board_value", one.decision.ref),
            until=one.box.closes_at,
            lang=get_language() or "",
        )
        for one in going
        if one.pk in waiting
    ]
    return [*votes, *_matters_of_leaders(room)]


def show_value(room: Room, decision: ValueDecision, form: VoteForm | None = None) -> HttpResponse:
    on = clock.day_of(room.now)
    votes = board_votes(decision)
    going = next((one for one in votes if one.box.state == BoxState.OPEN), None)
    page = page_of_decision(decision)
    asks_why_not = decision.state == ValueState.AWAITING_BOARD
    booth = _booth(room, going.box, form, asks_why_not=asks_why_not) if going else {}
    return room.show(
        "value",
        room.crumbs((_("Values"), room.url("board_values"))),
        decision=decision,
        question=question_of(decision),
        phase=phase_of_value(decision),
        what_next=next_of(decision),
        now=value_on(decision.item, on),
        unit=per_unit(decision.item.unit),
        cover=cover_of_decision(decision, on) if decision.state in TABLE else None,
        support=_support(decision),
        chosen=_chosen(decision),
        going=going,
        counted=[_counted(one) for one in votes if one.box.state == BoxState.COUNTED],
        comments=queries.comments_of(decision),
        can=_can(room, decision, going),
        leads=_leads(room, decision),
        edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else "",
        public_url=reverse("value_decision", args=[decision.ref])
        if decision.state != ValueState.DRAFT
        else "",
        **{"form": form, **booth},
    )


def _matters_of_leaders(room: Room) -> list[Matter]:
    words = {
        ValueState.ADMITTED: _("Ask everybody about this value"),
        ValueState.AWAITING_BOARD: _("Have the board answer the residents"),
        ValueState.APPEAL: _("Say how often a month this is expected"),
    }
    return [
        Matter(
            title=question_of(one),
            words=words[ValueState(one.state)],
            url=room.url("board_value", one.ref),
            until=one.board_until if one.state == ValueState.AWAITING_BOARD else None,
            lang=get_language() or "",
        )
        for one in waiting_for_leaders(room.neighbourhood)
        if (room.leads if one.state == ValueState.AWAITING_BOARD else _leads(room, one))
    ]


def _support(decision: ValueDecision) -> dict[str, int] | None:
    if decision.state != ValueState.PROPOSED:
        return None
    return {"number": supporters(decision), "needed": queries.needed(decision)}


def _chosen(decision: ValueDecision) -> dict[str, Any] | None:
    """What the residents chose and how far the board may go from it, while the board has to answer that."""
    vote = last_vote(decision, Decider.RESIDENTS) if decision.state == ValueState.AWAITING_BOARD else None
    if vote is None:
        return None
    return {
        "amount": residents_amount(decision),
        "margin": margin_of(decision),
        "sheet": sheet_on(vote.box),
        "box": vote.box,
    }


def _counted(vote: ValueVote) -> dict[str, Any]:
    """A vote of the board that is over: what it was about, how it fell, why so, and who voted what."""
    sheet = sheet_of(vote.box)
    return {
        "vote": vote,
        "id": str(vote.number),
        "figures": figures_of(sheet),
        "sums": sums_of(sheet),
        "lines": vote_lines(votes_of(vote.box)),
    }


def _booth(room: Room, box: BallotBox, form: VoteForm | None, *, asks_why_not: bool) -> dict[str, Any]:
    """What a member needs to vote: the form with what they voted so far, and the interests that they declared."""
    told: dict[str, Any] = {"missing": still_to_vote(box)}
    if not is_entitled(box, room.person):
        return told
    mine = own_vote(box, room.person)
    stepped_aside = mine is not None and mine.choice == RECUSED
    initial = {"choice": mine.choice, "reason": mine.reason} if mine else {}
    return {
        **told,
        "mine": mine,
        "mine_in_words": word_of(mine.choice) if mine else "",
        "stepped_aside": stepped_aside,
        "may_vote": not stepped_aside,
        "form": form or VoteForm(initial=initial, asks_why_not=asks_why_not),
        "interests": interests_of(room.person, room.neighbourhood, clock.day_of(room.now)),
    }


def _can(room: Room, decision: ValueDecision, going: ValueVote | None) -> set[str]:
    """What the member who looks can do besides voting: the buttons of the page."""
    if decision.state == ValueState.DRAFT:
        return {"write", "withdraw"}
    steps = {"close"} if going else _steps(room, decision)
    mine = steps & BY_WHO_LEADS if room.leads else set()
    return mine | (steps - BY_WHO_LEADS) if _leads(room, decision) else mine


def _leads(room: Room, decision: ValueDecision) -> bool:
    """Whether who looks takes this decision further: nobody does with an interest in it."""
    return room.member is not None and leads_about(decision, room.member, clock.day_of(room.now))


def _steps(room: Room, decision: ValueDecision) -> set[str]:
    """What can be done now by who leads."""
    by_state = {
        ValueState.PROPOSED: {"admit", "turn_away"},
        ValueState.ADMITTED: {"consult"},
        ValueState.CONSULTATION: {"terms"},
        ValueState.AWAITING_BOARD: {"confirm"},
    }
    if decision.state == ValueState.APPEAL and lacks_volume(decision):
        return {"volume"}
    steps = by_state.get(ValueState(decision.state), set())
    if decision.state == ValueState.ADMITTED and decision.proposed_by is None:
        steps |= {"withdraw"}
    if decision.state == ValueState.CONSULTATION and _is_over(room, decision):
        # A vote of the residents begins by the clock; a board may wait for its meeting.
        return {"open"} if decision.policy.decider == Decider.BOARD else set()
    return steps


def _is_over(room: Room, decision: ValueDecision) -> bool:
    return decision.consulted_until is not None and decision.consulted_until <= room.now
