"""The form in which a page is edited: what it may point at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import policy_registry

from content.linkable import linkable_pages
from content.slugs import check_slug

Reference = tuple[type[Model], int]

BOOKKEEPING = ("-order", "-deleted", "-type", "-id", "-count")  # what a stream sends about its blocks


class OwnThingsForm(WagtailAdminPageForm):
    """A page of ours uses pictures and documents of its own collection, and links to what is public or its own.

    The choosers show no others; this form also refuses the number of another, typed into the request, for the editor
    would then show its title. The form that comes back does not hold that number either, but all else that was
    written. What the page already pointed at may stay.
    """

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = {
            name: getattr(self.instance, name) for name in self.fields if _is_reference(self.instance, name)
        }
        self.references_before = {
            reference
            for name, value in values.items()
            for reference in _references(self.instance, name, value)
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name, value in list(cleaned.items()):
            if name in self.fields and _is_reference(self.instance, name):
                new = set(_references(self.instance, name, value)) - self.references_before
                hidden = {str(key) for model, key in new if not self._may_point_at(model, key)}
                if hidden:
                    self.data = without(self.data, name, hidden)
                    self.add_error(
                        name,
                        ValidationError(_("Choose only pictures, documents and pages that you can see.")),
                    )
        return cleaned

    def _post_clean(self) -> None:
        """A new page learns its place only when it is saved, and its slug when it is cleaned: ask here."""
        super()._post_clean()
        if self.parent_page is not None and "slug" in self.fields and "slug" not in self.errors:
            try:
                check_slug(self.instance.slug, self.parent_page.depth)
            except ValidationError as error:
                self.add_error(None, error)

    def _may_point_at(self, model: type[Model], key: int) -> bool:
        user = self.for_user
        if user is None or user.is_superuser:
            return True
        if issubclass(model, Page):
            return linkable_pages(user).filter(pk=key).exists()
        if issubclass(model, AbstractImage | AbstractDocument):
            policy = policy_registry.get_by_type(model)
            return bool(policy.instances_user_has_permission_for(user, "choose").filter(pk=key).exists())
        return True


def _field(page: Page, name: str) -> Field[Any, Any] | None:
    return next((field for field in page._meta.concrete_fields if field.name == name), None)


def _is_reference(page: Page, name: str) -> bool:
    field = _field(page, name)
    return isinstance(field, ForeignKey) or hasattr(field, "extract_references")


def _references(page: Page, name: str, value: Any) -> Iterator[Reference]:
    """The rows that a value points at, also from within blocks and rich text."""
    field = _field(page, name)
    if isinstance(value, Model):
        yield type(value), value.pk
    elif value is not None and field is not None and hasattr(field, "extract_references"):
        for model, key, _model_path, _content_path in field.extract_references(value):
            yield model, int(key)


def without(data: Mapping[str, Any], name: str, keys: set[str]) -> Mapping[str, Any]:
    """What was sent, without these numbers in one field, its blocks and the links in their rich text."""
    kept: Any = data.copy()  # type: ignore[attr-defined]  # a QueryDict
    for part in data:
        if part == name or (part.startswith(f"{name}-") and not part.endswith(BOOKKEEPING)):
            value = data[part]
            kept[part] = "" if value in keys else _without_links(value, keys)
    return kept


def _without_links(value: str, keys: set[str]) -> str:
    """Rich text as the editor sends it; links, pictures and documents with these numbers lose their target."""
    try:
        entities = (text := json.loads(value))["entityMap"].values()
    except (AttributeError, KeyError, TypeError, ValueError):
        return value
    for entity in entities:
        if str(entity.get("data", {}).get("id")) in keys:
            entity["type"], entity["data"] = "LINK", {"url": ""}
    return json.dumps(text)
