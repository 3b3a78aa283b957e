"""What can be done: one list for a neighbourhood and one over all, by day or each activity once.

The page works with links and one form. With htmx the answer is the list alone, which takes the place of the old one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core import clock
from core.amounts import format_amount
from marketplace.forms.activity_search import (
    access_choices,
    access_words,
    day_field,
    lowest_field,
    sort_choices,
    spoken_choices,
    when_choices,
)
from marketplace.forms.search import category_choices
from marketplace.queries.activity_list import ActivityCounts, ActivityListing, Tally, languages_spoken
from marketplace.queries.activity_search import ActivitySearch, When, read
from marketplace.queries.branches import Branch, branches
from marketplace.queries.listing import MOST
from marketplace.views.activities.rows import activity_rows, own_states, shift_rows
from marketplace.views.browse.base import all_places, place_shown
from marketplace.views.browse.market import is_asked_for_part, page_of, without
from marketplace.views.browse.rows import language
from neighbourhoods.models import Neighbourhood

ONCE = "once"  # each activity once, instead of each of its days


@dataclass(frozen=True)
class LookingForActivities:
    """Somebody who looks for something to do: in one neighbourhood, or in all of them."""

    request: HttpRequest
    place: Neighbourhood | None
    now: datetime
    branches: list[Branch]
    places: list[tuple[str, str]]
    search: ActivitySearch
    left_out: list[str]

    @cached_property
    def listing(self) -> ActivityListing:
        return ActivityListing(self.search, self.now, self.branches)

    @property
    def is_once(self) -> bool:
        return self.request.GET.get("view") == ONCE

    @property
    def at(self) -> Neighbourhood | None:
        """The neighbourhood that all rows are in, and need not name."""
        return None if self.search.everywhere else self.place

    def url(
        self, search: ActivitySearch | None = None, *, is_once: bool | None = None, page: str = ""
    ) -> str:
        """The address of a search, in the view of the moment unless one is given."""
        search = search or self.search
        path = reverse("activities_in", args=[self.place.slug]) if self.place else reverse("activities")
        view = self.is_once if is_once is None else is_once
        parts = (search.address, f"view={ONCE}" if view else "", f"page={page}" if page else "")
        query = "&".join(part for part in parts if part)
        return f"{path}?{query}" if query else path


def looking(request: HttpRequest, slug: str = "") -> LookingForActivities:
    """From an address to what is looked for; the frame is then of that place. Two queries.

    :raises Http404: for a neighbourhood that is not there.
    """
    place = place_shown(request, slug)
    tree = branches()
    search, left_out = read(request.GET, place=place, branches=tree)
    return LookingForActivities(
        request=request, place=place, now=clock.now(), branches=tree, places=[] if place else all_places(),
        search=search, left_out=left_out,
    )  # fmt: skip


@require_safe
def activities(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The list: by day, or with `view=once` each activity once."""
    here = looking(request, slug)
    is_part = is_asked_for_part(request)
    template = f"marketplace/activities/{'activities_part' if is_part else 'activities'}.html"
    answer = render(request, template, {**listed(here), "is_part": is_part})
    if is_part:
        page = request.GET.get("page", "")
        answer["HX-Push-Url"] = here.url(page=page if page.isdecimal() and page != "1" else "")
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def listed(here: LookingForActivities) -> dict[str, Any]:
    """All that the page shows. Four queries: the numbers (two), the rows, and the languages to choose from;
    and for who is signed in what they signed up for."""
    search, counts, asked = here.search, here.listing.counts(), here.request.GET
    tally = counts.activities if here.is_once else counts.shifts
    page = page_of(tally.number, asked.get("page"))
    return {
        "here": here,
        "search": search,
        "neighbourhood": here.place,
        "rows": rows(here, page.start_index() - 1) if page.paginator.count else [],
        "pages": page,
        "tabs": tabs(here, counts),
        "status": status(tally),
        "categories": category_choices(search, tally, here.branches),
        "whens": when_choices(search),
        "day": day_field(search, asked),
        "lowest": lowest_field(search, asked),
        "access": access_choices(search),
        "languages_spoken": spoken_choices(
            search, languages_spoken(None if search.everywhere else here.place)
        ),
        "sorts": sort_choices(search),
        "chosen": chosen(here),
        "canonical_url": here.request.build_absolute_uri(here.url()),
        "form_url": here.url(ActivitySearch(place=here.place), is_once=False),
        "clear_url": here.url(ActivitySearch(place=here.place)),
        "calendar_url": calendar_url(here),
    }


def rows(here: LookingForActivities, start: int) -> Any:
    if here.is_once:
        return activity_rows(here.listing.activities(start=start), at=here.at)
    shifts = here.listing.shifts(start=start)
    return shift_rows(shifts, at=here.at, own=own_states(here.request, shifts))


def tabs(here: LookingForActivities, counts: ActivityCounts) -> list[tuple[str, str, bool, int | None]]:
    """By day, and each activity once: (label, url, current, count)."""
    shifts, activities = (None if one.is_bounded else one.number for one in counts)
    return [
        (_("By day"), here.url(is_once=False), not here.is_once, shifts),
        (_("By activity"), here.url(is_once=True), here.is_once, activities),
    ]


def status(tally: Tally) -> str:
    """How many were found."""
    number = tally.number
    if number > MOST:
        return _("More than %(number)s found.") % {"number": format_amount(MOST, language(), decimals=0)}
    return ngettext("%(number)s found.", "%(number)s found.", number) % {"number": number}


def chosen(here: LookingForActivities) -> list[tuple[str, str]]:
    """Each choice that was made, with the address of the same search without it."""
    search = here.search
    names = {one.slug: one.name for branch in here.branches for one in (branch, *branch.below)}
    made: list[tuple[str, ActivitySearch]] = [
        (f"“{search.words}”" if search.words else "", search.but(words="")),
        (str(When(search.when).label) if search.when else "", search.but(when="")),
        (date_format(search.on, "l j F Y") if search.on else "", search.but(on=None)),
        *((names[slug], search.but(categories=without(search.categories, slug))) for slug in search.categories),
        (lowest_words(search.lowest), search.but(lowest=None)),
        (_("in all neighbourhoods") if search.everywhere else "", search.but(everywhere=False)),
        (_("with a free place") if search.free else "", search.but(free=False)),
        *((access_words(one), search.but(access=without(search.access, one))) for one in search.access),
        (_("in the language %(name)s") % {"name": search.spoken} if search.spoken else "", search.but(spoken="")),
    ]  # fmt: skip
    return [(label, here.url(rest)) for label, rest in made if label]


def lowest_words(lowest: int | None) -> str:
    return _("earns at least %(amount)s") % {"amount": format_amount(lowest, language())} if lowest else ""


def calendar_url(here: LookingForActivities) -> str:
    """The same search for a calendar; there is one of each neighbourhood."""
    if here.place is None:
        return ""
    path, query = reverse("activities_calendar", args=[here.place.slug]), here.search.address
    return here.request.build_absolute_uri(f"{path}?{query}" if query else path)
