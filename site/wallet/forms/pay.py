"""What somebody fills in to pay, to ask and to be paid. Each form is sent on as hidden fields when it is confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.form_keys import FormKeyField
from core.words import one_line
from ledger.kinds import Label
from wallet.forms.fields import AddressField
from wallet.models.requests import LONGEST_TEXT

LONGEST_IN_CODE = 60  # a QR code with more would be too fine to read across a counter
DAYS_TO_PAY = 14


def what_for(length: int = LONGEST_TEXT, **more: Any) -> forms.CharField:
    """One line, in which no line break or other sign that cannot be seen gets through."""
    words = {"max_length": _("This is too long. Use at most %(limit_value)d characters.")}
    return OneLineField(
        label=_("What for?"), max_length=length, required=False, error_messages=words,
        widget=forms.TextInput({"autocomplete": "off"}), **more,
    )  # fmt: skip


class OneLineField(forms.CharField):
    """Words in one line. Signs that steer how text runs are left out: they could show another amount than is paid."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class WhomForm(forms.Form):
    """Whom somebody wants to pay, or ask."""

    to = AddressField(
        label=_("Address"),
        help_text=_("Twelve signs, for example 7KQ4 M2PX 9DTZ. It stands beside the other's QR code."),
    )


class PaymentForm(forms.Form):
    """How much and what for. Out of a pot also what it is in law."""

    to = AddressField(widget=forms.HiddenInput())
    amount = AmountField(label=_("How much?"), is_large=True)
    text = what_for()
    label = forms.ChoiceField(
        label=_("What is it?"),
        help_text=_("Money out of a pot needs a legal name: it decides which rules hold."),
        choices=[one for one in Label.choices if one[0]],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what this payment is."),
            "invalid_choice": _("Choose what this payment is."),
        },
    )

    def __init__(self, *args: Any, is_pot: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_pot:
            del self.fields["label"]


class ConfirmForm(PaymentForm):
    """The same once more, unseen, with the form's own id and how far the account was when the payer looked."""

    form_id = FormKeyField()
    seen = forms.IntegerField(min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.HiddenInput()


class AskForm(forms.Form):
    """How much somebody asks of another, until when."""

    form_id = FormKeyField()
    to = AddressField(widget=forms.HiddenInput())
    amount = AmountField(label=_("How much?"), is_large=True)
    text = what_for()
    until = forms.DateField(
        label=_("Until when can it be paid?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter a date."),
            "invalid": _("Enter a date, for example 21-11-2026."),
        },
    )


class ReceiveForm(forms.Form):
    """What the code on the screen asks for."""

    amount = AmountField(label=_("How much?"), required=False)
    text = what_for(LONGEST_IN_CODE)
