"""Lists of logins and groups in the admin, to look at and never to change.

Wagtail's own forms go around everything: no audit line, an address that allauth does not learn of, a person whose
login is gone and whose name stays. What may change has a command (docs/administrators.md) or follows from an office.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.users.views import groups, users
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)


class LoginList(users.IndexView):
    template_name = "wagtailadmin/generic/index.html"  # the other has buttons for many logins at once
    results_template_name = "wagtailadmin/generic/index_results.html"

    @property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_list_buttons(self, instance: Any) -> list[Any]:
        return []


class GroupList(groups.IndexView):
    columns = [Column("name", label=groups.IndexView.columns[0].label, sort_key="name")]


class OnlyAList:
    """A viewset with a list and nothing behind it."""

    template_prefix = ""

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        closed = ("add", "edit", "delete", "copy", "history", "usage", "inspect")
        kept: dict[str, Any] = super().get_common_view_kwargs(**kwargs)  # type: ignore[misc]
        return {**kept, **{f"{name}_url_name": None for name in closed if f"{name}_url_name" in kept}}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),  # type: ignore[attr-defined]
            path("results/", self.index_results_view, name="index_results"),  # type: ignore[attr-defined]
        ]

    def register_admin_url_finder(self) -> None:
        """There is no page of one of them that a link could go to."""


class LoginViewSet(OnlyAList, users.UserViewSet):
    index_view_class = LoginList


class GroupViewSet(OnlyAList, groups.GroupViewSet):
    index_view_class = GroupList


class Closed:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise Http404


class NoRoles(Closed, AssignRoleBulkAction): ...


class NoDeleting(Closed, DeleteBulkAction): ...


class NoSwitching(Closed, SetActiveStateBulkAction): ...
