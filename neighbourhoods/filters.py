"""Wagtail's lists of pages can be filtered by person, and offer every person who ever wrote anything on the site.

That would name the editors of all neighbourhoods to each of them. Here the offer is narrowed to who wrote on the pages
that one edits.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.models import PageLogEntry

from neighbourhoods.doors import own_pages
from people.models import User


def narrow_people_filters() -> None:
    """This will have the filters "owner" and "edited by" of all lists of pages offer people of one's own pages only."""
    for filter_set in _with_subclasses(PageFilterSet):
        for name, people in (("owner", _owners), ("edited_by", _editors)):
            if name in filter_set.base_filters:
                filter_set.base_filters[name].queryset = people


def _owners(request: HttpRequest) -> QuerySet[User]:
    return User.objects.filter(pk__in=own_pages(request.user).order_by().values("owner_id"))


def _editors(request: HttpRequest) -> QuerySet[User]:
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=own_pages(request.user))
    return User.objects.filter(pk__in=edits.order_by().values("user_id"))


def _with_subclasses(filter_set: type[PageFilterSet]) -> Iterator[type[PageFilterSet]]:
    yield filter_set
    for subclass in filter_set.__subclasses__():
        yield from _with_subclasses(subclass)
