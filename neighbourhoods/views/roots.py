"""The front page of a neighbourhood stays: where it is, public, one per language. So do its pages about who decides.

Those who sit on the board edit them, and an election may be about their own seats: nobody hides it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from neighbourhoods.models import (
    BoardPage,
    DecisionsPage,
    ElectionPage,
    HowWeDecidePage,
    NeighbourhoodPage,
    PriceListPage,
    ValueDecisionPage,
)
from neighbourhoods.states import ValueState

STAYING = {"delete", "unpublish", "move"}
# Nobody can make these by hand, so one that is gone stays away.
STAYS: list[type[Page]] = [
    NeighbourhoodPage, BoardPage, DecisionsPage, HowWeDecidePage, ElectionPage, PriceListPage,
]  # fmt: skip
DECIDING = (*STAYS, ValueDecisionPage)
# Faces of a plain row that belongs to one place: they are neither moved nor copied.
FACES: list[type[Page]] = [ValueDecisionPage]


def register_pages(*, stays: Sequence[type[Page]] = (), faces: Sequence[type[Page]] = ()) -> None:
    """Called by apps on higher floors when they are ready."""
    STAYS.extend(stays)
    FACES.extend(faces)


def refuse_with_places_below(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say no when the page is, or holds, one that stays."""
    return _refusal(request, page) if _holds_what_stays(page) else None


def refuse_roots(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """Say no when one of the pages is itself one that stays, or the face of a row of this very place."""
    for page in pages:
        if issubclass(page.specific_class or Page, (*STAYS, *FACES)):
            return _refusal(request, page)
    return None


def refuse_second_face(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say no to a copy of the face of a row: one decision has one page in a language, also as a draft."""
    return _refusal(request, page) if issubclass(page.specific_class or Page, tuple(FACES)) else None


def refuse_in_bulk(request: HttpRequest, action_type: str, objects: Sequence[Any]) -> HttpResponse | None:
    """The same for many pages at once."""
    if action_type not in STAYING:
        return None
    for page in objects:
        if isinstance(page, Page) and _holds_what_stays(page):
            return _refusal(request, page)
    return refuse_roots(request, _pages(objects)) if action_type == "move" else None


def _pages(objects: Sequence[Any]) -> list[Page]:
    return [page for page in objects if isinstance(page, Page)]


def _holds_what_stays(page: Page) -> bool:
    """What a board only drafts, it can throw away."""
    below = page.get_descendants(inclusive=True)
    proposed = ValueDecisionPage.objects.descendant_of(page, inclusive=True).exclude(
        decision__state=ValueState.DRAFT
    )
    return below.type(*STAYS).exists() or proposed.exists()


def _refusal(request: HttpRequest, page: Page) -> HttpResponse:
    messages.error(request, _why(page))
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", page.pk if page.numchild else parent.pk)


def _why(page: Page) -> str:
    if page.get_descendants(inclusive=True).type(NeighbourhoodPage).exists():
        return _(
            "The front page of a neighbourhood stays where it is. It cannot be deleted, moved, copied or hidden."
        )
    below = page.get_descendants(inclusive=True)
    if below.type(*DECIDING).exists():
        return _(
            "The pages about who decides stay where they are. They cannot be deleted, moved, copied or hidden."
        )
    if below.type(*STAYS).exists():
        return _("This page stays where it is. It cannot be deleted, moved, copied or hidden.")
    return _("What this page shows exists once, so it cannot be moved or copied.")
