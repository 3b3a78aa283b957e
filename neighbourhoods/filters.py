"""Wagtail's lists offer filters: by every person who ever wrote on the site, by the tags that anybody uses most.

That would tell each board who edits elsewhere, and what about. Here the persons are narrowed to who wrote on the pages
that one edits, and tags are not offered. Wagtail has no setting for either, so its own names are replaced.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from taggit.models import Tag
from wagtail.admin import filters as admin_filters
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.images.views import chooser as image_chooser
from wagtail.models import PageLogEntry

from neighbourhoods.doors import own_pages
from people.models import User


def narrow_people_filters() -> None:
    """This will have the filters "owner" and "edited by" of all lists of pages offer people of one's own pages only."""
    for filter_set in _with_subclasses(PageFilterSet):
        for name, people in (("owner", _owners), ("edited_by", _editors)):
            if name in filter_set.base_filters:
                filter_set.base_filters[name].queryset = people


def offer_no_tags() -> None:
    """This will have the lists of pictures and documents offer nobody's tags. One's own can still be searched for."""
    for module in (admin_filters, image_chooser):
        module.popular_tags_for_model = _no_tags


def _no_tags(model: type[Model], count: int = 10) -> QuerySet[Tag]:
    return Tag.objects.none()


def _owners(request: HttpRequest) -> QuerySet[User]:
    return User.objects.filter(pk__in=own_pages(request.user).order_by().values("owner_id"))


def _editors(request: HttpRequest) -> QuerySet[User]:
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=own_pages(request.user))
    return User.objects.filter(pk__in=edits.order_by().values("user_id"))


def _with_subclasses(filter_set: type[PageFilterSet]) -> Iterator[type[PageFilterSet]]:
    yield filter_set
    for subclass in filter_set.__subclasses__():
        yield from _with_subclasses(subclass)
