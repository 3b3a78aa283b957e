"""Searching the pages of the site, in the reader's language."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Locale, Page

PER_PAGE = 12
LONGEST = 100


def search(request: HttpRequest) -> HttpResponse:
    """Show what was found for `q`: whole words, on PostgreSQL also their other forms. Every state has an address."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    pages = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=2).specific()
    found = pages.search(words, operator="and") if words else Page.objects.none()
    paginator = Paginator(found, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {"query": words, "found": page, "results": list(page), "count": paginator.count}
    return render(request, "home/search.html", context)
