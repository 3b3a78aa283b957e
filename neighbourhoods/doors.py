"""Which doors of the admin are open to editors, by the name of the view. All others are for administrators.

Wagtail narrows most of its views to what an editor may see, and some not at all: reports, bulk actions, the API of
pictures. So what is open is listed, and a view that a later release brings is closed until somebody has looked at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from content.linkable import explorable_pages, linkable_pages

OPEN = {
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_logout",
    "wagtailadmin_login",
    "wagtailadmin_dismissibles",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_block_preview",
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_explore_root",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtail_bulk_action",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
    *(
        f"wagtailadmin_pages:{name}"
        for name in (
            "add", "preview_on_add", "add_subpage", "edit", "preview_on_edit", "view_draft", "delete", "unpublish",
            "search", "search_results", "move", "move_confirm", "set_page_position", "copy", "lock", "unlock",
            "workflow_action", "collect_workflow_action_data", "confirm_workflow_cancellation", "workflow_preview",
            "workflow_history_detail", "history", "history_results", "revisions_index",
            "revisions_view", "revisions_revert", "revisions_unschedule", "revisions_compare",
        )
    ),
    *(
        f"wagtailimages:{name}"
        for name in (
            "index", "index_results", "edit", "delete", "add", "add_multiple", "edit_multiple",
            "create_multiple_from_uploaded_image", "delete_multiple", "delete_upload_multiple",
        )
    ),
    *(f"wagtailimages_chooser:{name}" for name in ("choose", "choose_results", "chosen", "create", "select_format")),
    *(
        f"wagtaildocs:{name}"
        for name in (
            "index", "index_results", "edit", "delete", "add", "add_multiple", "edit_multiple",
            "create_multiple_from_uploaded_document", "delete_multiple", "delete_upload_multiple",
        )
    ),
    *(f"wagtaildocs_chooser:{name}" for name in ("choose", "choose_results", "chosen", "create")),
    *(
        f"wagtail_localize:{name}"
        for name in ("javascript_catalog", "edit_string_translation", "preview_translation", "stop_translation")
    ),
    "neighbourhood_looks",
    "neighbourhood_look",
}  # fmt: skip

# What stands in an editor's menu.
MENU = {"explorer", "images", "documents", "look"}

OWN = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
EDITS = OWN - {"add"}
# Of a page below which one may only add, these views and no others.
ADDING = {"wagtailadmin_pages:add", "wagtailadmin_pages:preview_on_add", "wagtailadmin_pages:add_subpage"}
PAGE_IDS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "pk")
# Where a page is to go is typed into these forms; one that is sent back would show the title of what was typed.
GOING = {"wagtailadmin_pages:copy", "wagtailadmin_pages:move", "wagtail_bulk_action"}
DESTINATIONS = ("new_parent_page", "chooser")
EXPLORING = {"wagtailadmin_explore", "wagtailadmin_explore_results"}


def open_to_editors(*view_names: str, menu: tuple[str, ...] = ()) -> None:
    """Open further views, and items of the menu. They must narrow themselves to what an editor may see."""
    OPEN.update(view_names)
    MENU.update(menu)


def is_open(request: HttpRequest, view_name: str, kwargs: Mapping[str, Any]) -> bool:
    """Whether this editor may go through this door, with the pages that the address names."""
    if view_name not in OPEN or (view_name in GOING and not _goes_to_own(request)):
        return False
    if view_name == "wagtail_bulk_action":
        return _is_all_own(request, kwargs)
    pages = [int(kwargs[name]) for name in PAGE_IDS if name in kwargs]
    if view_name == "wagtailadmin_choose_page_child":
        return _are_among(linkable_pages(request.user), pages)
    if view_name in EXPLORING:
        return _are_among(explorable_pages(request.user), pages)
    is_about_pages = view_name.startswith("wagtailadmin_pages:")
    own = own_pages(request.user, OWN if view_name in ADDING else EDITS)
    return not is_about_pages or (_are_among(own, pages) and _is_its_own_workflow(kwargs))


def own_pages(user: Any, rights: set[str] = EDITS) -> QuerySet[Page]:
    """The pages that this editor edits, or has one of these rights on."""
    pages: QuerySet[Page] = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
        user, rights
    )
    return pages


def _goes_to_own(request: HttpRequest) -> bool:
    typed = (value for name in DESTINATIONS for value in request.POST.getlist(name))
    return _are_among(own_pages(request.user), [int(value) for value in typed if value.isdecimal()])


def _is_its_own_workflow(kwargs: Mapping[str, Any]) -> bool:
    """Whether the step of a workflow that the address names is one of the page that it names.

    Wagtail looks them up apart, and names another board's task beside one's own page.
    """
    steps = TaskState.objects.filter(workflow_state__object_id=str(kwargs.get("page_id", "")))
    named = {
        lookup: kwargs[argument]
        for argument, lookup in (
            ("task_state_id", "pk"),
            ("task_id", "task"),
            ("workflow_state_id", "workflow_state"),
        )
        if argument in kwargs
    }
    return not named or steps.filter(**named).exists()


def _is_all_own(request: HttpRequest, kwargs: Mapping[str, Any]) -> bool:
    """Whether everything that a bulk action is asked for belongs to this editor; "all" is not, for it names nothing."""
    ids = request.GET.getlist("id")
    if not all(key.isdecimal() for key in ids):
        return False
    try:
        model: type[Model] = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return False
    if model is Page:
        return _are_among(own_pages(request.user), [int(key) for key in ids])
    policy = policy_registry.get_by_type(model)
    if policy is None:
        return False
    own = policy.instances_user_has_any_permission_for(request.user, {"change"})
    return _are_among(own, [int(key) for key in ids])


def _are_among(rows: QuerySet[Any], ids: list[int]) -> bool:
    return not ids or rows.filter(pk__in=ids).count() == len(set(ids))
