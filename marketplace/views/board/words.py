"""The words that this market does not want."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.forms.board import WordForm
from marketplace.operations import words as operations
from marketplace.queries.words import rules_of
from marketplace.views.board.base import MarketRoom, in_market_room


@in_market_room
def board_words(request: HttpRequest, room: MarketRoom) -> HttpResponse:
    """The list, and a word more."""
    form = WordForm(room.posted)
    if room.sent(
        form,
        lambda told: operations.add_word(neighbourhood=room.neighbourhood, **told, **room.by()),
        _("The word is on the list. What is on the market already stays there."),
    ):
        return room.go("board_words")
    return room.show("words", room.way(), form=form, rules=rules_of(room.neighbourhood))


@require_POST
@in_market_room
def remove(request: HttpRequest, room: MarketRoom, pk: int) -> HttpResponse:
    """A word off the list. It can be put back: nobody is asked whether they are sure."""
    rule = get_object_or_404(rules_of(room.neighbourhood).select_related("neighbourhood"), pk=pk)
    done = _("“%(word)s” is off the list.") % {"word": rule.word}
    room.do(lambda: operations.remove_word(rule=rule, **room.by()), done)
    return room.go("board_words")
