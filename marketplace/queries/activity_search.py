"""What somebody looks for among activities: read from an address, and written as one, as `queries.search` does it for
the market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from core.amounts import NotAnAmount, parse_amount, plain_amount
from marketplace.queries.branches import Branch
from marketplace.queries.search import LONGEST, MOST_WORDS, WORD, Reader, given_amount
from neighbourhoods.models import Neighbourhood

# What the address says, and the field of an activity that holds it.
ACCESS: Final = {
    "steps": "step_free", "toilet": "accessible_toilet", "seated": "seated", "quiet": "quiet",
}  # fmt: skip
WEEK: Final = timedelta(days=6)  # today and the six days after it


class When(TextChoices):
    TODAY = "today", pgettext_lazy("when", "today")
    TOMORROW = "tomorrow", pgettext_lazy("when", "tomorrow")
    WEEKEND = "weekend", pgettext_lazy("when", "in the weekend")
    WEEK = "week", pgettext_lazy("when", "in the coming seven days")


class Sort(TextChoices):
    SOON = "soon", pgettext_lazy("on top of activities", "what begins first")
    EARNS = "earns", pgettext_lazy("on top of activities", "what earns most per hour or time")
    NEW = "new", pgettext_lazy("on top of activities", "the newest")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySearch:
    """One search. `place` is the neighbourhood that it is about; with `everywhere` all others are searched too.

    `on` is a day that was chosen and goes before `when`. `lowest` is minor units per unit of what is valued. `access`
    are keys of `ACCESS`, of which all must hold. `spoken` is a language as organisers wrote it, in small letters.
    """

    place: Neighbourhood | None = None
    everywhere: bool = False
    words: str = ""
    when: str = ""
    on: date | None = None
    categories: tuple[str, ...] = ()
    lowest: int | None = None
    free: bool = False
    access: tuple[str, ...] = ()
    spoken: str = ""
    sort: str = Sort.SOON

    @property
    def terms(self) -> list[str]:
        """The words apart, in small letters."""
        return WORD.findall(self.words.lower())[:MOST_WORDS]

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing but what the page shows anyway."""
        return not self.address

    @property
    def address(self) -> str:
        """Behind the question mark, in one order and without what goes without saying."""
        given: list[tuple[str, Any]] = [
            ("q", self.words),
            ("when", self.when),
            ("on", self.on.isoformat() if self.on else ""),
            *(("category", slug) for slug in self.categories),
            ("min", plain_amount(self.lowest)),
            ("where", "all" if self.everywhere else ""),
            ("free", "yes" if self.free else ""),
            *(("access", one) for one in self.access),
            ("spoken", self.spoken),
            ("sort", "" if self.sort == Sort.SOON else self.sort),
        ]
        return urlencode([(name, value) for name, value in given if value])

    def days(self, today: date) -> tuple[date, date] | None:
        """The first and the last local day on which something may begin; None when that does not matter."""
        if self.on:
            return self.on, self.on
        saturday = today + timedelta(days=max(5 - today.weekday(), 0))
        sunday = today + timedelta(days=6 - today.weekday())
        tomorrow = today + timedelta(days=1)
        return {
            When.TODAY: (today, today),
            When.TOMORROW: (tomorrow, tomorrow),
            When.WEEKEND: (min(saturday, sunday), sunday),
            When.WEEK: (today, today + WEEK),
        }.get(When(self.when)) if self.when else None  # fmt: skip

    def but(self, **changes: Any) -> Self:
        """The same search with something else."""
        return replace(self, **changes)


def read(
    params: QueryDict, *, place: Neighbourhood | None, branches: Sequence[Branch]
) -> tuple[ActivitySearch, list[str]]:
    """The search that an address asks for, and a sentence about each part of it that was left out."""
    reader = Reader(params)
    on = _day(reader)
    search = ActivitySearch(
        place=place,
        everywhere=place is not None and reader.one("where", {"all", "here"}) == "all",
        words=reader.words(),
        when="" if on else reader.one("when", set(When.values)),
        on=on,
        categories=reader.categories(branches),
        lowest=_lowest(reader),
        free=bool(reader.one("free", {"yes"})),
        access=tuple(one for one in ACCESS if one in params.getlist("access")),
        spoken=_spoken(params),
        sort=reader.one("sort", set(Sort.values)) or Sort.SOON,
    )
    return search, reader.left_out


def wrong_day(params: QueryDict) -> str:
    """What is wrong with what was typed as a day; empty when it is one, or nothing was typed."""
    return "" if not _given_day(params) or _parsed(_given_day(params)) else _("Write a day as 2026-11-25.")


def _day(reader: Reader) -> date | None:
    given = _given_day(reader.params)
    found = _parsed(given)
    if given and found is None:
        reader.left_out.append(_("“%(given)s” is no day. We searched without it.") % {"given": given})
    return found


def _given_day(params: QueryDict) -> str:
    return params.get("on", "").replace("\x00", "").strip()[:40]


def _parsed(given: str) -> date | None:
    try:
        return parse_date(given)
    except ValueError:  # 2026-02-30: well written, and no day
        return None


def _lowest(reader: Reader) -> int | None:
    given = given_amount(reader.params, "min")
    try:
        return (parse_amount(given, get_language() or settings.LANGUAGE_CODE) or None) if given else None
    except NotAnAmount as wrong:
        reader.left_out.append(_("Earns at least “%(given)s”: %(wrong)s") % {"given": given, "wrong": wrong})
        return None


def _spoken(params: QueryDict) -> str:
    return " ".join(params.get("spoken", "").replace("\x00", " ").split())[:LONGEST].lower()
