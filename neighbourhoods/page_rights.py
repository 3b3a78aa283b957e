"""Who may only add pages somewhere sees of what stands below it no more than what they wrote themselves.

Wagtail's own rule lets them edit no others, but lists all: the titles of what others have not published yet, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy


class OwnPagesPolicy(PagePermissionPolicy):
    """Wagtail's rule about pages, narrower for those who may add and not change."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Page]:
        asked = set(actions)
        found: QuerySet[Page] = super().instances_user_has_any_permission_for(user, asked - {"add"})
        if "add" not in asked or self._base_queryset_for_user(user) is not None:
            return found
        pages = self.model._default_manager
        for page, may_change in self._added_to(user).items():
            below = pages.descendant_of(page, inclusive=True)
            found |= below if may_change else pages.filter(pk=page.pk) | below.filter(owner=user)
        return found

    def _added_to(self, user: Any) -> dict[Page, bool]:
        """Where somebody may add, and whether they may change there what others wrote."""
        added, changed = (self._get_permission_codename(action) for action in ("add", "change"))
        held = self.get_cached_permissions_for_user(user)
        to_change = {right.page_id for right in held if right.permission.codename == changed}
        return {
            right.page: right.page_id in to_change for right in held if right.permission.codename == added
        }
