"""The front page of a neighbourhood stays: where it is, public, and one per language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from neighbourhoods.models import NeighbourhoodPage

STAYING = {"delete", "unpublish", "move"}


def refuse_with_places_below(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say no when the page is, or holds, the front page of a neighbourhood."""
    return _refusal(request, page) if _has_root(page) else None


def refuse_roots(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """Say no when one of the pages is itself the front page of a neighbourhood."""
    for page in pages:
        if issubclass(page.specific_class or Page, NeighbourhoodPage):
            return _refusal(request, page)
    return None


def refuse_in_bulk(request: HttpRequest, action_type: str, objects: Sequence[Any]) -> HttpResponse | None:
    """The same for many pages at once."""
    if action_type not in STAYING:
        return None
    for page in objects:
        if isinstance(page, Page) and _has_root(page):
            return _refusal(request, page)
    return None


def _has_root(page: Page) -> bool:
    return page.get_descendants(inclusive=True).type(NeighbourhoodPage).exists()


def _refusal(request: HttpRequest, page: Page) -> HttpResponse:
    messages.error(
        request,
        _(
            "The front page of a neighbourhood stays where it is. It cannot be deleted, moved, copied or hidden."
        ),
    )
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", page.pk if page.numchild else parent.pk)
