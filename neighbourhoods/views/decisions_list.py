"""The page with what a neighbourhood is deciding and what it decided: elections, proposals to the board, values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.faces import face_of
from core import clock
from core.amounts import format_amount
from neighbourhoods.models import (
    DecisionsPage,
    Election,
    HowWeDecidePage,
    Neighbourhood,
    PriceListPage,
    Proposal,
    ProposalKind,
    Secrecy,
    ValueDecision,
)
from neighbourhoods.queries.decisions import (
    Decision,
    decided,
    fetch_decided,
    open_elections,
    open_proposals,
    open_values,
    pages_of_elections,
    pages_of_values,
    proposed_values,
)
from neighbourhoods.queries.items import per_unit
from neighbourhoods.queries.titles import title_of_value
from neighbourhoods.queries.value_waits import is_late, is_waiting
from neighbourhoods.queries.values import support_until
from neighbourhoods.states import ValueState
from neighbourhoods.views.decisions import (
    day,
    hour,
    neighbourhood_above,
    sibling_url,
    what_is_next,
)

PER_PAGE = 12
PROPOSED_HERE = 12  # of what looks for support; all of them at an address of their own
ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something open or decided, as a row of a list."""

    title: str
    url: str
    mark: str
    meta: str
    lang: str = ""


@dataclass(frozen=True)
class Faces:
    """The pages of what stands in the list, in the language of the list: each fetched once."""

    elections: dict[int, Page]
    values: dict[int, Page]
    request: HttpRequest

    def title_of(self, one: Election | ValueDecision) -> tuple[str, str]:
        """Its title and the language of that."""
        page = self._page(one)
        if page:
            return page.title, ""
        return title_of_value(one) if isinstance(one, ValueDecision) else (one.title, "")

    def url_of(self, one: Election | ValueDecision) -> str:
        """Its page; a value has an address of its own before it has one."""
        if page := self._page(one):
            return page.get_url(self.request) or ""
        return reverse("value_decision", args=[one.ref]) if isinstance(one, ValueDecision) else ""

    def _page(self, one: Election | ValueDecision) -> Page | None:
        return (self.values if isinstance(one, ValueDecision) else self.elections).get(one.pk)


@face_of(DecisionsPage)
def decisions_face(page: DecisionsPage, request: HttpRequest) -> dict[str, Any]:
    neighbourhood = neighbourhood_above(page)
    shown = Paginator(decided(neighbourhood), PER_PAGE).get_page(request.GET.get("page"))
    over = fetch_decided(list(shown))
    running: list[Decision] = [*open_elections(neighbourhood), *open_values(neighbourhood)]
    faces = _faces([*running, *(one for one, _when in over)], page, request)
    asked = request.GET.get("proposed") == ALL
    proposed = list(proposed_values(neighbourhood)[: None if asked else PROPOSED_HERE + 1])
    return {
        "neighbourhood": neighbourhood,
        "open": [
            *(_open_election(one, faces) for one in running if isinstance(one, Election)),
            *(_open_proposal(one, neighbourhood) for one in open_proposals(neighbourhood)),
            *(_open_value(one, faces) for one in running if isinstance(one, ValueDecision)),
        ],
        "proposed": [_proposed(one) for one in (proposed if asked else proposed[:PROPOSED_HERE])],
        "has_more": not asked and len(proposed) > PROPOSED_HERE,
        "decided": [_decided(one, when, neighbourhood, faces) for one, when in over],
        "shown": shown,
        "how_url": sibling_url(page, HowWeDecidePage, request),
        "prices_url": sibling_url(page, PriceListPage, request),
        "recall_url": reverse("recall", args=[neighbourhood.slug]),
        "propose_url": reverse("value_propose", args=[neighbourhood.slug]),
    }


def _faces(shown: list[Decision], page: DecisionsPage, request: HttpRequest) -> Faces:
    elections = [one for one in shown if isinstance(one, Election)]
    values = [one for one in shown if isinstance(one, ValueDecision)]
    return Faces(
        elections=dict(pages_of_elections(elections, page.locale_id)),
        values=dict(pages_of_values(values, page.locale_id)),
        request=request,
    )


# --- What is open -----------------------------------------------------------------------------------------------------


def _open_election(election: Election, faces: Faces) -> Row:
    return Row(
        title=faces.title_of(election)[0], url=faces.url_of(election), mark=capfirst(election.get_state_display()),
        meta=what_is_next(election),
    )  # fmt: skip


