"""Fields that several forms share, and what is said when they are filled in wrongly."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.operations.persons import tidy_postcode
from people.validators import tidy, validate_phone, validate_postcode

TOO_LONG = _("This is too long. Use at most %(limit_value)d characters.")
EMAIL_WORDS = {
    "required": _("Enter your e-mail address."),
    "invalid": _("Enter an e-mail address, for example ann@example.org."),
    "max_length": TOO_LONG,
}
DAY_WORDS = {"required": _("Enter a date."), "invalid": _("Enter a date, for example 21-11-2026.")}


def text(
    label: Any, length: int, *, required: Any = "", autocomplete: str = "off", **more: Any
) -> forms.CharField:
    """One line. `required` is the sentence for who leaves it empty, when it may not be."""
    widget = forms.TextInput(attrs={"autocomplete": autocomplete, **more.pop("attrs", {})})
    words: dict[str, Any] = {"max_length": TOO_LONG, **({"required": required} if required else {})}
    return forms.CharField(
        label=label, max_length=length, required=bool(required), widget=widget, error_messages=words, **more
    )


def day(label: Any, *, help_text: Any, example: dict[str, Any] | None = None) -> forms.DateField:
    """A day that may stay empty, with the browser's own day picker."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=False, widget=widget, help_text=help_text, error_messages=example or DAY_WORDS
    )


def phone() -> forms.CharField:
    attrs = {"inputmode": "tel"}
    return text(_("Phone"), 20, autocomplete="tel", validators=[validate_phone], attrs=attrs)


class TidyField(forms.CharField):
    """A number as people write it, with spaces and dots; what comes out has none."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "").upper()


class PostcodeField(forms.CharField):
    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Postcode"), max_length=7, validators=[validate_postcode],
            widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
            error_messages={"max_length": _("A postcode has four digits and two letters, for example 1234 AB.")},
            **more,
        )  # fmt: skip

    def to_python(self, value: Any) -> str:
        return tidy_postcode(super().to_python(value) or "")
