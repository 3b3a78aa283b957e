"""The list of the market: which offers a search finds, how many of each sort, and the ones of a page.

However large the market is, a page costs the same number of queries: one for the rows that are shown, one for all the
numbers beside the filters. Numbers are counted up to a thousand, for nobody reads on; above that the page says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final, TypeVar

from django.db import connections
from django.db.models import (
    BooleanField,
    CharField,
    Count,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Concat, Greatest
from django.utils.timezone import localtime

from core.clock import day_of
from marketplace.models import Offer, OfferReach, OfferText, OpeningTime, Reach
from marketplace.queries.branches import Branch
from marketplace.queries.distance import Place, Point, distance_from, drawn, places, within
from marketplace.queries.offers import on_market
from marketplace.queries.search import Search, Sort
from marketplace.queries.told import told_in
from neighbourhoods.models import Neighbourhood

Row = TypeVar("Row", bound=Model)

WIDE, NARROW = "wide", "narrow"
MOST: Final = 1000  # counted and paged through; more is said, not counted
PER_PAGE: Final = 20
ORDERS: Final = {
    Sort.NEW: ("-published_at", "-pk"),
    Sort.CHEAP: ("price", "pk"),
    Sort.DEAR: ("-price", "-pk"),
    Sort.NEAR: ("distance", "-published_at", "-pk"),
    Sort.ENDS: ("until_on", "pk"),
}
# Seven tables beside that of offers. With more PostgreSQL no longer moves the twenty rows of a page before the joins
# (join_collapse_limit), and joins the whole market.
ALONG: Final = (
    "neighbourhood__coin", "provider__person_details", "provider__organisation_details", "terms",
)  # fmt: skip

# What a row and the file for computers read, and no more: a hundred columns cost more than finding the rows.
SHOWN: Final = (
    "ref", "neighbourhood__name", "neighbourhood__slug", "neighbourhood__coin__code", "neighbourhood__coin__name",
    "neighbourhood__coin__name_plural", "neighbourhood__coin__decimals", "direction", "kind", "category_id", "language",
    "provider__kind", "provider__erased_at", "provider__person_details__given_name",
    "provider__person_details__family_name", "provider__organisation_details__name", "place", "latitude", "longitude",
    "terms__unit", "terms__euro", "price", "until_on", "reach", "stock", "published_at",
)  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """What a search finds at a moment: how many, and the rows of a page. `drawn` are the neighbourhoods with their
    outlines, for who has them already."""

    search: Search
    now: datetime
    branches: Sequence[Branch] = ()
    drawn: Sequence[Neighbourhood] | None = None

    def found(self, *, is_whole: bool = True) -> QuerySet[Offer]:
        """In no order. Without `is_whole` direction, kind and category are left aside, so that what there would be of
        the others can be counted."""
        search = self.search
        offers = on_market(day_of(self.now))
        if search.place and not search.everywhere:
            offers = offers.filter(_at(search.place))
        offers = _about(_priced(offers, search), search)
        if search.open_now:
            offers = offers.filter(_is_open(self.now))
        if search.in_stock:
            offers = offers.filter(Q(stock__isnull=True) | Q(stock__gt=0))
        if search.km:
            offers = self._near(offers, search.km)
        return self._sorted_out(offers) if is_whole else offers

    def counts(self) -> Counts:
        """One query: the groups of at most `MOST` and one offers, and how many of the whole search there are."""
        search = self.search
        rows = _grouped(self.found(is_whole=False), WIDE)
        if is_narrow := bool(search.direction or search.kinds or search.categories):
            rows = rows.union(_grouped(self.found(), NARROW), all=True)
        counted = list(rows)
        groups = [
            (direction, kind, category, number)
            for direction, kind, category, number, of in counted
            if of == WIDE
        ]
        chosen = sum(number for *_group, number, of in counted if of == NARROW or not is_narrow)
        return Counts(search=search, branches=self.branches, groups=groups, chosen=chosen)

    def rows(self, *, start: int = 0, number: int = PER_PAGE) -> list[Offer]:
        """The rows from `start` on, with all that a list shows of them: one query.

        Names and words are looked up for the rows that are shown alone: what a page costs does not grow with what is
        found, nor with how far somebody pages.
        """
        is_sifted = bool(self.search.terms or self.search.open_now)
        shown = self._in_order(self.found(), is_sifted=is_sifted).values("pk")[start : start + number]
        return list(self._in_order(with_words(Offer.objects.filter(pk__in=shown))))

    def since(self, moment: datetime) -> QuerySet[Offer]:
        """What came on the market after a moment, the newest first."""
        return (
            self.found()
            .filter(published_at__gt=moment, published_at__lte=self.now)
            .order_by(*ORDERS[Sort.NEW])
        )

    def _in_order(self, offers: QuerySet[Offer], *, is_sifted: bool = False) -> QuerySet[Offer]:
        """When words or hours leave little over, by an expression that no index has: otherwise PostgreSQL hopes to meet
        what is asked while it reads the market from one end, and reads all of it where there is none."""
        sort = Sort(self.search.sort)
        if sort == Sort.NEAR:
            start = self.start
            # Where that neighbourhood is not drawn, nothing is nearer than anything else.
            sort = sort if start else Sort.NEW
            offers = offers.alias(distance=distance_from(start, self.places)) if start else offers
        first, *rest = ORDERS[sort]
        name = first.removeprefix("-")
        by = Greatest(name, name) if is_sifted else F(name)
        return offers.order_by(by.desc() if first.startswith("-") else by.asc(), *rest)

    @cached_property
    def places(self) -> list[Place]:
        """Where the neighbourhoods are; asked once, and only for a search that measures."""
        return places(drawn() if self.drawn is None else self.drawn)

    @cached_property
    def start(self) -> Point | None:
        """From where distances are measured; nowhere when that neighbourhood is not drawn."""
        return next((place.centre for place in self.places if place.slug == self.search.start), None)

    def _near(self, offers: QuerySet[Offer], km: int) -> QuerySet[Offer]:
        """Nothing is near a place that is drawn nowhere."""
        start = self.start
        if start is None:
            return offers.none()
        return offers.alias(distance=distance_from(start, self.places)).filter(within(start, km, self.places))

    def _sorted_out(self, offers: QuerySet[Offer]) -> QuerySet[Offer]:
        search = self.search
        if search.direction:
            offers = offers.filter(direction=search.direction)
        if search.kinds:
            offers = offers.filter(kind__in=search.kinds)
        if search.categories:
            offers = offers.filter(category__in=numbers_of(search.categories, self.branches))
        return offers


def _at(place: Neighbourhood) -> Q:
    """The offers of a neighbourhood, and those of others that name it."""
    naming = OfferReach.objects.filter(neighbourhood=place).values("terms_id")
    return Q(neighbourhood=place) | Q(reach=Reach.NAMED, terms_id__in=naming)


def _priced(offers: QuerySet[Offer], search: Search) -> QuerySet[Offer]:
    if search.lowest is not None:
        offers = offers.filter(price__gte=search.lowest)
    if search.highest is not None:
        offers = offers.filter(price__lte=search.highest)
    return offers


def _about(offers: QuerySet[Offer], search: Search) -> QuerySet[Offer]:
    """Words and tag."""
    if search.tag:
        offers = offers.filter(tagged__tag__slug=search.tag)
    if search.words and not search.terms:
        return offers.none()
    return said(offers, search.terms)


def said(rows: QuerySet[Row], terms: Sequence[str]) -> QuerySet[Row]:
    """The rows of which `words` has all of these. PostgreSQL knows Dutch: "fietsen" finds "fiets", and words such as
    "de" count for nothing. SQLite knows how words begin, and no more."""
    if not terms:
        return rows
    if connections[rows.db].vendor == "postgresql":
        asked = " & ".join(f"'{word}':*" for word in terms)
        return rows.filter(_SaidIn(F("words"), Value(asked)))
    spaced: QuerySet[Any] = rows.alias(said=Concat(Value(" "), F("words"), output_field=TextField()))
    for word in terms:
        spaced = spaced.filter(said__contains=f" {word}")
    return spaced


class _SaidIn(Func):
    """Written letter for letter as the index of migration 0003 has it: otherwise PostgreSQL reads every row."""

    template = "(to_tsvector('dutch', %(expressions)s))"
    arg_joiner = ") @@ to_tsquery('dutch', "
    output_field = BooleanField()


def _is_open(now: datetime) -> Q:
    """Whether the provider is open at this minute, where the neighbourhoods are."""
    here = localtime(now)
    hours = OpeningTime.objects.filter(weekday=here.isoweekday(), opens_at__lte=here.time())
    return Q(provider__in=hours.filter(closes_at__gt=here.time()).values("provider"))


def numbers_of(slugs: Collection[str], branches: Iterable[Branch]) -> set[int]:
    """The numbers of the categories with these slugs, with all that is below them."""
    every = (one for branch in branches for one in (branch, *branch.below))
    return {pk for one in every if one.slug in slugs for pk in one.numbers}


# --- How many --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """How many a search finds, and how many it would find with another direction, kind or category."""

    search: Search
    branches: Sequence[Branch]
    groups: list[tuple[str, str, int, int]]
    chosen: int

    @cached_property
    def is_bounded(self) -> bool:
        """Whether there are more than are counted: then no number beside a filter would be true."""
        return sum(number for *_, number in self.groups) > MOST

    @property
    def total(self) -> int | None:
        """How many the whole search finds; none when more than are counted."""
        return None if self.chosen > MOST else self.chosen

    @cached_property
    def _categories(self) -> set[int]:
        return numbers_of(self.search.categories, self.branches)

    def _fits(self, group: tuple[str, str, int, int], *, but: str) -> bool:
        direction, kind, category, _number = group
        search = self.search
        return (
            (but == "direction" or not search.direction or direction == search.direction)
            and (but == "kind" or not search.kinds or kind in search.kinds)
            and (but == "category" or not search.categories or category in self._categories)
        )

    def _count(self, part: int, *, but: str) -> Counter[Any]:
        counted: Counter[Any] = Counter()
        for group in self.groups:
            if self._fits(group, but=but):
                counted[group[part]] += group[3]
        return counted

    @cached_property
    def directions(self) -> Counter[str]:
        return self._count(0, but="direction")

    @cached_property
    def kinds(self) -> Counter[str]:
        return self._count(1, but="kind")

    @cached_property
    def categories(self) -> Counter[int]:
        return self._count(2, but="category")


def _grouped(offers: QuerySet[Offer], part: str) -> QuerySet[Offer, Any]:
    some = offers.order_by().values("pk")[: MOST + 1]
    return (
        Offer.objects.filter(pk__in=some)
        .order_by()
        .values_list("direction", "kind", "category_id")
        .annotate(number=Count("pk"), part=Value(part, output_field=CharField()))
    )


# --- The rows -----------------------------------------------------------------------------------------------------


def newest(neighbourhood: Neighbourhood | None, now: datetime, number: int) -> list[Offer]:
    """What came on the market of a neighbourhood last, or on all markets."""
    return Listing(Search(place=neighbourhood), now).rows(number=number)


def with_words(offers: QuerySet[Offer], language: str | None = None) -> QuerySet[Offer]:
    """With `told` (title, summary and language: in the language of the moment, else the offer's own, else any) and with
    all else that a row shows, in one query. What is in no row (`SHOWN`) is not fetched."""
    texts = OfferText.objects.filter(offer=OuterRef("pk"))
    told = told_in(texts, own_language="language", language=language)
    return offers.select_related(*ALONG).only(*SHOWN).annotate(told=told)
