"""Form keys: a form that is sent twice does its work once.

The page carries a fresh id in a hidden field. What is stored is a key derived from that id *and* from whose form it
is, so that nobody reaches another's result by sending the id of another's form.
"""

from __future__ import annotations

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NAMESPACE = uuid.UUID("6f2c9e5e-8a39-5b1c-9f0e-7a1f6f0f8a11")


def derive_key(*, scope: str, owner: int, form_id: uuid.UUID) -> uuid.UUID:
    """The key under which the deed of this form is kept: the same form by the same owner gives the same key."""
    return uuid.uuid5(NAMESPACE, f"{scope}:{owner}:{form_id}")


class FormKeyField(forms.UUIDField):
    """The hidden field that carries the form's own id."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        out_of_date = _("This form is out of date. Open the page again.")
        super().__init__(initial=uuid.uuid4, error_messages={"required": out_of_date, "invalid": out_of_date})

    def clean(self, value: object) -> uuid.UUID:
        cleaned = super().clean(value)
        if not isinstance(cleaned, uuid.UUID):
            raise ValidationError(self.error_messages["required"], code="required")
        return cleaned
