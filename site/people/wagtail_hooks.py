from __future__ import annotations

from wagtail import hooks

from people import viewsets

# After Wagtail's own, whose place they take.
for action in (viewsets.NoRoles, viewsets.NoDeleting, viewsets.NoSwitching):
    hooks.register("register_bulk_action", action, order=100)
