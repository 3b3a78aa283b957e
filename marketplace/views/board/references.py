"""What people wrote about each other after orders: the board reads it, and hides what hurts."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.forms.board import HideForm
from marketplace.models import Reference
from marketplace.operations import reports as operations
from marketplace.queries.moderation import references_in
from marketplace.queries.offers import text_of
from marketplace.views.board.base import MarketRoom, in_market_room
from neighbourhoods.views.boardroom.base import Ask, Quote

PER_PAGE = 20


@in_market_room
def board_references(request: HttpRequest, room: MarketRoom) -> HttpResponse:
    """All that was written, the latest first, also what is hidden."""
    pages = Paginator(references_in(room.neighbourhood), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, text_of(one.order.offer)) for one in pages]
    return room.show("references", room.way(), pages=pages, rows=rows)


@in_market_room
def hide(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Not to be read any more, and why."""
    found = _reference(room, ref)
    form = HideForm(room.posted)
    if room.sent(
        form,
        lambda told: operations.hide_reference(reference=found, **told, **room.by()),
        _("It is hidden. Your reason stands in its place."),
    ):
        return room.go("board_references")
    ask = Ask(
        title=_("Hide this reference?"),
        lead=_(
            "Do so when it hurts somebody, or tells what is nobody’s business. Not because it is critical."
        ),
        button=_("Hide it"),
        back_url=room.url("board_references"),
        back=_("Leave it"),
        quote=Quote(name=found.author.display_name, text=found.text, language=found.language),
    )
    return room.ask(ask, form, room.way((_("References"), room.url("board_references"))))


@require_POST
@in_market_room
def show(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """To be read again."""
    found = _reference(room, ref)
    room.do(
        lambda: operations.show_reference(reference=found, **room.by()), _("Everybody can read it again.")
    )
    return room.go("board_references")


def _reference(room: MarketRoom, ref: UUID) -> Reference:
    return get_object_or_404(references_in(room.neighbourhood), ref=ref)
