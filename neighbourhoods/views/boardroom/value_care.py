"""What the board looks after around values: reactions, words in every language, and limits of demand."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from neighbourhoods.forms.board_values import LimitsForm, WhyForm, WordsForm
from neighbourhoods.models import Measure, ValueComment
from neighbourhoods.operations import values as operations
from neighbourhoods.operations.demand_limits import set_limits
from neighbourhoods.operations.values.words import write_all_words
from neighbourhoods.queries.board_values import item_at, items_of, own_limits
from neighbourhoods.queries.demand import LIMITS
from neighbourhoods.queries.items import per_unit, words_of
from neighbourhoods.views.boardroom.base import Ask, Quote, Room, in_boardroom
from neighbourhoods.views.boardroom.values import way_to

PER_PAGE = 50


@in_boardroom
def comment_hide(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Hide a reaction; the reason stands in its place."""
    comment = _comment(room, ref)
    form = WhyForm(room.posted)
    if room.sent(
        form,
        lambda told: operations.hide_comment(comment=comment, **told, **room.by()),
        _("The reaction is hidden. Your reason stands in its place."),
    ):
        return room.go("board_value", comment.decision.ref)
    ask = Ask(
        title=_("Hide this reaction?"),
        lead=_("Do so when it insults somebody, or tells what is private. Not because you disagree."),
        note=_("Everybody can read that the board hid it, and why. You can show it again."),
        button=_("Hide it"),
        back_url=room.url("board_value", comment.decision.ref),
        back=_("Leave the reaction there"),
        quote=Quote(name=comment.author.display_name, text=comment.text, language=comment.language),
    )
    return room.ask(ask, form, way_to(room, comment.decision))


@require_POST
@in_boardroom
def comment_show(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Show it again."""
    comment = _comment(room, ref)
    room.do(
        lambda: operations.show_comment(comment=comment, **room.by()),
        _("Everybody can read the reaction again."),
    )
    return room.go("board_value", comment.decision.ref)


@in_boardroom
def items(request: HttpRequest, room: Room) -> HttpResponse:
    """What things are called, and in which languages they have no name yet."""
    pages = Paginator(items_of(room.neighbourhood), PER_PAGE).get_page(request.GET.get("page"))
    rows = []
    for item in pages:
        written = {text.locale.language_code for text in item.texts.all()}
        missing = [name for code, name in settings.LANGUAGES if code not in written]
        rows.append((item, words_of(item), per_unit(item.unit), missing))
    return room.show(
        "value_items", room.crumbs((_("Values"), room.url("board_values"))), pages=pages, rows=rows
    )


@in_boardroom
def item_words(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """What it is called, in every language."""
    item = item_at(room.neighbourhood, ref)
    if item is None:
        raise Http404
    form = WordsForm(room.posted, item=item)
    if room.sent(
        form,
        lambda _told: write_all_words(item=item, words=form.words(), **room.by()),
        _("Saved. These words stand on all pages now."),
    ):
        return room.go("board_items")
    ask = Ask(
        title=words_of(item).name,
        lead=_("Simple words, so that everybody knows what it is. Kind and unit stay as they are."),
        button=_("Save"),
        back_url=room.url("board_items"),
    )
    crumbs = room.crumbs((_("Values"), room.url("board_values")), (_("Names"), room.url("board_items")))
    return room.ask(ask, form, crumbs)


@in_boardroom
def limits(request: HttpRequest, room: Room) -> HttpResponse:
    """From when on demand puts something on the agenda by itself."""
    form = LimitsForm(room.posted, own=own_limits(room.neighbourhood), usual=LIMITS)
    if room.sent(
        form,
        lambda told: set_limits(
            neighbourhood=room.neighbourhood, numbers={one: told[one] for one in Measure.values}, **room.by()
        ),
        _("These limits hold from now on."),
    ):
        return room.go("board_values")
    ask = Ask(
        title=_("When does demand ask for attention?"),
        lead=_(
            "Counted over eight weeks. Whoever reaches a limit comes on the agenda. A value never changes by itself."
        ),
        button=_("Save"),
        back_url=room.url("board_values"),
    )
    return room.ask(ask, form, room.crumbs((_("Values"), room.url("board_values"))))


def _comment(room: Room, ref: UUID) -> ValueComment:
    along = ("decision__item", "decision__neighbourhood", "author")
    here = ValueComment.objects.filter(decision__neighbourhood=room.neighbourhood).select_related(*along)
    return get_object_or_404(here, ref=ref)
