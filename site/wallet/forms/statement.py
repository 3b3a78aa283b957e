"""What somebody looks for in a statement, as the address of the page holds it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NO_DATE = _("Enter a day, for example 2026-11-30.")
EARLIEST = date(2000, 1, 1)  # before any coin; so that no year nought is asked for
LATEST = date(2999, 12, 31)


class DayField(forms.DateField):
    """A day that may be left open, as browsers send it and as Dutch people type it."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
            error_messages={"invalid": NO_DATE},
        )

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(NO_DATE, code="invalid")
        return day


class StatementForm(forms.Form):
    """Words, an amount or an address, and a period. All of it may be left open."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        help_text=_("A name, words, an amount or an address."),
        error_messages={"max_length": _("Search with fewer words.")},
    )
    until = DayField(_("Until and including"))

    # "from" is a word of Python, and the right one for the address of the page.
    field_order = ["q", "from", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = DayField(pgettext_lazy("a period", "From"))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from"), cleaned.get("until")
        if first and last and first > last:
            self.add_error("until", _("The last day comes before the first. Change one of the two."))
        return cleaned
