"""The way to the market in the room of a board, with what waits there."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.queries.moderation import Waiting, numbers_in
from neighbourhoods.views.boardroom.base import Room
from neighbourhoods.views.boardroom.further import Door, in_the_room
from neighbourhoods.views.boardroom.words import Matter


@in_the_room
def market_door(room: Room) -> Door:
    """What the board looks after on its market; one query."""
    waiting = numbers_in(room.neighbourhood)
    url = room.url("board_market")
    matters = (
        (Matter(title=in_words(waiting), words=_("Look after the market"), url=url),) if waiting.total else ()
    )
    return Door(
        id="market",
        title=_("Market"),
        text=_("The board looks at what comes on the market, lets organisations in, and answers reports."),
        url=url,
        action=_("To the market of the board"),
        matters=matters,
    )


def in_words(waiting: Waiting) -> str:
    """How many of each wait: "2 offers, 1 report"."""
    told = (
        (waiting.offers, ngettext("%(number)d offer", "%(number)d offers", waiting.offers)),
        (waiting.reports, ngettext("%(number)d report", "%(number)d reports", waiting.reports)),
        (
            waiting.admissions,
            ngettext("%(number)d organisation", "%(number)d organisations", waiting.admissions),
        ),
        (waiting.disputes, ngettext("%(number)d disagreement", "%(number)d disagreements", waiting.disputes)),
    )
    return ", ".join(words % {"number": number} for number, words in told if number)
