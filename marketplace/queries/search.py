"""What somebody looks for on the market: read from an address, and written as one.

`read` takes anything that a browser can send. What it does not understand it leaves out and says so, so that an old or
mistyped address still shows a market. `Search.address` is the one written form: the same search is the same text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.conf import settings
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from core.amounts import NotAnAmount, parse_amount, plain_amount
from marketplace.models import Direction, OfferKind
from marketplace.queries.branches import Branch
from neighbourhoods.models import Neighbourhood

LONGEST: Final = 100
MOST_WORDS: Final = 10
KILOMETRES: Final = (1, 2, 5, 10, 25)
WORD: Final = re.compile(r"[^\W_]+")


class Sort(TextChoices):
    NEW = "new", pgettext_lazy("on top of the market", "the newest")
    CHEAP = "cheap", pgettext_lazy("on top of the market", "the lowest price")
    DEAR = "dear", pgettext_lazy("on top of the market", "the highest price")
    NEAR = "near", pgettext_lazy("on top of the market", "the nearest")
    ENDS = "ends", pgettext_lazy("on top of the market", "what ends soonest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search. `place` is the neighbourhood whose market this is; with `everywhere` all others are searched too.

    `near` is the slug of the neighbourhood that distances are measured from. Prices are minor units.
    """

    place: Neighbourhood | None = None
    everywhere: bool = False
    words: str = ""
    direction: str = ""
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tag: str = ""
    lowest: int | None = None
    highest: int | None = None
    near: str = ""
    km: int | None = None
    open_now: bool = False
    in_stock: bool = False
    sort: str = Sort.NEW

    @property
    def terms(self) -> list[str]:
        """The words apart, in small letters."""
        return WORD.findall(self.words.lower())[:MOST_WORDS]

    @property
    def start(self) -> str:
        """The slug of the neighbourhood that distances are measured from: one that is named, or the place itself."""
        return self.near or (self.place.slug if self.place else "")

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing but what the page shows anyway."""
        return not self.address

    @property
    def address(self) -> str:
        """Behind the question mark, in one order and without what goes without saying."""
        given: list[tuple[str, Any]] = [
            ("q", self.words),
            ("direction", self.direction.lower()),
            *(("kind", kind.lower()) for kind in self.kinds),
            *(("category", slug) for slug in self.categories),
            ("tag", self.tag),
            ("min", plain_amount(self.lowest)),
            ("max", plain_amount(self.highest)),
            ("where", "all" if self.everywhere else ""),
            ("near", self.near),
            ("km", self.km),
            ("open", "now" if self.open_now else ""),
            ("stock", "yes" if self.in_stock else ""),
            ("sort", "" if self.sort == Sort.NEW else self.sort),
        ]
        return urlencode([(name, value) for name, value in given if value])

    def but(self, **changes: Any) -> Self:
        """The same search with something else."""
        return replace(self, **changes)


def read(
    params: QueryDict, *, place: Neighbourhood | None, branches: Sequence[Branch], places: Sequence[str] = ()
) -> tuple[Search, list[str]]:
    """The search that an address asks for, and a sentence about each part of it that was left out.

    `places` are the slugs that distances can be measured from, besides that of `place`.
    """
    reader = Reader(params)
    search = Search(
        place=place,
        everywhere=place is not None and reader.one("where", {"all", "here"}) == "all",
        words=reader.words(),
        direction=reader.one("direction", {one.lower() for one in Direction.values}).upper(),
        kinds=reader.kinds(),
        categories=reader.categories(branches),
        tag=reader.tag(),
        lowest=reader.amount("min"),
        highest=reader.amount("max"),
        near=reader.one("near", {*places, *([place.slug] if place else [])}),
        km=int(reader.one("km", {str(km) for km in KILOMETRES}) or 0) or None,
        open_now=bool(reader.one("open", {"now"})),
        in_stock=bool(reader.one("stock", {"yes"})),
        sort=reader.one("sort", set(Sort.values)) or Sort.NEW,
    )
    return _made_whole(search, reader.left_out), reader.left_out


def _made_whole(search: Search, left_out: list[str]) -> Search:
    """Parts that contradict each other or need each other."""
    if search.lowest and search.highest and search.lowest > search.highest:
        search = search.but(lowest=search.highest, highest=search.lowest)
    if search.place and search.near == search.place.slug:
        search = search.but(near="")
    if not search.start and (search.km or search.sort == Sort.NEAR):
        left_out.append(_("Choose from which neighbourhood we should measure the distance."))
        search = search.but(km=None, sort=Sort.NEW if search.sort == Sort.NEAR else search.sort)
    if search.near and not search.km and search.sort != Sort.NEAR:
        search = search.but(near="")
    return search


def given_amount(params: QueryDict, name: str) -> str:
    """What was typed as a price, whether it is one or not."""
    return params.get(name, "").replace("\x00", "").strip()[:40]


def wrong_amount(params: QueryDict, name: str) -> str:
    """What is wrong with what was typed as a price; empty when it is one, or nothing was typed."""
    try:
        if given := given_amount(params, name):
            parse_amount(given, get_language() or settings.LANGUAGE_CODE)
    except NotAnAmount as wrong:
        return str(wrong)
    return ""


def _wrong_price(name: str, given: str, wrong: NotAnAmount) -> str:
    """A sentence that names the field."""
    words = {"given": given, "wrong": wrong}
    if name == "min":
        return _("Price from “%(given)s”: %(wrong)s") % words
    return _("Price up to “%(given)s”: %(wrong)s") % words


class Reader:
    """Reads an address part by part, and keeps a sentence for each that it left out."""

    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.left_out: list[str] = []

    def words(self) -> str:
        return " ".join(self.params.get("q", "").replace("\x00", " ").split())[:LONGEST].strip()

    def one(self, name: str, known: set[str]) -> str:
        given = self.params.get(name, "").strip().lower()
        if given and given not in known:
            self._leave_out(given)
        return given if given in known else ""

    def kinds(self) -> tuple[str, ...]:
        given = {one.upper() for one in self._many("kind")}
        for unknown in sorted(given - set(OfferKind.values)):
            self._leave_out(unknown.lower())
        return tuple(kind for kind in OfferKind.values if kind in given)

    def categories(self, branches: Sequence[Branch]) -> tuple[str, ...]:
        """Who chooses something below a branch means that, and no longer the whole branch."""
        given, chosen, known = set(self._many("category")), [], set()
        for branch in branches:
            below = [one.slug for one in branch.below if one.slug in given]
            chosen += below or [branch.slug] * (branch.slug in given)
            known |= {branch.slug, *(one.slug for one in branch.below)}
        for unknown in sorted(given - known):
            self._leave_out(unknown)
        return tuple(chosen)

    def tag(self) -> str:
        given = self.params.get("tag", "").strip().lower()[:LONGEST]
        if given and not re.fullmatch(r"[\w-]+", given):
            self._leave_out(given)
            return ""
        return given

    def amount(self, name: str) -> int | None:
        given = given_amount(self.params, name)
        if not given:
            return None
        try:
            return parse_amount(given, get_language() or settings.LANGUAGE_CODE) or None
        except NotAnAmount as wrong:
            self.left_out.append(_wrong_price(name, given, wrong))
            return None

    def _many(self, name: str) -> list[str]:
        return [one.strip().lower() for one in self.params.getlist(name)[: MOST_WORDS * 10] if one.strip()]

    def _leave_out(self, given: str) -> None:
        self.left_out.append(
            _("We do not know “%(word)s”. We searched without it.") % {"word": given.replace("\x00", "")[:40]}
        )
