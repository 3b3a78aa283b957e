"""Fields of the wallet: an amount as people type it, and the address of an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.amounts import DECIMALS, NO_AMOUNT, NotAnAmount, format_amount, parse_amount
from ledger.address import parse_address

ADDRESS = _("Address")
LONGEST_TYPED = 40  # an amount and an address with room for spaces; more is a slip


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
        words = {
            "required": NO_AMOUNT,
            "max_length": _("This amount is too large. Check how many zeros you typed."),
        }
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


class AddressField(forms.CharField):
    """The address of an account as people type it; what comes out are its twelve signs. Whose it is, is not said."""

    def __init__(self, *, label: Any = ADDRESS, required: bool = True, **more: Any) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        more.setdefault("widget", forms.TextInput(attrs=attrs))
        words = {
            "required": _("Enter the address of an account, for example 7KQ4 M2PX 9DTZ."),
            "max_length": NO_ADDRESS,
        }
        super().__init__(
            label=label, required=required, max_length=LONGEST_TYPED, error_messages=words, **more
        )

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        address = parse_address(typed)
        if address is None:
            raise ValidationError(NO_ADDRESS, code="address")
        return address


NO_ADDRESS = _(
    "This address is not right. It has twelve signs, for example 7KQ4 M2PX 9DTZ. Check each of them."
)


def _language() -> str:
    return get_language() or "nl"
