"""What happens to a page in its own language happens in the others too: from the admin, a workflow, or code."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from wagtail.models import Page, Revision

from content import translation
from content.models import BasePage


def published(sender: type[Page], instance: Page, revision: Revision | None = None, **_kwargs: Any) -> None:
    if translation.is_source(instance):
        translation.carry_over(instance, user=revision.user if revision else None)


def unpublished(sender: type[Page], instance: Page, **_kwargs: Any) -> None:
    if translation.is_source(instance):
        translation.unpublish_translations(instance)


def moved(sender: type[Page], instance: Page, **_kwargs: Any) -> None:
    if translation.is_source(instance.specific):
        translation.move_translations(instance)


def deleted(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if isinstance(instance, BasePage) and translation.is_source(instance):
        translation.delete_translations(instance)
