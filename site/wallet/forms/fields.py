"""The field of the wallet: the address of an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ledger.address import parse_address

ADDRESS = _("Address")
LONGEST_TYPED = 40  # an address with room for spaces; more is a slip


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