def _open_proposal(proposal: Proposal, neighbourhood: Neighbourhood) -> Row:
    if proposal.kind == ProposalKind.RECALL:
        meta = _("Residents who agree can support it.")
    else:
        meta = _("The board votes, with names.")
    return Row(
        title=proposal.title,
        url=proposal_url(proposal, neighbourhood),
        mark=capfirst(proposal.get_kind_display()),
        meta=meta,
        lang=proposal.language,
    )


def _open_value(decision: ValueDecision, faces: Faces) -> Row:
    title, language = faces.title_of(decision)
    mark, meta = capfirst(decision.get_state_display()), next_of_value(decision)
    return Row(title=title, url=faces.url_of(decision), mark=mark, meta=meta, lang=language)


def _proposed(decision: ValueDecision) -> Row:
    title, language = title_of_value(decision)
    url = reverse("value_decision", args=[decision.ref])
    meta = f"{_told(decision, decision.proposed)} {next_of_value(decision)}"
    return Row(title=title, url=url, mark=day(decision.proposed_at), meta=meta, lang=language)


def next_of_value(decision: ValueDecision) -> str:
    """One sentence: what happens now with a value that is not decided yet, and until when."""
    if decision.state == ValueState.VOTING:
        return _next_vote(decision)
    if decision.state == ValueState.AWAITING_CONSENT:
        return " ".join([_what(decision), _("The municipality says whether it agrees.")])
    words = {
        ValueState.PROPOSED: (_("You can support it until %(moment)s."), support_until(decision)),
        ValueState.ADMITTED: (_("It is on the agenda. Soon everybody can react."), decision.admitted_at),
        ValueState.CONSULTATION: (_("You can react until %(moment)s."), decision.consulted_until),
        ValueState.AWAITING_BOARD: (
            _("The residents voted. The board answers until %(moment)s."),
            decision.board_until,
        ),
    }
    sentence, moment = words.get(ValueState(decision.state), ("", None))
    return sentence % {"moment": hour(moment)} if moment else sentence


def _next_vote(decision: ValueDecision) -> str:
    """Who votes now. The votes came along; the last one is going on."""
    votes = list(decision.votes.all())
    if votes and votes[-1].box.secrecy == Secrecy.SECRET:
        return _("You can vote until %(moment)s.") % {"moment": hour(votes[-1].box.closes_at)}
    return _("The board votes, with names.")


# --- What was decided -------------------------------------------------------------------------------------------------


def _decided(one: Decision, when: datetime, neighbourhood: Neighbourhood, faces: Faces) -> Row:
    if isinstance(one, Proposal):
        url = proposal_url(one, neighbourhood)
        meta = capfirst(one.get_state_display())
        return Row(title=one.title, url=url, mark=day(when), meta=meta, lang=one.language)
    title, language = faces.title_of(one)
    meta = became_of_value(one) if isinstance(one, ValueDecision) else capfirst(one.get_state_display())
    return Row(title=title, url=faces.url_of(one), mark=day(when), meta=meta, lang=language)


def became_of_value(decision: ValueDecision) -> str:
    """What a decision about a value came to: the amount with its day, or why there is none."""
    if decision.effective_on is None or decision.state == ValueState.ANNULLED:
        return capfirst(decision.get_state_display())
    words = {"what": _what(decision).rstrip("."), "day": date_format(decision.effective_on, "j F Y")}
    if decision.state == ValueState.APPEAL and decision.appeals_until:
        return _to_come(decision, clock.now()) % {**words, "moment": hour(decision.appeals_until)}
    if decision.state == ValueState.SUPERSEDED:
        return _("%(what)s, from %(day)s until a newer value.") % words
    return _("%(what)s, since %(day)s.") % words


def _to_come(decision: ValueDecision, now: datetime) -> str:
    """What was decided and does not hold yet."""
    if is_late(decision, now):
        return _("%(what)s. Decided, but it does not hold yet.")
    if is_waiting(decision, now):
        return _("%(what)s, from %(day)s.")
    return _("%(what)s, from %(day)s. You can appeal until %(moment)s.")


def _what(decision: ValueDecision) -> str:
    return _told(decision, decision.decided)


def _told(decision: ValueDecision, minor: int | None) -> str:
    if minor is None:
        return _("No value any more.")
    amount = format_amount(minor, get_language() or "nl", decision.neighbourhood.coin.decimals)
    return _("%(amount)s %(per_unit)s.") % {"amount": amount, "per_unit": per_unit(decision.item.unit)}


def proposal_url(proposal: Proposal, neighbourhood: Neighbourhood) -> str:
    if proposal.kind == ProposalKind.RECALL:
        return reverse("recall", args=[neighbourhood.slug])
    return reverse("motion", args=[neighbourhood.slug, proposal.ref])
