"""Organisations before the board: let in, not let in, kept longer, sent off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core import clock
from marketplace.forms.board import AdmitForm, StayForm, WhyForm
from marketplace.models import Admission
from marketplace.operations import admissions as operations
from marketplace.queries.admissions import admission_at, admitted_in, owners_of
from marketplace.queries.words import reserved_in
from marketplace.states import AdmissionState
from marketplace.views.board.base import MarketRoom, in_market_room
from marketplace.views.telling import phase_of_admission
from neighbourhoods.views.boardroom.base import Ask, Crumbs

PER_PAGE = 20
YEAR = timedelta(days=365)


@in_market_room
def board_organisations(request: HttpRequest, room: MarketRoom) -> HttpResponse:
    """Who is on the market, the first to run out first."""
    pages = Paginator(admitted_in(room.neighbourhood), PER_PAGE).get_page(request.GET.get("page"))
    return room.show("organisations", room.way(), pages=pages, today=clock.day_of(room.now))


@in_market_room
def board_admission(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """What an organisation asks and tells, and what the board can do."""
    found = admission_in(room, ref)
    on = clock.day_of(room.now)
    form = AdmitForm(room.posted, initial={"until_on": on + YEAR})
    if room.sent(
        form,
        lambda told: operations.admit(admission=found, **told, **room.by()),
        _("The organisation is on your market. It gets a mail."),
    ):
        return room.go("board_market")
    is_own = room.has_interest(found.organisation)
    return room.show(
        "admission",
        room.way((_("Organisations"), room.url("board_organisations"))),
        admission=found,
        details=found.organisation.details,
        phase=phase_of_admission(found),
        owners=owners_of(found.organisation, on),
        reserved=reserved_in(room.neighbourhood, found.organisation.display_name),
        today=on,
        is_own=is_own,
        can=set() if is_own else _can(found),
        form=form,
    )


@in_market_room
def refuse(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Not on this market, and why."""
    ask = Ask(
        title=_("Not let this organisation in?"),
        lead=_("It gets a mail with your reason, and can ask again."),
        button=_("Do not let it in"),
        back_url=room.url("board_admission", ref),
    )
    done = _("The organisation gets a mail with your reason.")
    return _ask(room, ref, ask, WhyForm(room.posted), operations.refuse_admission, done)


@in_market_room
def end(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Off this market, and why."""
    ask = Ask(
        title=_("Send this organisation off the market?"),
        lead=_("What it offers and asks here is paused. Orders that were placed go on."),
        note=_("It gets a mail with your reason, and can ask again."),
        button=_("End the admission"),
        back_url=room.url("board_admission", ref),
        back=_("Let it stay"),
    )
    return _ask(room, ref, ask, WhyForm(room.posted), operations.end_admission, _("The admission has ended."))


@in_market_room
def prolong(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Another last day, after another look."""
    on = clock.day_of(room.now)
    ask = Ask(
        title=_("How long may this organisation stay?"),
        lead=_("Look again at what it does here and whether it is still insured."),
        button=_("Save"),
        back_url=room.url("board_admission", ref),
    )
    form = StayForm(room.posted, initial={"until_on": on + YEAR})
    return _ask(room, ref, ask, form, operations.prolong, _("Written down until when it may stay."))


def admission_in(room: MarketRoom, ref: UUID) -> Admission:
    """:raises Http404: when there is none, or one of another neighbourhood."""
    found = admission_at(ref)
    if found is None or found.neighbourhood_id != room.neighbourhood.pk:
        raise Http404
    return found


def _ask(
    room: MarketRoom, ref: UUID, ask: Ask, form: WhyForm | StayForm, deed: Callable[..., Any], done: str
) -> HttpResponse:
    found = admission_in(room, ref)
    if room.sent(form, lambda told: deed(admission=found, **told, **room.by()), done):
        return room.go("board_admission", ref)
    return room.ask(ask, form, _way_to(room, found))


def _way_to(room: MarketRoom, admission: Admission) -> Crumbs:
    return room.way(
        (_("Organisations"), room.url("board_organisations")),
        (admission.organisation.display_name, room.url("board_admission", admission.ref)),
    )


def _can(admission: Admission) -> set[str]:
    if admission.state == AdmissionState.REQUESTED:
        return {"admit", "refuse"}
    return {"prolong", "end"} if admission.state == AdmissionState.ADMITTED else set()
