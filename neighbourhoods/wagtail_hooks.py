"""What this app changes in Wagtail's admin. This module registers; what it registers stands elsewhere."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from content.linkable import explorable_pages, linkable_pages
from neighbourhoods import doors
from neighbourhoods.filters import narrow_people_filters, offer_no_tags
from neighbourhoods.models import ValueDecisionPage
from neighbourhoods.page_rights import OwnPagesPolicy
from neighbourhoods.rights import edited_by
from neighbourhoods.views import look, roots, value_writing

register_permission_policy(Page, OwnPagesPolicy(Page))
narrow_people_filters()
offer_no_tags()


class LookMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and edited_by(request.user).exists()


@hooks.register("register_admin_urls")
def look_urls() -> list[URLPattern]:
    return [
        path("look/", look.looks, name="neighbourhood_looks"),
        path("look/<slug:slug>/", look.look, name="neighbourhood_look"),
    ]


@hooks.register("register_admin_menu_item")
def look_menu_item() -> MenuItem:
    return LookMenuItem(
        _("Look"),
        reverse("neighbourhood_looks"),
        name="look",
        icon_name="view",
        order=900,
    )


@hooks.register("construct_main_menu")
def only_what_is_open(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name in doors.MENU]


@hooks.register("construct_page_chooser_queryset")
def own_or_public(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """A link may go to anything public; a page may move or be copied only within what the editor edits."""
    if request.user.is_superuser:
        return pages
    allowed = linkable_pages(request.user)
    if request.GET.get("user_perms") in {"move_to", "copy_to"}:
        allowed = explorable_pages(request.user)
    return pages.filter(pk__in=allowed.values("pk"))


@hooks.register("before_delete_page")
def keep_roots(request: HttpRequest, page: Page) -> HttpResponse | None:
    return roots.refuse_with_places_below(request, page)


@hooks.register("before_copy_page")
def one_root(request: HttpRequest, page: Page) -> HttpResponse | None:
    return roots.refuse_with_places_below(request, page) or roots.refuse_second_face(request, page)


@hooks.register("before_create_page")
def with_its_decision(request: HttpRequest, parent_page: Page, page_class: type[Page]) -> HttpResponse | None:
    """The page of a value decision begins with its plain row."""
    return value_writing.begin(request, parent_page) if page_class is ValueDecisionPage else None


@hooks.register("after_publish_page")
def what_publishing_did(request: HttpRequest, page: Page) -> HttpResponse | None:
    return value_writing.tell_after_publishing(request, page)


@hooks.register("before_unpublish_page")
def roots_stay_public(request: HttpRequest, page: Page) -> HttpResponse | None:
    return roots.refuse_with_places_below(request, page)


@hooks.register("before_move_page")
def roots_stay_in_place(request: HttpRequest, page: Page, _destination: Page) -> HttpResponse | None:
    return roots.refuse_roots(request, [page])


@hooks.register("before_bulk_action")
def roots_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    return roots.refuse_in_bulk(request, action_type, objects)
