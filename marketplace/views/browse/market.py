"""The market: one list for a neighbourhood and one over all, searched and sorted, as rows or beside a map.

The page works with links and one form. With htmx the answer is the list alone, which takes the place of the old one.
"""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from core.amounts import format_amount
from marketplace.forms.search import Choice, Price, category_choices, kind_choices, sort_choices
from marketplace.models import Direction, OfferKind
from marketplace.queries.listing import MOST, PER_PAGE, Counts
from marketplace.queries.map import Map, map_of
from marketplace.queries.search import KILOMETRES, Search, Sort, given_amount, wrong_amount
from marketplace.views.browse.base import MAP, Looking, looking
from marketplace.views.browse.rows import language, rows_of


@require_safe
def market(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The list; with `view=map` the same list beside a map."""
    here = looking(request, slug)
    is_part = is_asked_for_part(request)
    answer = render(
        request,
        f"marketplace/{'market_list' if is_part else 'market'}.html",
        {**listed(here), "is_part": is_part},
    )
    if is_part:
        answer["HX-Push-Url"] = _own_url(here, request)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def is_asked_for_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the list alone; going back to a page that it forgot asks for the whole."""
    htmx = cast("HtmxDetails", request.htmx)  # type: ignore[attr-defined]  # the middleware adds it
    return bool(htmx) and not htmx.history_restore_request


def listed(here: Looking) -> dict[str, Any]:
    """All that the page shows. Two queries: the numbers and the rows."""
    search, counts = here.search, here.listing.counts()
    page = page_of(counts.chosen, here.request.GET.get("page"))
    # Nothing counted is nothing to look for: finding that out again would walk through the whole market.
    offers = here.listing.rows(start=page.start_index() - 1) if page.paginator.count else []
    is_map = here.is_map
    drawn = map_of(offers, here.place, here.drawn or ()) if is_map else None
    at = here.place if not search.everywhere else None
    return {
        "here": here,
        "search": search,
        "neighbourhood": here.place,
        "rows": rows_of(offers, at=at, numbers=drawn.numbers if drawn else None),
        "pages": page,
        "tabs": tabs(here, counts, is_map=is_map),
        "status": status(counts, search),
        "kinds": kind_choices(search, counts),
        "categories": category_choices(search, counts, here.branches),
        "sorts": sort_choices(search),
        "distances": [
            Choice(value=str(km), label=_within(km), is_chosen=search.km == km) for km in KILOMETRES
        ],
        "nears": [
            Choice(value=slug, label=name, is_chosen=search.near == slug) for slug, name in here.places
        ],
        "chosen": chosen(here),
        "prices": prices(here),
        "map": drawn,
        "is_map": is_map,
        "map_label": map_label(drawn, len(offers)) if drawn else "",
        **urls(here, is_map=is_map),
    }


def prices(here: Looking) -> list[Price]:
    """The lowest and the highest. What was typed and is no price stays there, with what is wrong with it."""
    asked = here.request.GET
    words = (
        ("min", pgettext("price", "From"), here.search.lowest),
        ("max", pgettext("price", "Up to"), here.search.highest),
    )
    found = []
    for name, label, minor in words:
        wrong = wrong_amount(asked, name)
        value = given_amount(asked, name) if wrong else _amount(minor) if minor else ""
        found.append(Price(name=name, label=label, value=value, wrong=wrong))
    return found


def urls(here: Looking, *, is_map: bool) -> dict[str, str]:
    return {
        "canonical_url": here.request.build_absolute_uri(here.url()),
        "form_url": here.url(Search(place=here.place)),
        "clear_url": here.url(Search(place=here.place), view=MAP if is_map else ""),
        "other_url": here.url(view="" if is_map else MAP),
        "feed_url": here.url(name="market_feed"),
        "json_url": here.url(name="market_json"),
        "save_url": save_url(here),
        "ask_url": writing_url(here, Direction.DEMAND),
        "offer_url": writing_url(here, Direction.SUPPLY),
    }


def save_url(here: Looking) -> str:
    place = f"place={here.place.slug}" if here.place else ""
    query = "&".join(part for part in (place, here.search.address) if part)
    return reverse("search_save") + (f"?{query}" if query else "")


def writing_url(here: Looking, direction: str) -> str:
    """Where somebody writes what they offer or miss; on the market of all neighbourhoods they choose theirs first."""
    return f"{reverse('offer_new', args=[here.place.slug])}?direction={direction}" if here.place else ""


def page_of(number: int, asked: str | None) -> Page[int]:
    """Fifty at most; a number that is none shows the first."""
    return Paginator(range(min(number, MOST)), PER_PAGE).get_page(asked)


def tabs(here: Looking, counts: Counts, *, is_map: bool) -> list[tuple[str, str, str, bool, int | None]]:
    """All, what is offered and what is wanted: (direction, label, url, current, count)."""
    labels = {
        "": pgettext("on the market", "All"),
        Direction.SUPPLY: pgettext("on the market", "Offered"),
        Direction.DEMAND: pgettext("on the market", "Wanted"),
    }
    numbers = counts.directions
    return [
        (
            direction,
            label,
            here.url(here.search.but(direction=direction), view=MAP if is_map else ""),
            here.search.direction == direction,
            None if counts.is_bounded else (numbers[direction] if direction else numbers.total()),
        )
        for direction, label in labels.items()
    ]


def status(counts: Counts, search: Search) -> str:
    """How many were found, and which stands on top."""
    number = counts.total
    if number is None:
        said = _("More than %(number)s found.") % {"number": format_amount(MOST, language(), decimals=0)}
    else:
        said = ngettext("%(number)s found.", "%(number)s found.", number) % {"number": number}
    tops = {
        Sort.NEW: _("The newest is on top."),
        Sort.CHEAP: _("The lowest price is on top."),
        Sort.DEAR: _("The highest price is on top."),
        Sort.NEAR: _("The nearest is on top."),
        Sort.ENDS: _("What ends soonest is on top."),
    }
    return f"{said} {tops[Sort(search.sort)]}" if number is None or number > 1 else said


def chosen(here: Looking) -> list[tuple[str, str]]:
    """Each choice that was made, with the address of the same search without it."""
    search = here.search
    names = {one.slug: one.name for branch in here.branches for one in (branch, *branch.below)}
    made: list[tuple[str, Search]] = [
        (f"“{search.words}”", search.but(words="")) if search.words else ("", search),
        *(
            (str(OfferKind(kind).label), search.but(kinds=without(search.kinds, kind)))
            for kind in search.kinds
        ),
        *(
            (names[slug], search.but(categories=without(search.categories, slug)))
            for slug in search.categories
        ),
        (_("tag %(tag)s") % {"tag": search.tag} if search.tag else "", search.but(tag="")),
        (
            _("from %(amount)s") % {"amount": _amount(search.lowest)} if search.lowest else "",
            search.but(lowest=None),
        ),
        (
            _("up to %(amount)s") % {"amount": _amount(search.highest)} if search.highest else "",
            search.but(highest=None),
        ),
        (_("in all neighbourhoods") if search.everywhere else "", search.but(everywhere=False)),
        (_within_of(here, search.km) if search.km else "", search.but(km=None)),
        (_("open now") if search.open_now else "", search.but(open_now=False)),
        (_("can be ordered now") if search.in_stock else "", search.but(in_stock=False)),
    ]
    view = MAP if here.is_map else ""
    return [(label, here.url(rest, view=view)) for label, rest in made if label]


def without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def _within(km: int) -> str:
    return ngettext("at most %(km)s kilometre away", "at most %(km)s kilometres away", km) % {"km": km}


def _within_of(here: Looking, km: int) -> str:
    """With the name of the neighbourhood that it is measured from."""
    names = dict(here.places) | ({here.place.slug: here.place.name} if here.place else {})
    start = here.search.start
    return ngettext(
        "at most %(km)s kilometre from %(place)s", "at most %(km)s kilometres from %(place)s", km
    ) % {"km": km, "place": names.get(start, start)}


def _amount(minor: int | None) -> str:
    return format_amount(minor or 0, language())


def map_label(drawn: Map, number: int) -> str:
    """What the map says to who cannot see it."""
    names = ", ".join(one.name for one in drawn.outlines)
    placed = len(drawn.numbers)
    words = ngettext(
        "Map of %(names)s. %(placed)s of the %(number)s in the list is on it.",
        "Map of %(names)s. %(placed)s of the %(number)s in the list are on it.",
        placed,
    )
    return words % {"names": names, "placed": placed, "number": number}


def _own_url(here: Looking, request: HttpRequest) -> str:
    """The one written form of this page, for the address bar."""
    page = request.GET.get("page", "")
    return here.url(view=MAP if here.is_map else "", page=page if page.isdecimal() and page != "1" else "")
