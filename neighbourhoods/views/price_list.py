"""The price list: all that is worth something today, and where its data are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from content.faces import face_of
from core import clock
from neighbourhoods.models import HowWeDecidePage, ItemKind, Neighbourhood, PriceListPage, ValuedItem
from neighbourhoods.queries.items import name_of_category, words_of
from neighbourhoods.queries.prices import Price, first_values, prices_on, running_of, search
from neighbourhoods.views.decisions import neighbourhood_above, sibling_url
from neighbourhoods.views.values.price_words import Mark, day_words, mark_of, verb, verb_per_unit

if TYPE_CHECKING:
    from ledger.models import Coin

PER_PAGE = 60
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something with a value, as a row of the list; without an amount its first one is still to come."""

    name: str
    lang: str
    url: str
    category: str
    amount: int | None
    is_earned: bool
    verb: str
    per: str
    since: str
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The rows of one broad category."""

    slug: str
    name: str
    rows: list[Row]


@face_of(PriceListPage)
def price_list_face(page: PriceListPage, request: HttpRequest) -> dict[str, Any]:
    neighbourhood = neighbourhood_above(page)
    slug = neighbourhood.slug
    return {
        **listed(neighbourhood, request),
        "neighbourhood": neighbourhood,
        "coin": neighbourhood.coin,
        "today": clock.today(),
        "how_url": sibling_url(page, HowWeDecidePage, request),
        "json_url": reverse("prices_json", args=[slug]),
        "csv_url": reverse("prices_csv", args=[slug]),
        "history_url": reverse("prices_history_csv", args=[slug]),
        "feed_url": reverse("prices_feed", args=[slug]),
        "propose_url": reverse("value_propose", args=[slug]),
    }


def listed(neighbourhood: Neighbourhood, request: HttpRequest) -> dict[str, Any]:
    """What is in the list, and of that what was asked for; what gets its first value stands below the whole list."""
    today, coin = clock.today(), neighbourhood.coin
    asked = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    kind = _kind(request)
    prices = prices_on(neighbourhood, today)
    found = search(prices, asked)
    chosen = [price for price in found if not kind or price.item.kind == kind]
    shown = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    coming = [] if asked or kind else first_values(neighbourhood, today)
    return {
        "asked": asked,
        "kind": kind,
        "tabs": _tabs(found, asked, kind),
        "branches": _branches(list(shown), coin),
        "shown": shown,
        "coming": [_coming(item, coin) for item in coming],
        "is_empty": not prices and not coming,
    }


def _kind(request: HttpRequest) -> str:
    """Which kind is asked for; an unknown one is none."""
    asked = request.GET.get("kind", "").upper()
    return asked if asked in ItemKind.values else ""


def _tabs(found: Sequence[Price], asked: str, kind: str) -> list[tuple[str, str, bool, int]]:
    """All, and each kind that there is something of, with how many: (label, url, current, count)."""
    labels = {
        ItemKind.ACTIVITY: _("To earn"),
        ItemKind.GOOD: _("Products"),
        ItemKind.SERVICE: _("Services"),
        ItemKind.FEE: _("Municipal fees"),
    }
    counts = {one: sum(price.item.kind == one for price in found) for one in labels}
    tabs = [(_("Everything"), _address(asked, ""), not kind, len(found))]
    tabs += [
        (labels[one], _address(asked, one), kind == one, number)
        for one, number in counts.items()
        if number or kind == one
    ]
    return tabs


def _address(asked: str, kind: str) -> str:
    given = {"q": asked, "kind": kind.lower()}
    return f"?{urlencode({name: value for name, value in given.items() if value})}"


def _branches(prices: Sequence[Price], coin: Coin) -> list[Branch]:
    return [
        Branch(slug=branch.slug, name=name_of_category(branch), rows=[_row(price, coin) for price in rows])
        for branch, rows in groupby(prices, key=lambda price: price.branch)
    ]


def _row(price: Price, coin: Coin) -> Row:
    item = price.item
    return Row(
        name=price.words.name,
        lang=price.words.language,
        url=reverse("valued_item", args=[item.ref]),
        category=name_of_category(item.category) if item.category.parent_id else "",
        amount=price.amount,
        is_earned=item.is_earned,
        verb=verb(item),
        per=verb_per_unit(item),
        since=day_words(price.since),
        mark=mark_of(price.running, now_worth=price.amount, coin=coin, today=clock.today()),
    )


def _coming(item: ValuedItem, coin: Coin) -> Row:
    words = words_of(item)
    return Row(
        name=words.name,
        lang=words.language,
        url=reverse("valued_item", args=[item.ref]),
        category=name_of_category(item.category),
        amount=None,
        is_earned=item.is_earned,
        verb=verb(item),
        per=verb_per_unit(item),
        since="",
        mark=mark_of(running_of(item), now_worth=None, coin=coin, today=clock.today()),
    )
