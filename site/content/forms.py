"""The form in which a page is edited: what it may point at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import policy_registry

Reference = tuple[type[Model], int]


class OwnThingsForm(WagtailAdminPageForm):
    """A page of ours uses pictures and documents of its own collection, and links to what is public or its own.

    The choosers show no others; this form also refuses the number of another, typed into the request, for the editor
    would then show its title. What the page already pointed at may stay.
    """

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
                if not all(self._may_point_at(*reference) for reference in new):
                    self.add_error(
                        name,
                        ValidationError(_("Choose only pictures, documents and pages that you can see.")),
                    )
        return cleaned

    def _may_point_at(self, model: type[Model], key: int) -> bool:
        user = self.for_user
        if user is None or user.is_superuser:
            return True
        if issubclass(model, Page):
            own = policy_registry.get_by_type(Page).explorable_instances(user)
            return Page.objects.filter(Q(live=True) | Q(pk__in=own.values("pk")), pk=key).exists()
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
