"""The result of a vote: a page, the same as JSON and CSV for whoever counts again, and the receipt check."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from core.amounts import format_amount
from neighbourhoods.counting import Method, canonical
from neighbourhoods.forms.vote.matters import ReceiptForm
from neighbourhoods.queries.appeals import appeals_of, deadline_of, rulings_of
from neighbourhoods.queries.ballots import RECUSED, labels_of, turnout
from neighbourhoods.queries.motions import votes_in
from neighbourhoods.queries.results import as_csv, find_receipt, published
from neighbourhoods.queries.told import told_of
from neighbourhoods.queries.voting import has_voted
from neighbourhoods.states import BoxState, ElectionState
from neighbourhoods.views.boardroom.words import sums_of, vote_lines
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote import countbacks
from neighbourhoods.views.vote.base import Vote, vote_at
from neighbourhoods.views.vote.sheet import Sheet, blank_sheet, sheet_on
from neighbourhoods.views.vote.values import Came, annulled, came_of, how_sure

TEMPLATE = "neighbourhoods/vote/{}.html"
FEW_NAMES = 3  # as many names as stand beside each other in the largest type


@require_safe
@never_cache
def vote_result(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What came out. Before that how many took part, and nothing else, for anybody."""
    at = vote_at(request, ref)
    if not at.is_published:
        cast = turnout(at.box) if at.box.state not in {BoxState.READY, BoxState.VOID} else 0
        is_open = at.box.state in {BoxState.READY, BoxState.OPEN}
        context = at.context(
            cast=cast, is_open=is_open, told=told_of(at.election, at.box), has_voted=_has_voted(at)
        )
        return render(request, TEMPLATE.format("turnout"), context)
    return render(request, TEMPLATE.format("result"), at.context(**_shown(at)))


def _has_voted(at: Vote) -> bool:
    is_asked = at.person is not None and at.box.is_secret and at.box.state == BoxState.OPEN
    return is_asked and at.person is not None and has_voted(at.box.roll, at.person)


def _named(at: Vote) -> dict[str, Any]:
    """Of a vote of the board about a value, who voted what and why, and the sums under it."""
    if at.box.is_secret or at.value is None:
        return {}
    votes = votes_in([at.box])[at.box.pk]
    return {
        "named": {
            "lines": vote_lines(one for one in votes if one.choice != RECUSED),
            "recused": vote_lines(one for one in votes if one.choice == RECUSED),
            "sums": sums_of(published(at.box)["sheet"]),
        }
    }


def _shown(at: Vote) -> dict[str, Any]:
    """The sheet and all around it. Of few secret ballots the outcome alone: the rest is not even fetched here."""
    sheet = sheet_on(at.box)
    deadline = deadline_of(at.box)
    person = at.person
    return {
        "sheet": sheet,
        "few": sheet.is_few,
        "roll_size": sheet.sheet["roll_size"],
        "outcome": sheet.outcome,
        "amount": _amount(at, sheet),
        "is_long": len(sheet.outcome.names) > FEW_NAMES,
        "came": _came(at, sheet, deadline),
        "input_hash": at.box.result.input_hash,
        "deadline": deadline,
        "rulings": rulings_of(at.box),
        "countbacks": countbacks.shown(at.election, sheet.labels),
        "appeal": appeals_of(at.box, person).first() if person else None,
        "json_url": at.request.build_absolute_uri(reverse("vote_result_json", args=[at.box.ref])),
        **_named(at),
    }


def _amount(at: Vote, sheet: Sheet) -> str:
    minor = sheet.outcome.amount
    return "" if minor is None else format_amount(minor, get_language() or "nl", sheet.decimals)


def _came(at: Vote, sheet: Sheet, deadline: datetime | None) -> Came:
    """How sure the result is, and what came of it."""
    if at.value:
        chosen = sheet.outcome.amount if at.box.method == Method.MEDIAN else at.value.amount
        return came_of(at.value, chosen=chosen, is_decided=sheet.outcome.is_decided, deadline=deadline)
    if at.election and at.election.state == ElectionState.ANNULLED:
        return annulled()
    return Came(phase="final" if deadline is None else "provisional", words=how_sure(at.box, deadline))


def _published_or_404(request: HttpRequest, ref: UUID) -> Vote:
    at = vote_at(request, ref)
    if not at.is_published:
        raise Http404
    return at


@require_safe
def vote_result_json(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What is published, for a computer: `python -m neighbourhoods.counting check` takes it as it is."""
    at = _published_or_404(request, ref)
    return _file(at, canonical(published(at.box)) + "\n", "application/json", "json")


@require_safe
def vote_result_csv(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The figures, for a spreadsheet."""
    at = _published_or_404(request, ref)
    return _file(at, as_csv(at.box), "text/csv; charset=utf-8", "csv")


def _file(at: Vote, text: str, kind: str, ending: str) -> HttpResponse:
    name = f"result-{at.box.neighbourhood.slug}-{at.box.closes_at:%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(text, content_type=kind, headers=headers)


@never_cache
@sensitive_post_parameters()
def vote_receipt(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Whether the ballot with a receipt code was counted. Sent as a form, so that no log keeps the code."""
    at = _published_or_404(request, ref)
    form = ReceiptForm(posted(request))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        receipt = find_receipt(at.box, form.cleaned_data["code"])
        context["receipt"] = receipt
        if receipt.is_shown:
            context["lines"] = blank_sheet(at.box, labels=labels_of(at.box)).ballot(receipt.choice)
    return render(request, TEMPLATE.format("receipt"), at.context(**context))
