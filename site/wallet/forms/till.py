"""What is filled in at a till."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.amount_field import AmountField
from core.form_keys import FormKeyField
from wallet.models.requests import LONGEST_TEXT
from wallet.queries.tills import Shop


class OpenTillForm(forms.Form):
    """A new till, of one of the organisations that somebody sells for."""

    key = FormKeyField()
    account = forms.ChoiceField(
        label=_("For whom?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for whom."), "invalid_choice": _("Choose for whom.")},
    )
    name = forms.CharField(
        label=_("Name of the till"),
        help_text=_("For example: counter, market stall."),
        max_length=40,
        error_messages={
            "required": _("Give the till a name."),
            "max_length": _("A name has at most 40 signs."),
        },
    )

    def __init__(self, *args: Any, shops: list[Shop], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["account"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - it is declared as one above
        choice.choices = [
            (one.account.address, f"{one.holder.display_name} ({one.account.coin.name})") for one in shops
        ]
        if len(shops) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = shops[0].account.address


class ChargeForm(forms.Form):
    """How much, and what for."""

    key = FormKeyField()
    amount = AmountField(label=_("What is to be paid?"))
    text = forms.CharField(
        label=_("What for"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": _("Use at most 140 signs.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].widget.attrs.update({"autofocus": True, "enterkeyhint": "go"})


class PayBackForm(forms.Form):
    """How much goes back. The second time it is sent it says that somebody is sure."""

    key = FormKeyField()
    amount = AmountField(label=_("Amount to give back"))
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
