"""What may still be earned, in words and figures that several pages share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.amounts import format_amount
from marketplace.models import OverCap
from marketplace.queries.rewards import Room, Span
from neighbourhoods.models import Neighbourhood

if TYPE_CHECKING:
    from ledger.models import Coin

# The same for who has no room left.
FULL = {
    OverCap.BLOCK: gettext_lazy("You may simply come. New coins wait."),
    OverCap.WARN: gettext_lazy("You may simply come. You are paid, with a warning."),
    OverCap.SIGN: gettext_lazy("You may simply come. You sign before you are paid."),
}
# What a municipality has happen above a maximum, told to who earns.
ABOVE = {
    OverCap.BLOCK: gettext_lazy(
        "You may simply come: what goes beyond it waits, and is paid when there is room again."
    ),
    OverCap.WARN: gettext_lazy("What goes beyond it is paid all the same, and you get a warning."),
    OverCap.SIGN: gettext_lazy("What goes beyond it is paid once you have signed that you know."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SpanTold:
    """A month or a year: its name, its figures (minor units), what may still be earned in it, and what its bar says. In
    a year that can be less than its own figures leave: the months that are left have a maximum too."""

    name: str
    span: Span
    left: int | None
    bar: str

    @property
    def to_come(self) -> int:
        """What is promised and not earned yet, or still to be confirmed."""
        return self.span.promised - self.span.waiting

    @property
    def taken(self) -> int:
        """What came and what is promised, as far as the bar shows it."""
        return self.span.received + self.span.promised


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomTold:
    """What somebody may still earn where a neighbourhood pays: see `Room`."""

    room: Room
    place: Neighbourhood
    coin: Coin
    month: SpanTold
    year: SpanTold
    above: str
    above_hour: str

    @property
    def is_known(self) -> bool:
        return self.room.is_confirmed and self.room.age_known

    @property
    def spans(self) -> tuple[SpanTold, SpanTold]:
        return self.month, self.year

    @property
    def tightest(self) -> SpanTold:
        """The one of which less is left; the month when it is the same, as it comes first."""
        left, other = self.month.left, self.year.left
        if left is None:
            return self.year
        return self.month if other is None or left <= other else self.year

    @property
    def months_bind(self) -> bool:
        """Whether less may be earned in the year than it leaves, because of its months."""
        return self.year.left != self.year.span.left

    @property
    def full_title(self) -> str:
        """What who reached a maximum can do all the same: that is no reason to stay away."""
        if 0 in {self.month.span.maximum, self.year.span.maximum} and self.room.over_cap == OverCap.BLOCK:
            return _("You may simply come. You get no coins for it.")
        return str(FULL[self.room.over_cap])


def told_of(room: Room, place: Neighbourhood) -> RoomTold:
    """The room of somebody at a place, ready to be shown."""
    return RoomTold(
        room=room,
        place=place,
        coin=place.coin,
        month=_span(date_format(room.on, "F Y"), room.month, room.month.left),
        year=_span(str(room.on.year), room.year, room.left_in_year),
        above=str(ABOVE[room.over_cap]),
        above_hour=str(ABOVE[room.over_hour]),
    )


def _span(name: str, span: Span, left: int | None) -> SpanTold:
    return SpanTold(name=name, span=span, left=left, bar=_bar(span) if span.maximum else "")


def _bar(span: Span) -> str:
    """What the bar says to who cannot see it."""
    language = get_language() or "nl"
    whole = span.maximum or 1
    words = {
        "received": format_amount(span.received, language),
        "promised": format_amount(span.promised, language),
        "maximum": format_amount(whole, language),
        "share": min(100 * (span.received + span.promised) // whole, 100),
    }
    if span.promised:
        return (
            _("%(received)s of %(maximum)s earned and %(promised)s promised, that is %(share)s per cent")
            % words
        )
    return _("%(received)s of %(maximum)s earned, that is %(share)s per cent") % words
