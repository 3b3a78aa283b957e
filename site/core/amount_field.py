"""The field for an amount: as people type it, and minor units inside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.amounts import DECIMALS, NO_AMOUNT, TOO_LARGE, NotAnAmount, format_amount, parse_amount

LONGEST_TYPED = 40  # an amount with room for spaces; more is a slip


class AmountField(forms.CharField):
    """An amount as people type it ("12,50"); what comes out are minor units above nought, or None where it is empty."""

    def __init__(
        self,
        *,
        label: Any,
        required: bool = True,
        decimals: int = DECIMALS,
        is_large: bool = False,
        **more: Any,
    ) -> None:
        css = "input--money" if is_large else "input--short"
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": css}
        more.setdefault("widget", forms.TextInput(attrs=attrs))
        words = {"required": NO_AMOUNT, "max_length": TOO_LARGE, **more.pop("error_messages", {})}
        super().__init__(
            label=label, required=required, max_length=LONGEST_TYPED, error_messages=words, **more
        )
        self.decimals = decimals

    def prepare_value(self, value: Any) -> Any:
        """An amount that the page fills in is written as people read it; what was typed stays as it was."""
        return format_amount(value, _language(), self.decimals) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            minor = parse_amount(typed, _language(), self.decimals)
        except NotAnAmount as wrong:
            raise ValidationError(str(wrong), code="amount") from wrong
        if not minor:
            raise ValidationError(_("Enter an amount above nought, for example 4.00."), code="amount")
        return minor


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
