"""Searching the pages of the site, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Locale, Page

PER_PAGE = 12
LONGEST = 100
STEP, PLACE_DEPTH = Page.steplen, 4  # root, home, municipality, neighbourhood


def search(request: HttpRequest) -> HttpResponse:
    """Show what was found for `q`: whole words, on PostgreSQL also their other forms. Every state has an address."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    # Words alone: a quote or a bracket is a command to SQLite's index, and a loose one an error.
    words = " ".join(re.findall(r"\w+", asked))
    pages = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=2)
    found = pages.specific().search(words, operator="and") if words else []
    results = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    name_places(list(results))
    return render(request, "home/search.html", {"query": asked, "results": results if words else []})


def name_places(pages: Sequence[Page]) -> None:
    """Write beside each page in which neighbourhood (or else municipality) it stands: one query for all."""
    length = STEP * PLACE_DEPTH
    paths = {page.path[:length] for page in pages if page.depth > PLACE_DEPTH}
    titles = dict(Page.objects.filter(path__in=paths).values_list("path", "title"))
    for page in pages:
        page.where = titles.get(page.path[:length], "")
