"""Wagtail's app of users and groups, with its views put out of the way."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Logins change by operations, with an audit line; groups are derived. The admin only lists them."""

    default = False
    user_viewset = "people.viewsets.LoginViewSet"
    group_viewset = "people.viewsets.GroupViewSet"
