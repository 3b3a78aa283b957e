"""What an editor may point at. One answer, for the choosers, the doors of the admin and the form of a page."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry


def explorable_pages(user: Any) -> QuerySet[Page]:
    """The pages that this editor edits, and the pages on the way to them."""
    pages: QuerySet[Page] = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages


def linkable_pages(user: Any) -> QuerySet[Page]:
    """Anything public, and the editor's own. Drafts of others do not exist.

    A public page whose title is being changed is a draft too, for the admin names pages by the title to come.
    """
    public = Q(live=True, draft_title=F("title"))
    return Page.objects.filter(public | Q(pk__in=explorable_pages(user).values("pk")))
